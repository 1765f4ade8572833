//! The properties of new elements, from the tool's style at the zoom of the view.
//!
//! A size in pixels on the screen becomes a size in board units.

use crate::document::frames;
use crate::tool_kind::ToolKind;
use kurbo::Size;
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::limits::{
    MAX_COORD, MAX_NAME_CHARS, MAX_TEXT_SIZE, MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH,
};
use shared::model::{Body, Brush, Filling, NewElement, OrderKey, Prop, PropKey, Props};
use shared::protocol::live::StrokeStyle;

use super::context::ToolCtx;
use crate::style::{Style, TextStep};

/// Sizes of elements that are made by a click, in CSS pixels.
const SHAPE_PX: Size = Size::new(120.0, 80.0);
const STICKY_PX: Size = Size::new(200.0, 200.0);
const FRAME_PX: Size = Size::new(480.0, 320.0);
/// Radius of round corners, in CSS pixels, and as a share of the shorter side.
const CORNER_PX: f64 = 16.0;
const CORNER_SHARE: f64 = 0.25;
/// The width of a frame's line, in CSS pixels.
const FRAME_WIDTH_PX: f64 = 1.5;
/// The least size of a box, in CSS pixels: a smaller one could not be seen.
const SMALLEST_PX: f64 = 1.0;

/// The body of the element that a tool makes by a box; `None` for other tools.
pub(crate) fn body(kind: ToolKind, name: &str) -> Option<Body> {
    match kind {
        ToolKind::Rectangle | ToolKind::Ellipse | ToolKind::Diamond => {
            kind.outline().map(Body::Shape)
        }
        ToolKind::Sticky => Some(Body::Sticky {
            signed: name.chars().take(MAX_NAME_CHARS).collect(),
        }),
        ToolKind::Frame => Some(Body::Frame),
        ToolKind::Select
        | ToolKind::Lasso
        | ToolKind::Hand
        | ToolKind::Pen
        | ToolKind::Highlighter
        | ToolKind::Eraser
        | ToolKind::Line
        | ToolKind::Arrow
        | ToolKind::Text
        | ToolKind::Laser => None,
    }
}

/// The box that a click at `centre` makes, in board units.
pub(crate) fn default_box(body: &Body, centre: BoardPoint, zoom: f64) -> BoardRect {
    let px = match body {
        Body::Sticky { .. } => STICKY_PX,
        Body::Frame => FRAME_PX,
        Body::Shape(_)
        | Body::Text
        | Body::Line
        | Body::Stroke(_)
        | Body::Path(_)
        | Body::Image => SHAPE_PX,
    };
    BoardRect::from_center_size(centre, px / zoom)
}

/// An element that fills `rect`, in the tool's style.
pub(crate) fn boxed(ctx: &ToolCtx<'_>, id: ElementId, body: Body, rect: BoardRect) -> NewElement {
    let zoom = ctx.camera.zoom();
    let rect = on_board(rect, ctx);
    let at = rect.origin().into();
    let mut props = match &body {
        Body::Frame => frame_props(ctx, at),
        Body::Shape(_) => shape_props(ctx, at, rect),
        Body::Sticky { .. }
        | Body::Text
        | Body::Line
        | Body::Stroke(_)
        | Body::Path(_)
        | Body::Image => base(ctx, at),
    };
    set(
        &mut props,
        Prop::Size([rect.width() as f32, rect.height() as f32]),
    );
    if body.has_text() {
        set(&mut props, Prop::Font(ctx.style.font));
        set(&mut props, Prop::TextSize(text_size(ctx.style.text, zoom)));
        set(&mut props, Prop::Align(ctx.style.align));
    }
    if let Some(frame) = frames::frame_for_new(ctx.board, ctx.index, &body, rect) {
        set(&mut props, Prop::Frame(Some(frame)));
    }
    NewElement::new(id, props, body)
}

/// The properties that every element has. The element is on top of all others.
pub(crate) fn base(ctx: &ToolCtx<'_>, at: BoardPoint) -> Props {
    let Style { color, opacity, .. } = *ctx.style;
    let width = width(f64::from(ctx.style.width_px(None)), ctx.camera.zoom());
    Props::plain(OrderKey::above(ctx.board.top()), at, color, width, opacity)
}

/// The style of ink of a brush.
pub(crate) fn stroke_style(ctx: &ToolCtx<'_>, brush: Brush) -> StrokeStyle {
    let z = match brush {
        Brush::Pen => OrderKey::above(ctx.board.top()),
        // Highlighter ink lies below everything else.
        Brush::Highlighter => OrderKey::below(ctx.board.bottom()),
    };
    let px = f64::from(ctx.style.width_px(Some(brush)));
    StrokeStyle {
        brush,
        color: ctx.style.color,
        width: width(px, ctx.camera.zoom()),
        opacity: ctx.style.opacity,
        z,
    }
}

/// Sets a property if it differs from its default.
pub(crate) fn set(props: &mut Props, prop: Prop) {
    let key: PropKey = prop.key();
    if key.default_value().as_ref() != Some(&prop) {
        props.set(prop);
    }
}

/// The width in board units of a line of this width in CSS pixels.
pub(crate) fn width(px: f64, zoom: f64) -> f32 {
    ((px / zoom) as f32).clamp(MIN_WIDTH, MAX_WIDTH)
}

/// The size in board units of text that has this size at this zoom.
pub(crate) fn text_size(step: TextStep, zoom: f64) -> f32 {
    ((f64::from(step.px()) / zoom) as f32).clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE)
}

/// Radius of round corners in board units, for a box of this shorter side.
pub(crate) fn corner(shorter: f64, zoom: f64) -> f32 {
    (CORNER_PX / zoom).min(shorter * CORNER_SHARE) as f32
}

fn shape_props(ctx: &ToolCtx<'_>, at: BoardPoint, rect: BoardRect) -> Props {
    let mut props = base(ctx, at);
    set(&mut props, Prop::Filling(ctx.style.filling));
    set(&mut props, Prop::Fill(ctx.style.fill));
    set(&mut props, Prop::Dash(ctx.style.dash));
    if ctx.style.round {
        let shorter = rect.width().min(rect.height());
        set(&mut props, Prop::Corner(corner(shorter, ctx.camera.zoom())));
    }
    props
}

/// All new frames have the same style, and lie behind the elements in them.
fn frame_props(ctx: &ToolCtx<'_>, at: BoardPoint) -> Props {
    let plain = Style::default();
    let mut props = Props::plain(
        OrderKey::below(ctx.board.bottom()),
        at,
        plain.color,
        width(FRAME_WIDTH_PX, ctx.camera.zoom()),
        plain.opacity,
    );
    set(&mut props, Prop::Filling(Filling::None));
    props
}

/// The part of `rect` that is on the board, at least of the smallest size.
pub(crate) fn on_board(rect: BoardRect, ctx: &ToolCtx<'_>) -> BoardRect {
    let smallest = ctx.camera.board_length(SMALLEST_PX);
    let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
    let rect = BoardRect::new(
        within(rect.x0),
        within(rect.y0),
        within(rect.x1),
        within(rect.y1),
    )
    .abs();
    let size = Size::new(rect.width().max(smallest), rect.height().max(smallest));
    BoardRect::from_origin_size(rect.origin(), size)
}
