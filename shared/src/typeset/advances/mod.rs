//! Tables of character widths, generated from the bundled font files.

pub(super) mod hand;
pub(super) mod sans;
