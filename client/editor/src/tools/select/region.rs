//! Selecting by a rectangle or a loop.
//!
//! Elements are selected if the region touches them. A frame is selected only if it lies in the
//! region as a whole, because a region within a frame is meant for the elements in the frame.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::{intersects_polygon, is_inside_polygon, rect_corners};
use shared::model::{Body, Element};

use crate::selection::{Selection, units};
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::view::overlay::Overlay;

/// Points of a loop are at least this far apart, in CSS pixels.
const LOOP_STEP_PX: f64 = 3.0;
/// The largest number of points of a loop; further points are ignored.
const MAX_LOOP_POINTS: usize = 2_000;

/// Limits of the preview while a loop is drawn: points of the loop, and elements at its line, each
/// of which has to be measured.
const PREVIEW_POINTS: usize = 128;
const PREVIEW_ELEMENTS: usize = 200;

/// The shape of the region.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Region {
    Marquee { from: BoardPoint, to: BoardPoint },
    Loop(Vec<BoardPoint>),
}

/// A region that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RegionSelection {
    region: Region,
    /// The selection before. It is restored when the region is cancelled.
    before: Selection,
    /// The elements that stay selected whatever the region contains.
    base: Selection,
    /// Whether the region changed since the last preview.
    stale: bool,
}

impl RegionSelection {
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

    /// Selects the elements in the region. It is called once per animation frame.
    pub(super) fn preview(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> Self {
        if std::mem::take(&mut self.stale) {
            out.request(Request::Select(self.selection(ctx, Precision::Preview)));
        }
        self
    }

    pub(super) fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.request(Request::Select(self.selection(ctx, Precision::Exact)));
        out.redraw();
    }

    pub(super) fn cancel(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        // Other users may have deleted some of it meanwhile.
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

    fn selection(&self, ctx: &ToolCtx<'_>, precision: Precision) -> Selection {
        let found = units(
            ctx.board,
            self.region.selected_elements(ctx, precision),
            self.base.within,
        );
        let mut all = self.base.with(&found);
        // Other users may have deleted some of it meanwhile.
        all.follow(ctx.board);
        all
    }
}

/// How exactly the elements of a region are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    /// Called once per animation frame, within the limits of the preview.
    Preview,
    /// At the end, exactly.
    Exact,
}

impl Region {
    /// The elements that it selects.
    fn selected_elements(&self, ctx: &ToolCtx<'_>, precision: Precision) -> Vec<ElementId> {
        match self {
            Self::Marquee { from, to } => {
                selected_by(ctx, &rect_corners(rect(*from, *to)), precision)
            }
            Self::Loop(points) => match precision {
                Precision::Preview => selected_by(ctx, &thinned(points), precision),
                Precision::Exact => selected_by(ctx, points, precision),
            },
        }
    }
}

/// Some of the points, evenly spread.
fn thinned(points: &[BoardPoint]) -> Vec<BoardPoint> {
    let every = points.len().div_ceil(PREVIEW_POINTS).max(1);
    points.iter().step_by(every).copied().collect()
}

/// The elements that a polygon selects.
fn selected_by(ctx: &ToolCtx<'_>, polygon: &[BoardPoint], precision: Precision) -> Vec<ElementId> {
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
            // Most elements of a large region lie well inside it.
            if is_well_inside(ctx, element.id, polygon) {
                return true;
            }
            doubtful += 1;
            let is_seen = precision == Precision::Exact || doubtful <= PREVIEW_ELEMENTS;
            is_seen && is_selected_by(ctx, element, polygon)
        })
        .map(|element| element.id)
        .collect()
}

/// Whether the box of an element lies within a polygon, with no side of the polygon near it.
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

fn is_selected_by(ctx: &ToolCtx<'_>, element: &Element, polygon: &[BoardPoint]) -> bool {
    match &element.body {
        Body::Frame => is_inside_polygon(ctx.board, element, polygon),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => intersects_polygon(ctx.board, element, polygon),
    }
}

const fn rect(from: BoardPoint, to: BoardPoint) -> BoardRect {
    BoardRect::new(from.x, from.y, to.x, to.y).abs()
}
