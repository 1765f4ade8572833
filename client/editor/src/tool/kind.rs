//! Which tools there are, what they are called, and what sort of thing they make.
//!
//! Names only; it must not know what a tool does.

use shared::model::{Brush, Outline};

/// A tool, as the toolbar offers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolKind {
    /// Selects, moves, stretches and turns elements.
    Select,
    /// Selects what a loop is drawn around.
    Lasso,
    /// Moves the view.
    Hand,
    /// Draws ink.
    #[default]
    Pen,
    /// Draws translucent ink.
    Highlighter,
    /// Takes elements away, or parts of strokes.
    Eraser,
    /// Draws rectangles.
    Rectangle,
    /// Draws ellipses.
    Ellipse,
    /// Draws diamonds.
    Diamond,
    /// Draws lines.
    Line,
    /// Draws arrows.
    Arrow,
    /// Writes.
    Text,
    /// Puts up sticky notes.
    Sticky,
    /// Draws frames.
    Frame,
    /// Points with a trail that fades.
    Laser,
}

impl ToolKind {
    /// All tools in the order of the toolbar.
    pub const ALL: [Self; 15] = [
        Self::Select,
        Self::Lasso,
        Self::Hand,
        Self::Pen,
        Self::Highlighter,
        Self::Eraser,
        Self::Rectangle,
        Self::Ellipse,
        Self::Diamond,
        Self::Line,
        Self::Arrow,
        Self::Text,
        Self::Sticky,
        Self::Frame,
        Self::Laser,
    ];

    /// The accessible name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Lasso => "Lasso",
            Self::Hand => "Hand",
            Self::Pen => "Pen",
            Self::Highlighter => "Highlighter",
            Self::Eraser => "Eraser",
            Self::Rectangle => "Rectangle",
            Self::Ellipse => "Ellipse",
            Self::Diamond => "Diamond",
            Self::Line => "Line",
            Self::Arrow => "Arrow",
            Self::Text => "Text",
            Self::Sticky => "Sticky note",
            Self::Frame => "Frame",
            Self::Laser => "Laser",
        }
    }

    /// The key that picks it, as shown to people.
    #[must_use]
    pub const fn shortcut(self) -> &'static str {
        match self {
            Self::Select => "V",
            Self::Lasso => "Shift+L",
            Self::Hand => "H",
            Self::Pen => "P",
            Self::Highlighter => "Shift+P",
            Self::Eraser => "E",
            Self::Rectangle => "R",
            Self::Ellipse => "O",
            Self::Diamond => "3",
            Self::Line => "L",
            Self::Arrow => "A",
            Self::Text => "T",
            Self::Sticky => "N",
            Self::Frame => "F",
            Self::Laser => "K",
        }
    }

    /// The brush of a tool that draws ink.
    #[must_use]
    pub const fn brush(self) -> Option<Brush> {
        match self {
            Self::Pen => Some(Brush::Pen),
            Self::Highlighter => Some(Brush::Highlighter),
            Self::Select
            | Self::Lasso
            | Self::Hand
            | Self::Eraser
            | Self::Rectangle
            | Self::Ellipse
            | Self::Diamond
            | Self::Line
            | Self::Arrow
            | Self::Text
            | Self::Sticky
            | Self::Frame
            | Self::Laser => None,
        }
    }

    /// The outline of a tool that draws closed shapes.
    #[must_use]
    pub const fn outline(self) -> Option<Outline> {
        match self {
            Self::Rectangle => Some(Outline::Rectangle),
            Self::Ellipse => Some(Outline::Ellipse),
            Self::Diamond => Some(Outline::Diamond),
            Self::Select
            | Self::Lasso
            | Self::Hand
            | Self::Pen
            | Self::Highlighter
            | Self::Eraser
            | Self::Line
            | Self::Arrow
            | Self::Text
            | Self::Sticky
            | Self::Frame
            | Self::Laser => None,
        }
    }

    /// Whether it stays in the hand after it made something, without being locked.
    #[must_use]
    pub const fn is_sticky(self) -> bool {
        match self {
            Self::Select
            | Self::Lasso
            | Self::Hand
            | Self::Pen
            | Self::Highlighter
            | Self::Eraser
            | Self::Laser => true,
            Self::Rectangle
            | Self::Ellipse
            | Self::Diamond
            | Self::Line
            | Self::Arrow
            | Self::Text
            | Self::Sticky
            | Self::Frame => false,
        }
    }

    /// Whether it selects, and so shows the handles of what is selected.
    #[must_use]
    pub const fn selects(self) -> bool {
        matches!(self, Self::Select | Self::Lasso)
    }

    /// Whether a finger that rests with it asks for the menu; with the others it
    /// may be about to draw.
    #[must_use]
    pub const fn rests_for_menu(self) -> bool {
        match self {
            Self::Select | Self::Lasso | Self::Hand => true,
            Self::Pen
            | Self::Highlighter
            | Self::Eraser
            | Self::Rectangle
            | Self::Ellipse
            | Self::Diamond
            | Self::Line
            | Self::Arrow
            | Self::Text
            | Self::Sticky
            | Self::Frame
            | Self::Laser => false,
        }
    }

    /// Whether it changes the board, and so needs the right to.
    #[must_use]
    pub const fn changes_board(self) -> bool {
        match self {
            Self::Select | Self::Lasso | Self::Hand => false,
            Self::Pen
            | Self::Highlighter
            | Self::Eraser
            | Self::Rectangle
            | Self::Ellipse
            | Self::Diamond
            | Self::Line
            | Self::Arrow
            | Self::Text
            | Self::Sticky
            | Self::Frame
            | Self::Laser => true,
        }
    }
}
