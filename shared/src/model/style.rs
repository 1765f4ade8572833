//! Colours and widths by name.
//!
//! A colour is a name, not a number: each theme has its own shade of it, so ink
//! stays readable on light and dark boards alike.

use serde::{Deserialize, Serialize};

/// A named ink colour. On the wire its number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "u8", try_from = "u8")]
pub enum Color {
    /// Near-black on a light board, near-white on a dark one.
    #[default]
    Black,
    /// Grey.
    Grey,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Pink.
    Pink,
}

impl Color {
    /// All colours in palette order; the position is the wire number.
    pub const ALL: [Self; 10] = [
        Self::Black,
        Self::Grey,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Violet,
        Self::Pink,
    ];

    /// The English name, as the palette shows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Black => "Black",
            Self::Grey => "Grey",
            Self::Red => "Red",
            Self::Orange => "Orange",
            Self::Yellow => "Yellow",
            Self::Green => "Green",
            Self::Teal => "Teal",
            Self::Blue => "Blue",
            Self::Violet => "Violet",
            Self::Pink => "Pink",
        }
    }
}

impl From<Color> for u8 {
    fn from(color: Color) -> Self {
        color as Self
    }
}

/// A number that names no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("colour {0} is unknown")]
pub struct UnknownColor(u8);

impl TryFrom<u8> for Color {
    type Error = UnknownColor;

    fn try_from(number: u8) -> Result<Self, UnknownColor> {
        Self::ALL
            .get(usize::from(number))
            .copied()
            .ok_or(UnknownColor(number))
    }
}

/// The widths that the palette offers. On the wire a width is a number of
/// board units; these are the tool's presets at zoom 100 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WidthStep {
    /// For small writing.
    Fine,
    /// For most things.
    #[default]
    Medium,
    /// For headings.
    Bold,
    /// For posters.
    ExtraBold,
}

impl WidthStep {
    /// All steps, thin to thick.
    pub const ALL: [Self; 4] = [Self::Fine, Self::Medium, Self::Bold, Self::ExtraBold];

    /// The English name, as the palette shows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fine => "Fine",
            Self::Medium => "Medium",
            Self::Bold => "Bold",
            Self::ExtraBold => "Extra bold",
        }
    }

    /// Width of the pen in CSS pixels at zoom 100 %.
    #[must_use]
    pub const fn pen_px(self) -> f32 {
        match self {
            Self::Fine => 2.0,
            Self::Medium => 4.0,
            Self::Bold => 8.0,
            Self::ExtraBold => 16.0,
        }
    }

    /// Width of the highlighter in CSS pixels at zoom 100 %.
    #[must_use]
    pub const fn highlighter_px(self) -> f32 {
        self.pen_px() * 5.0
    }
}
