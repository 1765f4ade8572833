//! Text layout: widths, line breaks, order and positions of characters.
//!
//! The unit is the extended grapheme cluster (UAX #29). Lines break where UAX #14 allows it. The
//! Unicode Bidirectional Algorithm (UAX #9) orders each line; the base direction of a paragraph is
//! that of its first strong character, as in HTML with `dir="auto"`.
//!
//! The result is a function of the board, so all clients see the same lines. Widths of characters
//! of the bundled typefaces come from tables, and painters switch off their kerning and ligatures.
//! No font file is read at run time. A character that no bundled typeface has is drawn in a system
//! font, which differs between machines. The client that writes measures such pieces of text, and
//! the [`Measures`] travel with the text. Pieces without a measure have estimated widths, by
//! script. Painters stretch their runs to the width of the layout.
//!
//! Positions in a text count Unicode scalar values (`char`), as in the text of elements.

mod advances;
mod breaking;
mod caret;
mod char_width;
mod cluster;
mod direction;
mod estimate;
mod layout;
mod measures;
mod piece;
#[cfg(test)]
mod unicode_tests;
mod visual;
mod words;

use serde::{Deserialize, Serialize};

pub use breaking::list_mark;
pub use caret::{Affinity, Caret, CaretStop, SelectionBox, Toward};
pub use char_width::{advance, is_blank};
pub use direction::{has_rtl, needs_override, without_controls};
pub use layout::{Layout, LineRun, MeasuredText, TextLine, layout, layout_measured};
pub use measures::{MAX_ADVANCE, MAX_MEASURES, MAX_PIECE_CHARS, Measure, Measures};
pub use piece::{Piece, pieces};
pub use words::{next_cluster, next_word, previous_cluster, previous_word, word_at};

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
    /// comes second, because letters that the handwriting lacks (Greek) are measured in it. All end
    /// in the same system font, so a [`Measure`] is valid for each typeface.
    #[must_use]
    pub const fn families(self) -> &'static str {
        match self {
            Self::Handwriting => "\"Commonslate Hand\",\"Commonslate Sans\",sans-serif",
            Self::Sans => "\"Commonslate Sans\",sans-serif",
            Self::Mono => "\"Commonslate Mono\",sans-serif",
        }
    }
}

/// The alignment of lines between the edges of their box.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Align {
    /// Where the paragraph begins: at the left, or at the right if its script runs to the left.
    #[default]
    #[serde(rename = "s")]
    Start,
    /// In the middle.
    #[serde(rename = "c")]
    Center,
    /// Where the lines of the paragraph end: opposite to [`Self::Start`].
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
