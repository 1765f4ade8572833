//! Widths of letters: tables, no rules.

pub(super) mod hand;
pub(super) mod sans;
