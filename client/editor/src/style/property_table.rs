//! The style properties of each kind of element and tool.
//!
//! The style panel, restyling and the copying of styles share this table.

use crate::tool_kind::ToolKind;
use shared::model::{Arrowhead, Body, Brush, Element, Outline, PropKey};

use crate::style::StyleChange;

/// A kind of element that has style properties of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StyleKind {
    Ink,
    Highlighting,
    /// Shapes with corners.
    Cornered,
    Ellipse,
    Path,
    Line,
    Text,
    Sticky,
    Frame,
    Image,
}

impl StyleKind {
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
            Body::Path(_) => Self::Path,
            Body::Image => Self::Image,
        }
    }

    /// The kind that a tool makes.
    pub(crate) const fn made_by(tool: ToolKind) -> Option<Self> {
        match tool {
            ToolKind::Pen => Some(Self::Ink),
            ToolKind::Highlighter => Some(Self::Highlighting),
            ToolKind::Rectangle | ToolKind::Diamond => Some(Self::Cornered),
            ToolKind::Ellipse => Some(Self::Ellipse),
            ToolKind::Line | ToolKind::Arrow => Some(Self::Line),
            ToolKind::Text => Some(Self::Text),
            ToolKind::Sticky => Some(Self::Sticky),
            // All new frames have the same style.
            ToolKind::Frame
            | ToolKind::Select
            | ToolKind::Lasso
            | ToolKind::Hand
            | ToolKind::Eraser
            | ToolKind::Laser => None,
        }
    }

    /// Whether a style property has a meaning for it.
    pub(crate) const fn has(self, key: PropKey) -> bool {
        let drawn = matches!(
            self,
            Self::Ink
                | Self::Highlighting
                | Self::Cornered
                | Self::Ellipse
                | Self::Path
                | Self::Line
        );
        let closed = matches!(self, Self::Cornered | Self::Ellipse | Self::Path);
        let written = matches!(
            self,
            Self::Cornered | Self::Ellipse | Self::Text | Self::Sticky
        );
        match key {
            PropKey::Color => !matches!(self, Self::Image),
            PropKey::Opacity => !matches!(self, Self::Frame),
            PropKey::Width => drawn,
            PropKey::Dash => closed || matches!(self, Self::Line),
            PropKey::Filling | PropKey::Fill | PropKey::Outlined => closed,
            PropKey::Corner => matches!(self, Self::Cornered | Self::Image),
            PropKey::Font | PropKey::TextSize => written || matches!(self, Self::Line),
            // The text of a line is always centred.
            PropKey::Align => written,
            PropKey::Route | PropKey::Heads => matches!(self, Self::Line),
            PropKey::Z
            | PropKey::At
            | PropKey::Angle
            | PropKey::Scale
            | PropKey::Size
            | PropKey::Points
            | PropKey::Start
            | PropKey::End
            | PropKey::Groups
            | PropKey::Locked
            | PropKey::Frame
            | PropKey::Name
            | PropKey::Text
            | PropKey::KeptSegments
            | PropKey::TextPosition
            | PropKey::Measures
            | PropKey::Picture
            | PropKey::Crop
            | PropKey::AlternativeText
            | PropKey::Protected
            | PropKey::Proposal => false,
        }
    }
}

/// The property that a change of the style panel sets.
pub(crate) const fn property_of(change: StyleChange) -> PropKey {
    match change {
        StyleChange::Color(_) => PropKey::Color,
        StyleChange::Width(_) => PropKey::Width,
        StyleChange::Opacity(_) => PropKey::Opacity,
        StyleChange::Dash(_) => PropKey::Dash,
        StyleChange::Filling(_) => PropKey::Filling,
        StyleChange::Fill(_) => PropKey::Fill,
        StyleChange::Round(_) => PropKey::Corner,
        StyleChange::Font(_) => PropKey::Font,
        StyleChange::Text(_) => PropKey::TextSize,
        StyleChange::Align(_) => PropKey::Align,
        StyleChange::Route(_) => PropKey::Route,
        StyleChange::Start(_) | StyleChange::End(_) => PropKey::Heads,
    }
}

/// The tool that makes such elements.
pub(crate) fn tool_for(element: &Element) -> Option<ToolKind> {
    Some(match StyleKind::of(element) {
        StyleKind::Ink => ToolKind::Pen,
        StyleKind::Highlighting => ToolKind::Highlighter,
        StyleKind::Cornered | StyleKind::Ellipse => ToolKind::Rectangle,
        StyleKind::Line if element.props.heads() == [Arrowhead::None, Arrowhead::None] => {
            ToolKind::Line
        }
        StyleKind::Line => ToolKind::Arrow,
        StyleKind::Text => ToolKind::Text,
        StyleKind::Sticky => ToolKind::Sticky,
        // No tool with a style makes them.
        StyleKind::Frame | StyleKind::Path | StyleKind::Image => return None,
    })
}
