//! Selecting by a rectangle or a loop.
//!
//! What it touches is selected; frames, which fill their place with what they hold,
//! only when all of them is in it. Knows regions; it must not know handles.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::place::{corners, touches, within};
use shared::model::{Body, Element};

use crate::overlay::Overlay;
use crate::selection::{Selection, units};
use crate::tool::{Emit, Emits, ToolCtx};

/// Points of a loop are at least this far apart, in CSS pixels.
const LOOP_STEP_PX: f64 = 3.0;
/// Points of a loop; more are a scribble that its outline says enough about.
const MAX_LOOP_POINTS: usize = 2_000;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Region {
    Marquee { from: BoardPoint, to: BoardPoint },
    Loop(Vec<BoardPoint>),
}

/// A region that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Brush {
    region: Region,
    /// What was selected before; it comes back when the region is given up.
    before: Selection,
    /// What stays selected whatever the region holds.
    base: Selection,
    /// Whether the region changed since it was looked at.
    stale: bool,
}

impl Brush {
    pub(super) const fn new(region: Region, before: Selection, base: Selection) -> Self {
        Self {
            region,
            before,
            base,
            stale: true,
        }
    }

    pub(super) fn grow(mut self, to: BoardPoint, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Self {
        match &mut self.region {
            Region::Marquee { from: _, to: end } => *end = to,
            Region::Loop(points) => {
                let step = ctx.camera.board_length(LOOP_STEP_PX);
                let far = points.last().is_none_or(|last| last.distance(to) >= step);
                if far && points.len() < MAX_LOOP_POINTS {
                    points.push(to);
                }
            }
        }
        self.stale = true;
        out.push(Emit::Redraw);
        self
    }

    /// Selects what is in it now. Once a frame is often enough.
    pub(super) fn look(mut self, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Self {
        if std::mem::take(&mut self.stale) {
            out.push(Emit::Select(self.selection(ctx)));
        }
        self
    }

    pub(super) fn finish(self, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) {
        out.push(Emit::Select(self.selection(ctx)));
        out.push(Emit::Redraw);
    }

    pub(super) fn give_up(mut self, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) {
        // Somebody may have taken away some of it meanwhile.
        self.before.follow(ctx.board);
        out.push(Emit::Select(self.before));
        out.push(Emit::Redraw);
    }

    pub(super) fn show(&self, overlay: &mut Overlay) {
        match &self.region {
            Region::Marquee { from, to } => overlay.marquee = Some(rect(*from, *to)),
            Region::Loop(points) => overlay.lasso.clone_from(points),
        }
    }

    fn selection(&self, ctx: &ToolCtx<'_>) -> Selection {
        let found = units(ctx.board, self.region.held(ctx), self.base.within);
        let mut all = self.base.with(&found);
        // Somebody may have taken away some of it meanwhile.
        all.follow(ctx.board);
        all
    }
}

impl Region {
    /// The elements that it selects.
    fn held(&self, ctx: &ToolCtx<'_>) -> Vec<ElementId> {
        match self {
            Self::Marquee { from, to } => {
                let marquee = rect(*from, *to);
                // Most of what a large marquee takes lies well inside of it.
                held(ctx, &corners(marquee), |id| {
                    let bounds = ctx.index.bounds_of(id);
                    bounds.is_some_and(|bounds| marquee.union(bounds) == marquee)
                })
            }
            Self::Loop(points) => held(ctx, points, |_| false),
        }
    }
}

/// The elements that a polygon selects; `surely` knows of some that it does.
fn held(
    ctx: &ToolCtx<'_>,
    polygon: &[BoardPoint],
    surely: impl Fn(ElementId) -> bool,
) -> Vec<ElementId> {
    let Some(first) = polygon.first() else {
        return Vec::new();
    };
    let around = polygon.iter().fold(rect(*first, *first), |around, point| {
        around.union_pt((point.x, point.y))
    });
    ctx.index
        .touching(around)
        .filter_map(|id| ctx.board.get(id))
        .filter(|element| !element.props.locked())
        .filter(|element| surely(element.id) || is_held(ctx, element, polygon))
        .map(|element| element.id)
        .collect()
}

fn is_held(ctx: &ToolCtx<'_>, element: &Element, polygon: &[BoardPoint]) -> bool {
    match &element.body {
        Body::Frame => within(ctx.board, element, polygon),
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => {
            touches(ctx.board, element, polygon)
        }
    }
}

const fn rect(from: BoardPoint, to: BoardPoint) -> BoardRect {
    BoardRect::new(from.x, from.y, to.x, to.y).abs()
}
