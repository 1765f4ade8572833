//! How a node looks.

use shared::model::{Color, Dash};

/// The outline of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A rectangle with sharp corners.
    Rectangle,
    /// A rectangle with round corners.
    #[default]
    Rounded,
    /// A rectangle whose short sides are half circles.
    Stadium,
    /// An ellipse.
    Ellipse,
    /// A circle.
    Circle,
    /// A diamond.
    Diamond,
    /// A triangle.
    Triangle,
    /// Text without an outline.
    Plain,
    /// A thick bar without text, at which paths part or meet.
    Bar,
    /// A small dot without text, at which a path begins.
    Dot,
    /// A small circle without text, at which a path ends.
    Ring,
}

impl Shape {
    /// Whether the shape has no text.
    pub(crate) const fn is_mark(self) -> bool {
        matches!(self, Self::Bar | Self::Dot | Self::Ring)
    }
}

/// The style of a node, as far as its source gives one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Look {
    /// The colour of the outline and the text.
    pub(crate) line: Option<Color>,
    /// The colour inside of the outline.
    pub(crate) fill: Option<Color>,
    pub(crate) dash: Dash,
    /// Whether the inside is a pale tint of its colour, or of that of the outline.
    pub(crate) is_tinted: bool,
    /// Whether the outline is thick.
    pub(crate) is_thick: bool,
}
