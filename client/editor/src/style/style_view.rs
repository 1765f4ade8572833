//! Elements and styles as the style panel shows them.
//!
//! Sizes are shown as the steps that they are at the zoom of the view.

use shared::model::{
    Align, Arrowhead, Color, Dash, Element, Filling, Font, Marks, PropKey, Route, WidthStep,
};

use super::property_table::StyleKind;
use super::tool_style::{Style, TextStep};

/// A property of a style, as the panel shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<T> {
    /// It has no meaning for the selection or the active tool.
    Absent,
    /// The selected elements differ.
    Mixed,
    /// All selected elements have this value.
    Same(T),
}

/// The content of the style panel: the style of the selection, else of the active tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyleView {
    /// Colour.
    pub color: Shown<Color>,
    /// Line width.
    pub width: Shown<WidthStep>,
    /// Opacity in 255ths.
    pub opacity: Shown<u8>,
    /// The dash pattern of lines.
    pub dash: Shown<Dash>,
    /// The fill of outlines.
    pub filling: Shown<Filling>,
    /// The colour of the fill; absent without a fill, and `None` for the colour of the line.
    pub fill: Shown<Option<Color>>,
    /// Whether corners are round.
    pub round: Shown<bool>,
    /// Typeface.
    pub font: Shown<Font>,
    /// Size of text.
    pub text: Shown<TextStep>,
    /// The alignment of text.
    pub align: Shown<Align>,
    /// Whether letters are bold.
    pub bold: Shown<bool>,
    /// Whether letters are italic.
    pub italic: Shown<bool>,
    /// The route of lines from point to point.
    pub route: Shown<Route>,
    /// The head at the start of lines.
    pub start: Shown<Arrowhead>,
    /// The head at the end of lines.
    pub end: Shown<Arrowhead>,
    /// Whether the colours are those of a highlighter.
    pub highlighter: bool,
}

impl StyleView {
    /// No property: the panel is hidden.
    pub const NOTHING: Self = Self {
        color: Shown::Absent,
        width: Shown::Absent,
        opacity: Shown::Absent,
        dash: Shown::Absent,
        filling: Shown::Absent,
        fill: Shown::Absent,
        round: Shown::Absent,
        font: Shown::Absent,
        text: Shown::Absent,
        align: Shown::Absent,
        bold: Shown::Absent,
        italic: Shown::Absent,
        route: Shown::Absent,
        start: Shown::Absent,
        end: Shown::Absent,
        highlighter: false,
    };
}

/// Sizes that differ from a step by less than this share are shown as that step.
const SAME_STEP: f32 = 0.2;

/// The style of an element at a zoom.
pub(crate) fn of_element(element: &Element, zoom: f64) -> StyleView {
    let props = &element.props;
    let kind = StyleKind::of(element);
    let px = |units: f32| (f64::from(units) * zoom) as f32;
    let width = WidthStep::ALL.into_iter();
    let width = width.map(|step| (step, width_px(kind, step)));
    let text = TextStep::ALL.into_iter().map(|step| (step, step.px()));
    let [start, end] = props.heads();
    let view = StyleView {
        color: Shown::Same(props.color),
        width: nearest(width, px(props.width)),
        opacity: Shown::Same(props.opacity),
        dash: Shown::Same(props.dash()),
        filling: Shown::Same(props.filling()),
        fill: Shown::Same(props.fill()),
        round: Shown::Same(props.corner() > 0.0),
        font: Shown::Same(props.font()),
        text: nearest(text, px(props.text_size())),
        align: Shown::Same(props.align()),
        bold: marked(element, Marks::BOLD),
        italic: marked(element, Marks::ITALIC),
        route: Shown::Same(props.route()),
        start: Shown::Same(start),
        end: Shown::Same(end),
        highlighter: kind == StyleKind::Highlighting,
    };
    limited(view, kind)
}

