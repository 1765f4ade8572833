//! How elements may look and behave, beside colour and width: one small type for
//! each property. Knows names only; what they mean on the screen is `paint`'s.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ElementId, GroupId};

pub use crate::typeset::{Align, Font};

/// What is inside a closed outline.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Filling {
    /// Nothing: the board shows through.
    #[default]
    #[serde(rename = "n")]
    None,
    /// A pale shade of the element's colour.
    #[serde(rename = "t")]
    Tint,
    /// The element's colour itself.
    #[serde(rename = "s")]
    Solid,
}

/// How a line is broken.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Dash {
    /// Not at all.
    #[default]
    #[serde(rename = "s")]
    Solid,
    /// Into dashes.
    #[serde(rename = "d")]
    Dashed,
    /// Into dots.
    #[serde(rename = "o")]
    Dotted,
}

/// What stands at an end of a line.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Head {
    /// Nothing.
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
    /// A bar across.
    #[serde(rename = "b")]
    Bar,
}

/// How a line goes from point to point.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Route {
    /// Straight.
    #[default]
    #[serde(rename = "s")]
    Straight,
    /// In a smooth curve through all points.
    #[serde(rename = "c")]
    Curved,
    /// In horizontal and vertical pieces.
    #[serde(rename = "e")]
    Elbow,
}

/// Where an end of a line holds on to another element. The line follows it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Anchor {
    /// The element it holds on to.
    pub to: ElementId,
    /// The place it aims at within the element's unrotated box: 0, 0 is the upper
    /// left corner, 1, 1 the lower right one. The line ends where it meets the outline.
    pub at: [f32; 2],
}

/// The groups an element belongs to, the innermost first. Empty: to none.
pub type Groups = Vec<GroupId>;
