//! Setting text: how wide letters are, where lines break, where each letter stands.
//!
//! The same on every machine, so that all see the same lines: widths come from tables
//! of the bundled typefaces, and painters must switch kerning and ligatures off.
//! It knows strings and numbers only; it must not know elements, paint or fonts files.
//!
//! Letters are counted in Unicode scalar values (`char`), as in the text of elements.
//! Text that runs from right to left is set, but the caret in it goes from left to right.

mod breaking;
mod caret;
mod face;
mod layout;
mod widths;

use serde::{Deserialize, Serialize};

pub use breaking::list_mark;
pub use caret::{Caret, MarkedBox};
pub use face::advance;
pub use layout::{Layout, Line, Segment, layout};

/// Height of a line in sizes of its text.
pub const LINE_HEIGHT: f64 = 1.3;

/// A bundled typeface.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Font {
    /// As written by hand.
    #[default]
    #[serde(rename = "h")]
    Hand,
    /// Plain.
    #[serde(rename = "s")]
    Sans,
    /// All letters of one width.
    #[serde(rename = "m")]
    Mono,
}

impl Font {
    /// All typefaces, in the order of the style panel.
    pub const ALL: [Self; 3] = [Self::Hand, Self::Sans, Self::Mono];

    /// The families to ask for, best first, as CSS and SVG write them. Letters that the
    /// hand lacks (Greek) are measured in the plain typeface, so that comes second.
    #[must_use]
    pub const fn families(self) -> &'static str {
        match self {
            Self::Hand => "\"Commonslate Hand\",\"Commonslate Sans\",cursive",
            Self::Sans => "\"Commonslate Sans\",sans-serif",
            Self::Mono => "\"Commonslate Mono\",monospace",
        }
    }
}

/// Where lines of text stand between the edges of their box.
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

/// Text that is set alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The text; `\n` ends a paragraph.
    pub text: &'a str,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Typeface.
    pub font: Font,
    /// Size, in the unit of all lengths that come out.
    pub size: f64,
    /// The width that lines are broken at; `None`: only at the ends of paragraphs.
    pub wrap: Option<f64>,
    /// Where lines stand.
    pub align: Align,
}