/// A tool's style for elements of a kind.
pub(crate) fn of_style(style: &Style, kind: StyleKind) -> StyleView {
    let [start, end] = style.heads;
    let view = StyleView {
        color: Shown::Same(style.color),
        width: Shown::Same(style.width),
        opacity: Shown::Same(style.opacity),
        dash: Shown::Same(style.dash),
        filling: Shown::Same(style.filling),
        fill: Shown::Same(style.fill),
        round: Shown::Same(style.round),
        font: Shown::Same(style.font),
        text: Shown::Same(style.text),
        align: Shown::Same(style.align),
        bold: Shown::Absent,
        italic: Shown::Absent,
        route: Shown::Same(style.route),
        start: Shown::Same(start),
        end: Shown::Same(end),
        highlighter: kind == StyleKind::Highlighting,
    };
    limited(view, kind)
}

/// Whether all text of an element has a mark; absent without text.
fn marked(element: &Element, marks: Marks) -> Shown<bool> {
    let stretches = element.text.runs();
    let stretches = stretches.map(|stretch| Shown::Same(stretch.marks.has(marks)));
    stretches.fold(Shown::Absent, both)
}

/// Width of a line of a kind in CSS pixels.
pub(crate) const fn width_px(kind: StyleKind, step: WidthStep) -> f32 {
    match kind {
        StyleKind::Highlighting => step.highlighter_px(),
        StyleKind::Ink
        | StyleKind::Cornered
        | StyleKind::Ellipse
        | StyleKind::Path
        | StyleKind::Line
        | StyleKind::Text
        | StyleKind::Sticky
        | StyleKind::Frame
        | StyleKind::Image => step.pen_px(),
    }
}

/// The style of two elements together.
pub(crate) fn merged(a: StyleView, b: StyleView) -> StyleView {
    StyleView {
        color: both(a.color, b.color),
        width: both(a.width, b.width),
        opacity: both(a.opacity, b.opacity),
        dash: both(a.dash, b.dash),
        filling: both(a.filling, b.filling),
        fill: both(a.fill, b.fill),
        round: both(a.round, b.round),
        font: both(a.font, b.font),
        text: both(a.text, b.text),
        align: both(a.align, b.align),
        bold: both(a.bold, b.bold),
        italic: both(a.italic, b.italic),
        route: both(a.route, b.route),
        start: both(a.start, b.start),
        end: both(a.end, b.end),
        highlighter: a.highlighter && b.highlighter,
    }
}

fn both<T: PartialEq>(a: Shown<T>, b: Shown<T>) -> Shown<T> {
    match (a, b) {
        (Shown::Absent, other) | (other, Shown::Absent) => other,
        (Shown::Same(a), Shown::Same(b)) if a == b => Shown::Same(a),
        _ => Shown::Mixed,
    }
}

/// Drops the properties that have no meaning for the kind.
fn limited(view: StyleView, kind: StyleKind) -> StyleView {
    let fill = match view.filling {
        Shown::Same(Filling::None) => Shown::Absent,
        Shown::Absent | Shown::Mixed | Shown::Same(Filling::Tint | Filling::Solid) => view.fill,
    };
    StyleView {
        color: only(kind, PropKey::Color, view.color),
        width: only(kind, PropKey::Width, view.width),
        opacity: only(kind, PropKey::Opacity, view.opacity),
        dash: only(kind, PropKey::Dash, view.dash),
        filling: only(kind, PropKey::Filling, view.filling),
        fill: only(kind, PropKey::Fill, fill),
        round: only(kind, PropKey::Corner, view.round),
        font: only(kind, PropKey::Font, view.font),
        text: only(kind, PropKey::TextSize, view.text),
        align: only(kind, PropKey::Align, view.align),
        route: only(kind, PropKey::Route, view.route),
        start: only(kind, PropKey::Heads, view.start),
        end: only(kind, PropKey::Heads, view.end),
        ..view
    }
}

fn only<T>(kind: StyleKind, key: PropKey, shown: Shown<T>) -> Shown<T> {
    if kind.has(key) { shown } else { Shown::Absent }
}

/// The step of about this size; `Mixed` between steps, so that none is marked.
fn nearest<T>(steps: impl Iterator<Item = (T, f32)>, px: f32) -> Shown<T> {
    steps
        .filter(|(_, size)| (px / size - 1.0).abs() < SAME_STEP)
        .map(|(step, _)| Shown::Same(step))
        .next()
        .unwrap_or(Shown::Mixed)
}
