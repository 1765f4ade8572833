//! The text tool: a click places a text, a drag sets its width. A click on an element with text
//! edits that.

use crate::document::frames;
use crate::document::history::UndoStep;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::model::layout::hit_by_click;
use shared::model::{Body, Element, NewElement, Prop};
use shared::op::Op;
use shared::typeset::LINE_HEIGHT;

use super::context::{Request, ToolCtx, ToolOutput};
use super::event::ToolEvent;
use super::make;
use super::shape::Travel;
use crate::input::Sample;
use crate::input::gesture::PointerDown;
use crate::view::overlay::Overlay;

/// The state of the text tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextTool {
    Idle,
    Pressing(Press),
}

/// A press that makes a text when it is lifted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Press {
    pressed: ScreenPoint,
    from: BoardPoint,
    to: BoardPoint,
    travel: Travel,
}

impl TextTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle => match event.press() {
                Some(down) => begin(&down, ctx),
                None => Self::Idle,
            },
            Self::Pressing(press) => press.step(event, ctx, out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Pressing(_) => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Pressing(press) => {
                if press.travel == Travel::Drag {
                    overlay.marquee = Some(press.rect(ctx));
                }
            }
        }
    }
}

fn begin(down: &PointerDown, ctx: &ToolCtx<'_>) -> TextTool {
    let at = ctx.camera.to_board(down.first.at);
    if !(at.x.is_finite() && at.y.is_finite()) {
        return TextTool::Idle;
    }
    TextTool::Pressing(Press {
        pressed: down.first.at,
        from: at,
        to: at,
        travel: Travel::of(down.kind),
    })
}

impl Press {
    fn step(self, event: ToolEvent, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> TextTool {
        match event {
            ToolEvent::Move { samples, .. } => {
                out.redraw();
                TextTool::Pressing(self.gone(samples.last(), ctx))
            }
            ToolEvent::Up(sample) => {
                self.gone(Some(&sample), ctx).finish(ctx, out);
                TextTool::Idle
            }
            ToolEvent::Abort(_) => {
                out.redraw();
                TextTool::Idle
            }
            ToolEvent::Down(_) | ToolEvent::Modifiers(_) | ToolEvent::AnimationFrame => {
                TextTool::Pressing(self)
            }
        }
    }

    fn gone(mut self, sample: Option<&Sample>, ctx: &ToolCtx<'_>) -> Self {
        if let Some(sample) = sample {
            let to = ctx.camera.to_board(sample.at);
            if to.x.is_finite() && to.y.is_finite() {
                self.to = to;
                self.travel = self.travel.gone(self.pressed, sample.at);
            }
        }
        self
    }

    /// One line of text, as wide as was dragged, with the press in the middle of its
    /// left or right edge.
    fn rect(&self, ctx: &ToolCtx<'_>) -> BoardRect {
        let line = line_height(ctx);
        let top = self.from.y - line / 2.0;
        BoardRect::new(self.from.x, top, self.to.x, top + line).abs()
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let rect = self.rect(ctx);
        let new = match self.travel {
            Travel::Click { .. } => {
                if let Some(id) = writable_at(self.from, ctx) {
                    out.request(Request::Made(id));
                    out.request(Request::EditText(id));
                    return;
                }
                new_text(ctx, out.fresh_id(), rect.origin().into(), 0.0)
            }
            Travel::Drag => new_text(ctx, out.fresh_id(), rect.origin().into(), rect.width()),
        };
        let id = new.id;
        out.commit(vec![Op::Put(Box::new(new))], UndoStep::New);
        out.request(Request::Made(id));
        out.request(Request::EditText(id));
        out.redraw();
    }
}

pub(crate) fn line_height(ctx: &ToolCtx<'_>) -> f64 {
    f64::from(make::text_size(ctx.style.text, ctx.camera.zoom())) * LINE_HEIGHT
}

/// A new text whose left edge has its middle at `at`.
pub(crate) fn text_beginning_at(ctx: &ToolCtx<'_>, id: ElementId, at: BoardPoint) -> NewElement {
    let corner = BoardPoint::new(at.x, at.y - line_height(ctx) / 2.0);
    new_text(ctx, id, corner, 0.0)
}

/// A new text in the tool's style. Its lines are broken at `wrap` board units, or not at all if
/// that is 0.
fn new_text(ctx: &ToolCtx<'_>, id: ElementId, at: BoardPoint, wrap: f64) -> NewElement {
    let mut props = make::base(ctx, at);
    make::set(&mut props, Prop::Font(ctx.style.font));
    make::set(
        &mut props,
        Prop::TextSize(make::text_size(ctx.style.text, ctx.camera.zoom())),
    );
    make::set(&mut props, Prop::Align(ctx.style.align));
    make::set(&mut props, Prop::Size([wrap as f32, 0.0]));
    let start = BoardRect::from_origin_size(at, (wrap, line_height(ctx)));
    if let Some(frame) = frames::frame_for_new(ctx.board, ctx.index, &Body::Text, start) {
        make::set(&mut props, Prop::Frame(Some(frame)));
    }
    NewElement::new(id, props, Body::Text)
}

/// The topmost element at a place, if it has text and is not locked.
fn writable_at(at: BoardPoint, ctx: &ToolCtx<'_>) -> Option<ElementId> {
    let spot = BoardRect::from_points(at, at);
    let covering = |element: &&Element| hit_by_click(ctx.board, element, at, 0.0);
    let found = ctx.index.touching(spot);
    let found = found.filter_map(|id| ctx.board.get(id).map(AsRef::as_ref));
    let top = found
        .filter(covering)
        .max_by_key(|element| element.stacking())?;
    (top.body.has_text() && !top.props.locked()).then_some(top.id)
}
