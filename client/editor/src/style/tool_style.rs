//! The style of new elements, remembered for each tool.

use crate::tool_kind::ToolKind;
use serde::{Deserialize, Serialize};
use shared::model::palette::HIGHLIGHT_ALPHA;
use shared::model::{Align, Arrowhead, Brush, Color, Dash, Filling, Font, Route, WidthStep};

/// Full opacity.
pub const OPAQUE: u8 = 255;

/// The sizes of text that the style panel offers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum TextStep {
    /// For small notes.
    Small,
    /// For most texts.
    #[default]
    Medium,
    /// For headings.
    Large,
    /// For posters.
    ExtraLarge,
}

impl TextStep {
    /// All steps, small to large.
    pub const ALL: [Self; 4] = [Self::Small, Self::Medium, Self::Large, Self::ExtraLarge];

    /// The English name, as the panel shows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "Small",
            Self::Medium => "Medium",
            Self::Large => "Large",
            Self::ExtraLarge => "Extra large",
        }
    }

    /// Height of text in CSS pixels at zoom 100 %.
    #[must_use]
    pub const fn px(self) -> f32 {
        match self {
            Self::Small => 16.0,
            Self::Medium => 24.0,
            Self::Large => 36.0,
            Self::ExtraLarge => 64.0,
        }
    }
}

/// The style of one tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// Colour.
    pub color: Color,
    /// Line width.
    pub width: WidthStep,
    /// Opacity in 255ths.
    pub opacity: u8,
    /// The dash pattern of lines.
    pub dash: Dash,
    /// The fill of outlines.
    pub filling: Filling,
    /// The colour of the fill; `None` for that of the line.
    pub fill: Option<Color>,
    /// Whether corners are round.
    pub round: bool,
    /// Typeface.
    pub font: Font,
    /// Size of text.
    pub text: TextStep,
    /// The alignment of text.
    pub align: Align,
    /// The route of lines from point to point.
    pub route: Route,
    /// The heads at the ends of lines.
    pub heads: [Arrowhead; 2],
}

/// One change of the style panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleChange {
    /// This colour.
    Color(Color),
    /// This line width.
    Width(WidthStep),
    /// This opacity, in 255ths.
    Opacity(u8),
    /// This dash pattern.
    Dash(Dash),
    /// This fill.
    Filling(Filling),
    /// A fill of this colour; `None` for that of the line.
    Fill(Option<Color>),
    /// Round corners, or sharp ones.
    Round(bool),
    /// This typeface.
    Font(Font),
    /// Text of this size.
    Text(TextStep),
    /// This alignment of text.
    Align(Align),
    /// This route of lines.
    Route(Route),
    /// This head at the start of lines.
    Start(Arrowhead),
    /// This head at the end of lines.
    End(Arrowhead),
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: Color::default(),
            width: WidthStep::default(),
            opacity: OPAQUE,
            dash: Dash::default(),
            filling: Filling::default(),
            fill: None,
            round: true,
            font: Font::default(),
            text: TextStep::default(),
            align: Align::default(),
            route: Route::default(),
            heads: [Arrowhead::None, Arrowhead::None],
        }
    }
}

/// The styles of all tools. Tools that make the same kind of thing share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Styles {
    pen: Style,
    highlighter: Style,
    shape: Style,
    line: Style,
    arrow: Style,
    text: Style,
    sticky: Style,
}

impl Default for Styles {
    fn default() -> Self {
        let plain = Style::default();
        Self {
            pen: plain,
            highlighter: Style {
                color: Color::Yellow,
                // The cast saturates, and the share is below 1.
                opacity: (HIGHLIGHT_ALPHA * 255.0) as u8,
                ..plain
            },
            shape: Style {
                align: Align::Center,
                ..plain
            },
            line: plain,
            arrow: Style {
                heads: [Arrowhead::None, Arrowhead::Arrow],
                ..plain
            },
            text: plain,
            sticky: Style {
                color: Color::Yellow,
                align: Align::Center,
                ..plain
            },
        }
    }
}

impl Styles {
    /// The style of a tool.
    #[must_use]
    pub const fn of(&self, tool: ToolKind) -> &Style {
        match tool {
            ToolKind::Highlighter => &self.highlighter,
            ToolKind::Rectangle | ToolKind::Ellipse | ToolKind::Diamond => &self.shape,
            ToolKind::Line => &self.line,
            ToolKind::Arrow => &self.arrow,
            ToolKind::Text => &self.text,
            ToolKind::Sticky => &self.sticky,
            ToolKind::Pen
            | ToolKind::Select
            | ToolKind::Lasso
            | ToolKind::Hand
            | ToolKind::Eraser
            | ToolKind::Frame
            | ToolKind::Laser => &self.pen,
        }
    }

    /// The style of a tool, to be changed.
    pub const fn of_mut(&mut self, tool: ToolKind) -> &mut Style {
        match tool {
            ToolKind::Highlighter => &mut self.highlighter,
            ToolKind::Rectangle | ToolKind::Ellipse | ToolKind::Diamond => &mut self.shape,
            ToolKind::Line => &mut self.line,
            ToolKind::Arrow => &mut self.arrow,
            ToolKind::Text => &mut self.text,
            ToolKind::Sticky => &mut self.sticky,
            ToolKind::Pen
            | ToolKind::Select
            | ToolKind::Lasso
            | ToolKind::Hand
            | ToolKind::Eraser
            | ToolKind::Frame
            | ToolKind::Laser => &mut self.pen,
        }
    }
}

impl Style {
    /// Line width on the screen in CSS pixels, whatever the zoom.
    #[must_use]
    pub const fn width_px(&self, brush: Option<Brush>) -> f32 {
        match brush {
            Some(Brush::Highlighter) => self.width.highlighter_px(),
            Some(Brush::Pen) | None => self.width.pen_px(),
        }
    }

    /// Changes one property.
    pub const fn apply(&mut self, change: StyleChange) {
        match change {
            StyleChange::Color(color) => self.color = color,
            StyleChange::Width(width) => self.width = width,
            StyleChange::Opacity(opacity) => self.opacity = opacity,
            StyleChange::Dash(dash) => self.dash = dash,
            StyleChange::Filling(filling) => self.filling = filling,
            StyleChange::Fill(fill) => self.fill = fill,
            StyleChange::Round(round) => self.round = round,
            StyleChange::Font(font) => self.font = font,
            StyleChange::Text(text) => self.text = text,
            StyleChange::Align(align) => self.align = align,
            StyleChange::Route(route) => self.route = route,
            StyleChange::Start(head) => self.heads[0] = head,
            StyleChange::End(head) => self.heads[1] = head,
        }
    }
}
