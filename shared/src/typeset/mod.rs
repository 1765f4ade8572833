//! Text layout: widths of characters, line breaks, positions of characters.
//!
//! The result is the same on every machine, so all clients see the same lines: the widths come from
//! tables of the bundled typefaces, and painters must switch off kerning and ligatures. No font
//! file is read at run time.
//!
//! Characters are Unicode scalar values (`char`), as in the text of elements. Right-to-left text is
//! laid out, but its caret moves from left to right.

mod advances;
mod breaking;
mod caret;
mod char_width;
mod layout;

use serde::{Deserialize, Serialize};

pub use breaking::list_mark;
pub use caret::{Caret, SelectionBox};
pub use char_width::advance;
pub use layout::{Layout, LineRun, TextLine, layout};

/// Height of a line, as a multiple of the text size.
pub const LINE_HEIGHT: f64 = 1.3;

/// A bundled typeface.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Font {
    /// Handwriting.
    #[default]
    #[serde(rename = "h")]
    Handwriting,
    /// Sans-serif.
    #[serde(rename = "s")]
    Sans,
    /// Monospaced.
    #[serde(rename = "m")]
    Mono,
}

impl Font {
    /// All typefaces, in the order of the style panel.
    pub const ALL: [Self; 3] = [Self::Handwriting, Self::Sans, Self::Mono];

    /// The font families in CSS and SVG syntax, in order of preference. The sans-serif typeface
    /// comes second, because letters that the handwriting lacks (Greek) are measured in it.
    #[must_use]
    pub const fn families(self) -> &'static str {
        match self {
            Self::Handwriting => "\"Commonslate Hand\",\"Commonslate Sans\",cursive",
            Self::Sans => "\"Commonslate Sans\",sans-serif",
            Self::Mono => "\"Commonslate Mono\",monospace",
        }
    }
}

/// The alignment of lines between the edges of their box.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Align {
    /// At the left.
    #[default]
    #[serde(rename = "s")]
    Start,
    /// In the middle.
    #[serde(rename = "c")]
    Center,
    /// At the right.
    #[serde(rename = "e")]
    End,
}

/// A run of text in one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The text; `\n` ends a paragraph.
    pub text: &'a str,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// The options of a layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions {
    /// Typeface.
    pub font: Font,
    /// Text size. All resulting lengths have the same unit.
    pub size: f64,
    /// The width at which lines are wrapped. `None`: only the ends of paragraphs end a line.
    pub wrap: Option<f64>,
    /// Alignment of the lines.
    pub align: Align,
}
