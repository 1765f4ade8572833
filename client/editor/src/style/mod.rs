//! How elements look: the styles of tools, and what the style panel shows.

pub(crate) mod property_table;
pub(crate) mod style_view;
mod tool_style;

pub use style_view::{Shown, StyleView};
pub use tool_style::{OPAQUE, Style, StyleChange, Styles, TextStep};
