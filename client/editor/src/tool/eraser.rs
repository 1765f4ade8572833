//! The eraser: takes away every element it was swept over, all at once at the end.
//!
//! Until the pointer is lifted nothing is deleted, so giving up restores all. It
//! must not know what kinds of elements there are.

use std::collections::BTreeSet;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::Board;
use shared::op::Op;

use super::{Emit, Emits, Entry, ToolCtx, ToolEvent};
use crate::input::Sample;

/// Radius of the eraser on the screen, in CSS pixels.
pub const RADIUS_PX: f64 = 10.0;

/// The eraser, lifted or on the board.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EraserTool {
    Idle,
    Erasing {
        /// Where it was last.
        last: BoardPoint,
        /// What it touched so far.
        hits: BTreeSet<ElementId>,
    },
}

impl EraserTool {
    #[must_use]
    pub(crate) fn step(self, event: ToolEvent, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Self {
        match (self, event) {
            (Self::Idle, ToolEvent::Down(contact)) => {
                let start = ctx.camera.to_board(contact.first.at);
                sweep(start, BTreeSet::new(), &[contact.first], ctx, out)
            }
            (
                Self::Erasing { last, hits },
                ToolEvent::Move {
                    samples,
                    predicted: _,
                },
            ) => sweep(last, hits, &samples, ctx, out),
            (Self::Erasing { last, hits }, ToolEvent::Up(sample)) => {
                let swept = sweep(last, hits, &[sample], ctx, out);
                swept.delete(ctx.board, out)
            }
            (Self::Erasing { .. }, ToolEvent::Abort(_)) => {
                out.push(Emit::Redraw);
                Self::Idle
            }
            (state @ Self::Erasing { .. }, ToolEvent::Down(_) | ToolEvent::Frame)
            | (
                state @ Self::Idle,
                ToolEvent::Move { .. } | ToolEvent::Up(_) | ToolEvent::Abort(_) | ToolEvent::Frame,
            ) => state,
        }
    }

    fn delete(self, board: &Board, out: &mut Emits<'_>) -> Self {
        let Self::Erasing { last: _, hits } = self else {
            return self;
        };
        // Others may have deleted some of them meanwhile.
        let ids: Vec<ElementId> = hits
            .into_iter()
            .filter(|id| board.get(*id).is_some())
            .collect();
        if !ids.is_empty() {
            // One delete each: whoever packs the commits joins them.
            let ops = ids
                .into_iter()
                .map(|id| Op::Delete { ids: vec![id] })
                .collect();
            out.push(Emit::Commit {
                ops,
                entry: Entry::New,
            });
        }
        out.push(Emit::Redraw);
        Self::Idle
    }
}

fn sweep(
    mut last: BoardPoint,
    mut hits: BTreeSet<ElementId>,
    samples: &[Sample],
    ctx: &ToolCtx<'_>,
    out: &mut Emits<'_>,
) -> EraserTool {
    let known = hits.len();
    let radius = ctx.camera.board_length(RADIUS_PX);
    for sample in samples {
        let here = ctx.camera.to_board(sample.at);
        if here.x.is_finite() && here.y.is_finite() {
            touch(last, here, radius, ctx, &mut hits);
            last = here;
        }
    }
    if hits.len() != known {
        out.push(Emit::Redraw);
    }
    EraserTool::Erasing { last, hits }
}

fn touch(
    from: BoardPoint,
    to: BoardPoint,
    radius: f64,
    ctx: &ToolCtx<'_>,
    hits: &mut BTreeSet<ElementId>,
) {
    let reach = BoardRect::new(from.x, from.y, to.x, to.y)
        .abs()
        .inflate(radius, radius);
    for id in ctx.index.touching(reach) {
        let is_hit = || {
            ctx.board
                .get(id)
                .is_some_and(|element| element.hit(from, to, radius))
        };
        if !hits.contains(&id) && is_hit() {
            hits.insert(id);
        }
    }
}
