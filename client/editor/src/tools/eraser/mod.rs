//! The eraser deletes every element that it was swept over, or the covered parts of strokes.
//!
//! Nothing is deleted until the pointer is lifted, so cancelling restores everything.

mod covered_ranges;
mod erased_stroke;

use crate::document::history::UndoStep;
use std::sync::Arc;

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::layout::hit_by_swept_circle;
use shared::model::{Body, Element};
use shared::op::{Op, removal};
use std::collections::{BTreeMap, BTreeSet};

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use crate::input::Sample;
use crate::view::overlay::Overlay;
use covered_ranges::Sweep;
use erased_stroke::ErasedStroke;

/// Radius of the eraser on the screen, in CSS pixels.
const RADIUS_PX: f64 = 10.0;

/// The state of the eraser.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EraserTool {
    Idle,
    Erasing(Box<Erasing>),
}

/// The elements that the eraser has touched since it went down.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Erasing {
    /// The last place of the eraser.
    last: BoardPoint,
    /// Elements that are deleted.
    hits: BTreeSet<ElementId>,
    /// Strokes of which parts are erased.
    strokes: BTreeMap<ElementId, ErasedStroke>,
}

impl EraserTool {
    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Idle => match event.press() {
                Some(down) => {
                    let at = ctx.camera.to_board(down.first.at);
                    let mut erasing = Box::new(Erasing::from(at));
                    erasing.sweep(&[down.first], ctx, out);
                    Self::Erasing(erasing)
                }
                None => Self::Idle,
            },
            Self::Erasing(erasing) => erasing.step(event, ctx, out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Idle => false,
            Self::Erasing(_) => true,
        }
    }

    /// The elements that are deleted when the eraser is lifted.
    pub(crate) fn hits(&self) -> Option<&BTreeSet<ElementId>> {
        match self {
            Self::Idle => None,
            Self::Erasing(erasing) => Some(&erasing.hits),
        }
    }

    pub(crate) fn show(&self, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Erasing(erasing) => {
                let ranges = erasing.strokes.iter();
                let ranges = ranges.map(|(id, stroke)| (*id, stroke.erased_ranges().to_vec()));
                overlay.erased_ranges.extend(ranges);
            }
        }
    }
}

impl Erasing {
    fn from(last: BoardPoint) -> Self {
        Self {
            last,
            hits: BTreeSet::new(),
            strokes: BTreeMap::new(),
        }
    }

    fn step(
        mut self: Box<Self>,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> EraserTool {
        match event {
            ToolEvent::Move { samples, .. } => self.sweep(&samples, ctx, out),
            ToolEvent::Up(sample) => {
                self.sweep(&[sample], ctx, out);
                self.finish(ctx, out);
                return EraserTool::Idle;
            }
            ToolEvent::Abort(_) => {
                out.redraw();
                return EraserTool::Idle;
            }
            ToolEvent::Down(_) | ToolEvent::AnimationFrame | ToolEvent::Modifiers(_) => {}
        }
        EraserTool::Erasing(self)
    }

    fn sweep(&mut self, samples: &[Sample], ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let mut shows = false;
        for sample in samples {
            let to = ctx.camera.to_board(sample.at);
            if to.x.is_finite() && to.y.is_finite() {
                let sweep = Sweep {
                    from: self.last,
                    to,
                    radius: ctx.camera.board_length(RADIUS_PX),
                };
                shows |= self.touch(&sweep, ctx);
                self.last = to;
            }
        }
        if shows {
            out.redraw();
        }
    }

    /// Adds the elements that the sweep touches. Returns whether there was anything new.
    fn touch(&mut self, sweep: &Sweep, ctx: &ToolCtx<'_>) -> bool {
        let mut shows = false;
        for id in ctx.index.touching(sweep.bounds()) {
            let Some(element) = ctx.board.get(id).filter(|element| !element.props.locked()) else {
                continue;
            };
            if self.hits.contains(&id) {
                continue;
            }
            shows |= if is_erased_in_parts(element, ctx) {
                self.erase(element, sweep, ctx)
            } else {
                hit_by_swept_circle(ctx.board, element, sweep.from, sweep.to, sweep.radius)
                    && self.hits.insert(id)
            };
        }
        shows
    }

    fn erase(&mut self, element: &Arc<Element>, sweep: &Sweep, ctx: &ToolCtx<'_>) -> bool {
        let known = self.strokes.remove(&element.id);
        let stroke = match known {
            Some(stroke) => stroke.followed(element, sweep.radius),
            None => ErasedStroke::of(element, sweep.radius),
        };
        let Some(mut stroke) = stroke else {
            // A dot has no parts.
            let is_hit =
                hit_by_swept_circle(ctx.board, element, sweep.from, sweep.to, sweep.radius);
            return is_hit && self.hits.insert(element.id);
        };
        let shows = stroke.erase(sweep);
        if shows || !stroke.erased_ranges().is_empty() {
            self.strokes.insert(element.id, stroke);
        }
        shows
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        // Other users may have locked an element meanwhile.
        let free = |id: ElementId| {
            let element = ctx.board.get(id)?;
            (!element.props.locked()).then_some(element)
        };
        let mut gone = self.hits;
        gone.retain(|id| free(*id).is_some());
        let mut erase_ops = Vec::new();
        for (id, stroke) in self.strokes {
            let Some(stroke) = free(id).and_then(|element| {
                // They may also have erased the rest of a stroke.
                stroke.followed(element, ctx.camera.board_length(RADIUS_PX))
            }) else {
                continue;
            };
            if stroke.is_gone() {
                gone.insert(id);
            } else {
                let spans = stroke.erased_ranges().to_vec();
                erase_ops.push(Op::Erase { id, spans });
            }
        }
        let mut ops = removal::ops(ctx.board, &gone);
        ops.extend(erase_ops);
        if !ops.is_empty() {
            out.commit(ops, UndoStep::New);
        }
        out.redraw();
    }
}

/// Whether parts of an element can be erased. They can if it is a stroke outside of groups and the
/// preference is on. Elements of groups are deleted as a whole.
fn is_erased_in_parts(element: &Element, ctx: &ToolCtx<'_>) -> bool {
    match &element.body {
        Body::Stroke(_) => ctx.prefs.erase_parts && element.props.groups().is_empty(),
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => false,
    }
}
