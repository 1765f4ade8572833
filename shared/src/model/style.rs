//! Named colours and widths.
//!
//! A colour of the palette is a name, not a value: each theme has its own shade of it, so that ink
//! stays readable on light and dark boards. A custom colour is lightened on a dark board as far as
//! needed.

use serde::{Deserialize, Serialize};

use super::palette::Rgb;

/// The colour of ink: a name, or any RGB value. On the wire it is a number: the index of the name
/// in [`Color::ALL`], or `0x0100_0000` plus `0xRRGGBB`, or
/// `0x0200_0000` plus `0xRRGGBB` for a colour of a drawing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "u32", try_from = "u32")]
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
    /// A custom colour, as it looks on the light board. It is darkened or lightened until it stands
    /// out from the board.
    Custom(Rgb),
    /// A colour of a drawing of another program: exact on the light board, and with the opposite
    /// lightness on the dark one, so that all colours of the drawing stay as distinct as they were.
    Drawn(Rgb),
}

/// The first number of a custom colour on the wire.
const CUSTOM: u32 = 0x0100_0000;
/// The first number of a colour of a drawing on the wire.
const DRAWN: u32 = 0x0200_0000;

impl Color {
    /// All named colours in palette order; the position is the wire number.
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

    /// The English name that the palette shows.
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
            Self::Custom(_) | Self::Drawn(_) => "Custom",
        }
    }
}

impl From<Color> for u32 {
    fn from(color: Color) -> Self {
        if let Color::Custom(rgb) = color {
            return CUSTOM | rgb.to_hex();
        }
        if let Color::Drawn(rgb) = color {
            return DRAWN | rgb.to_hex();
        }
        let place = Color::ALL.iter().position(|named| *named == color);
        place
            .and_then(|place| Self::try_from(place).ok())
            .unwrap_or(0)
    }
}

/// A number that means no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("colour {0} is unknown")]
pub struct UnknownColor(u32);

impl TryFrom<u32> for Color {
    type Error = UnknownColor;

    fn try_from(number: u32) -> Result<Self, UnknownColor> {
        if (CUSTOM..CUSTOM << 1).contains(&number) {
            return Ok(Self::Custom(Rgb::from_hex(number & (CUSTOM - 1))));
        }
        if (DRAWN..DRAWN + CUSTOM).contains(&number) {
            return Ok(Self::Drawn(Rgb::from_hex(number & (CUSTOM - 1))));
        }
        usize::try_from(number)
            .ok()
            .and_then(|place| Self::ALL.get(place))
            .copied()
            .ok_or(UnknownColor(number))
    }
}

/// The widths that the palette offers at zoom 100 %. On the wire a width is a number of board
/// units.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
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
    /// All steps, from thin to thick.
    pub const ALL: [Self; 4] = [Self::Fine, Self::Medium, Self::Bold, Self::ExtraBold];

    /// The English name that the palette shows.
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
