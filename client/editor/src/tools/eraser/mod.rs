//! The eraser: takes away every element it was swept over, or what it covered of
//! strokes, all at once at the end.
//!
//! Until the pointer is lifted nothing is deleted, so giving up restores all. It
//! must not know how what remains of a stroke is drawn.

mod strip;
mod track;

use crate::document::history::UndoStep;
use crate::document::removal;
use std::sync::Arc;

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::place::hit;
use shared::model::{Body, Element};
use shared::op::Op;
use std::collections::{BTreeMap, BTreeSet};

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use crate::input::Sample;
use crate::view::overlay::Overlay;
use strip::Strip;
use track::Sweep;

/// Radius of the eraser on the screen, in CSS pixels.
const RADIUS_PX: f64 = 10.0;

/// The eraser, lifted or on the board.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EraserTool {
    Idle,
    Erasing(Box<Erasing>),
}

/// What an eraser on the board has done so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Erasing {
    /// Where it was last.
    last: BoardPoint,
    /// What goes as a whole.
    hits: BTreeSet<ElementId>,
    /// What goes in parts.
    strips: BTreeMap<ElementId, Strip>,
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
                Some(contact) => {
                    let at = ctx.camera.to_board(contact.first.at);
                    let mut erasing = Box::new(Erasing::from(at));
                    erasing.sweep(&[contact.first], ctx, out);
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

    /// What goes as a whole when the eraser is lifted.
    pub(crate) fn hits(&self) -> &BTreeSet<ElementId> {
        static NONE: BTreeSet<ElementId> = BTreeSet::new();
        match self {
            Self::Idle => &NONE,
            Self::Erasing(erasing) => &erasing.hits,
        }
    }

    pub(crate) fn show(&self, overlay: &mut Overlay) {
        match self {
            Self::Idle => {}
            Self::Erasing(erasing) => {
                let cuts = erasing.strips.iter();
                let cuts = cuts.map(|(id, strip)| (*id, strip.spans().to_vec()));
                overlay.cuts.extend(cuts);
            }
        }
    }
}

impl Erasing {
    fn from(last: BoardPoint) -> Self {
        Self {
            last,
            hits: BTreeSet::new(),
            strips: BTreeMap::new(),
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
            ToolEvent::Down(_) | ToolEvent::Frame | ToolEvent::Modifiers(_) => {}
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

    /// Takes what the sweep touches; tells whether there was anything new.
    fn touch(&mut self, sweep: &Sweep, ctx: &ToolCtx<'_>) -> bool {
        let mut shows = false;
        for id in ctx.index.touching(sweep.reach()) {
            let Some(element) = ctx.board.get(id).filter(|element| !element.props.locked()) else {
                continue;
            };
            if self.hits.contains(&id) {
                continue;
            }
            shows |= if goes_in_parts(element, ctx) {
                self.rub(element, sweep, ctx)
            } else {
                hit(ctx.board, element, sweep.from, sweep.to, sweep.radius) && self.hits.insert(id)
            };
        }
        shows
    }

    fn rub(&mut self, element: &Arc<Element>, sweep: &Sweep, ctx: &ToolCtx<'_>) -> bool {
        let known = self.strips.remove(&element.id);
        let strip = match known {
            Some(strip) => strip.followed(element, sweep.radius),
            None => Strip::of(element, sweep.radius),
        };
        let Some(mut strip) = strip else {
            // A dot has no parts.
            let is_hit = hit(ctx.board, element, sweep.from, sweep.to, sweep.radius);
            return is_hit && self.hits.insert(element.id);
        };
        let shows = strip.rub(sweep);
        if shows || !strip.spans().is_empty() {
            self.strips.insert(element.id, strip);
        }
        shows
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        // Others may have locked something meanwhile.
        let free = |id: ElementId| {
            let element = ctx.board.get(id)?;
            (!element.props.locked()).then_some(element)
        };
        let mut gone = self.hits;
        gone.retain(|id| free(*id).is_some());
        let mut cuts = Vec::new();
        for (id, strip) in self.strips {
            let Some(strip) = free(id).and_then(|element| {
                // Or have rubbed out the rest.
                strip.followed(element, ctx.camera.board_length(RADIUS_PX))
            }) else {
                continue;
            };
            if strip.is_gone() {
                gone.insert(id);
            } else {
                let spans = strip.spans().to_vec();
                cuts.push(Op::Cut { id, spans });
            }
        }
        let mut ops = removal::ops(ctx.board, &gone);
        ops.extend(cuts);
        if !ops.is_empty() {
            out.commit(ops, UndoStep::New);
        }
        out.redraw();
    }
}

/// Whether parts can be rubbed out of an element: a stroke by itself, if it is
/// wished. What is grouped stays whole or goes.
fn goes_in_parts(element: &Element, ctx: &ToolCtx<'_>) -> bool {
    match &element.body {
        Body::Stroke(_) => ctx.prefs.erase_parts && element.props.groups().is_empty(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => false,
    }
}
