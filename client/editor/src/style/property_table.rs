//! Which properties mean something for which elements and tools.
//!
//! The one table that the style panel, restyling and the copying of styles share.
//! It must not know what any property looks like.

use crate::tool_kind::ToolKind;
use shared::model::{Body, Brush, Element, Head, Outline, PropKey};

use crate::style::StyleChange;

/// What has a look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Ink,
    Highlighting,
    /// Shapes with corners.
    Cornered,
    Ellipse,
    Line,
    Text,
    Sticky,
    Frame,
}

impl Kind {
    /// Of an element.
    pub(crate) const fn of(element: &Element) -> Self {
        match &element.body {
            Body::Stroke(stroke) => match stroke.brush {
                Brush::Pen => Self::Ink,
                Brush::Highlighter => Self::Highlighting,
            },
            Body::Shape(Outline::Ellipse) => Self::Ellipse,
            Body::Shape(Outline::Rectangle | Outline::Diamond | Outline::Triangle) => {
                Self::Cornered
            }
            Body::Line => Self::Line,
            Body::Text => Self::Text,
            Body::Sticky { .. } => Self::Sticky,
            Body::Frame => Self::Frame,
        }
    }

    /// Of what a tool makes.
    pub(crate) const fn made_by(tool: ToolKind) -> Option<Self> {
        match tool {
            ToolKind::Pen => Some(Self::Ink),
            ToolKind::Highlighter => Some(Self::Highlighting),
            ToolKind::Rectangle | ToolKind::Diamond => Some(Self::Cornered),
            ToolKind::Ellipse => Some(Self::Ellipse),
            ToolKind::Line | ToolKind::Arrow => Some(Self::Line),
            ToolKind::Text => Some(Self::Text),
            ToolKind::Sticky => Some(Self::Sticky),
            // Frames all look alike when they are made.
            ToolKind::Frame
            | ToolKind::Select
            | ToolKind::Lasso
            | ToolKind::Hand
            | ToolKind::Eraser
            | ToolKind::Laser => None,
        }
    }

    /// Whether a property of its look means something for it.
    pub(crate) const fn has(self, key: PropKey) -> bool {
        let drawn = matches!(
            self,
            Self::Ink | Self::Highlighting | Self::Cornered | Self::Ellipse | Self::Line
        );
        let closed = matches!(self, Self::Cornered | Self::Ellipse);
        let written = matches!(
            self,
            Self::Cornered | Self::Ellipse | Self::Text | Self::Sticky
        );
        match key {
            PropKey::Color => true,
            PropKey::Opacity => !matches!(self, Self::Frame),
            PropKey::Width => drawn,
            PropKey::Dash => closed || matches!(self, Self::Line),
            PropKey::Filling => closed,
            PropKey::Corner => matches!(self, Self::Cornered),
            PropKey::Font | PropKey::TextSize | PropKey::Align => written,
            PropKey::Route | PropKey::Heads => matches!(self, Self::Line),
            PropKey::Z
            | PropKey::At
            | PropKey::Angle
            | PropKey::Stretch
            | PropKey::Size
            | PropKey::Points
            | PropKey::Start
            | PropKey::End
            | PropKey::Groups
            | PropKey::Locked
            | PropKey::Frame
            | PropKey::Name
            | PropKey::Text => false,
        }
    }
}

/// The property that a wish of the style panel is about.
pub(crate) const fn key(change: StyleChange) -> PropKey {
    match change {
        StyleChange::Color(_) => PropKey::Color,
        StyleChange::Width(_) => PropKey::Width,
        StyleChange::Opacity(_) => PropKey::Opacity,
        StyleChange::Dash(_) => PropKey::Dash,
        StyleChange::Filling(_) => PropKey::Filling,
        StyleChange::Round(_) => PropKey::Corner,
        StyleChange::Font(_) => PropKey::Font,
        StyleChange::Text(_) => PropKey::TextSize,
        StyleChange::Align(_) => PropKey::Align,
        StyleChange::Route(_) => PropKey::Route,
        StyleChange::Start(_) | StyleChange::End(_) => PropKey::Heads,
    }
}

/// The tool whose style an element like this was made with.
pub(crate) fn maker(element: &Element) -> Option<ToolKind> {
    Some(match Kind::of(element) {
        Kind::Ink => ToolKind::Pen,
        Kind::Highlighting => ToolKind::Highlighter,
        Kind::Cornered | Kind::Ellipse => ToolKind::Rectangle,
        Kind::Line if element.props.heads() == [Head::None, Head::None] => ToolKind::Line,
        Kind::Line => ToolKind::Arrow,
        Kind::Text => ToolKind::Text,
        Kind::Sticky => ToolKind::Sticky,
        Kind::Frame => return None,
    })
}
