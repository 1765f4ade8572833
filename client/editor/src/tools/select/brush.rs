//! Selecting by a rectangle or a loop.
//!
//! What it touches is selected; frames, which fill their place with what they hold,
//! only when all of them is in it. Knows regions; it must not know handles.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::place::{corners, touches, within};
use shared::model::{Body, Element};

use crate::document::selection::{Selection, units};
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::view::overlay::Overlay;

/// Points of a loop are at least this far apart, in CSS pixels.
const LOOP_STEP_PX: f64 = 3.0;
/// Points of a loop; more are a scribble that its outline says enough about.
const MAX_LOOP_POINTS: usize = 2_000;

/// While it is drawn, a loop is looked at with so many of its points, and so many
/// elements at its line are: each has to be measured, ink unpacked.
const GLANCE_POINTS: usize = 128;
const GLANCE_ELEMENTS: usize = 200;

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

    pub(super) fn grow(
        mut self,
        to: BoardPoint,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
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
        out.redraw();
        self
    }

    /// Selects what is in it now. Once a frame is often enough.
    pub(super) fn look(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        if std::mem::take(&mut self.stale) {
            out.request(Request::Select(self.selection(ctx, Care::Glance)));
        }
        self
    }

    pub(super) fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.request(Request::Select(self.selection(ctx, Care::Exact)));
        out.redraw();
    }

    pub(super) fn give_up(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        // Somebody may have taken away some of it meanwhile.
        self.before.follow(ctx.board);
        out.request(Request::Select(self.before));
        out.redraw();
    }

    pub(super) fn show(&self, overlay: &mut Overlay) {
        match &self.region {
            Region::Marquee { from, to } => overlay.marquee = Some(rect(*from, *to)),
            Region::Loop(points) => overlay.lasso.clone_from(points),
        }
    }

    fn selection(&self, ctx: &ToolCtx<'_>, care: Care) -> Selection {
        let found = units(ctx.board, self.region.held(ctx, care), self.base.within);
        let mut all = self.base.with(&found);
        // Somebody may have taken away some of it meanwhile.
        all.follow(ctx.board);
        all
    }
}

/// How exactly it is looked at what a region holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// Once a frame: well enough to see what will come of it.
    Glance,
    /// At the end.
    Exact,
}

impl Region {
    /// The elements that it selects.
    fn held(&self, ctx: &ToolCtx<'_>, care: Care) -> Vec<ElementId> {
        match self {
            Self::Marquee { from, to } => held(ctx, &corners(rect(*from, *to)), care),
            Self::Loop(points) => match care {
                Care::Glance => held(ctx, &thinned(points), care),
                Care::Exact => held(ctx, points, care),
            },
        }
    }
}

/// Every so many-th point, so that few are left.
fn thinned(points: &[BoardPoint]) -> Vec<BoardPoint> {
    let every = points.len().div_ceil(GLANCE_POINTS).max(1);
    points.iter().step_by(every).copied().collect()
}

/// The elements that a polygon selects.
fn held(ctx: &ToolCtx<'_>, polygon: &[BoardPoint], care: Care) -> Vec<ElementId> {
    let Some(first) = polygon.first() else {
        return Vec::new();
    };
    let around = polygon.iter().fold(rect(*first, *first), |around, point| {
        around.union_pt((point.x, point.y))
    });
    let mut doubtful = 0;
    ctx.index
        .touching(around)
        .filter_map(|id| ctx.board.get(id))
        .filter(|element| !element.props.locked())
        .filter(|element| {
            // Most of what a large region takes lies well inside of it.
            if is_well_inside(ctx, element.id, polygon) {
                return true;
            }
            doubtful += 1;
            let is_seen = care == Care::Exact || doubtful <= GLANCE_ELEMENTS;
            is_seen && is_held(ctx, element, polygon)
        })
        .map(|element| element.id)
        .collect()
}

/// Whether the box of an element lies within a polygon, with no side of it passing by.
fn is_well_inside(ctx: &ToolCtx<'_>, id: ElementId, polygon: &[BoardPoint]) -> bool {
    let Some(bounds) = ctx.index.bounds_of(id) else {
        return false;
    };
    let middle = bounds.center();
    let after = polygon.iter().cycle().skip(1);
    let mut is_inside = false;
    for (from, to) in polygon.iter().zip(after) {
        let side = rect(*from, *to);
        let is_apart = side.x1 < bounds.x0
            || bounds.x1 < side.x0
            || side.y1 < bounds.y0
            || bounds.y1 < side.y0;
        if !is_apart {
            return false;
        }
        // The even-odd rule, with a ray to the right.
        if (from.y > middle.y) != (to.y > middle.y) {
            let share = (middle.y - from.y) / (to.y - from.y);
            is_inside ^= middle.x < from.x + (to.x - from.x) * share;
        }
    }
    is_inside
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
