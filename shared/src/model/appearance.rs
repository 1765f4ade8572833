//! Types of the properties that say how an element looks and behaves, beside its colour and width.
//! `paint` decides how each looks on the screen.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ElementId, GroupId};

pub use crate::typeset::{Align, Font};

/// How the inside of a closed shape is filled.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Filling {
    /// The shape is empty: the board shows through.
    #[default]
    #[serde(rename = "n")]
    None,
    /// A pale tint of the element's colour.
    #[serde(rename = "t")]
    Tint,
    /// The element's colour.
    #[serde(rename = "s")]
    Solid,
}

/// The dash pattern of a line.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Dash {
    /// A continuous line.
    #[default]
    #[serde(rename = "s")]
    Solid,
    /// Dashes.
    #[serde(rename = "d")]
    Dashed,
    /// Dots.
    #[serde(rename = "o")]
    Dotted,
}

/// The head at one end of a line.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Arrowhead {
    /// No head.
    #[default]
    #[serde(rename = "n")]
    None,
    /// An open arrowhead.
    #[serde(rename = "a")]
    Arrow,
    /// A filled triangle.
    #[serde(rename = "t")]
    Triangle,
    /// A filled dot.
    #[serde(rename = "d")]
    Dot,
    /// A bar across the line.
    #[serde(rename = "b")]
    Bar,
}

/// How a line runs through its points.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Route {
    /// In straight segments.
    #[default]
    #[serde(rename = "s")]
    Straight,
    /// As a smooth curve through all points.
    #[serde(rename = "c")]
    Curved,
    /// In horizontal and vertical segments.
    #[serde(rename = "e")]
    Elbow,
}

/// A segment of an elbow line that a user has moved. The number is its coordinate in board units,
/// relative to the line's position.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum KeptSegment {
    /// A vertical segment at this x.
    #[serde(rename = "v")]
    Vertical(f32),
    /// A horizontal segment at this y.
    #[serde(rename = "h")]
    Horizontal(f32),
}

/// The anchor of one end of a line: the element that the end follows, and a point on it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Anchor {
    /// The element.
    pub to: ElementId,
    /// The point that the line aims at, in the element's unrotated box: 0, 0 is the upper left
    /// corner, 1, 1 the lower right one. The line ends where it meets the outline.
    pub at: [f32; 2],
}

/// The groups an element belongs to, the innermost first. Empty if it belongs to none.
pub type Groups = Vec<GroupId>;
