//! Snaps a dragged selection: to one axis with Shift, to the grid, or to elements near it.

use shared::geometry::BoardRect;
use shared::model::{Body, Transform};

use super::change::affected;
use super::stretch::Stretching;
use crate::document::topmost::selection_box_of;
use crate::input::Modifiers;
use crate::tools::context::ToolCtx;
use crate::tools::snapping::{self, Snapped};
use crate::view::grid;
use crate::view::overlay::Guide;

/// Edges and middles snap to lines that are nearer than this, in CSS pixels.
const REACH_PX: f64 = 6.0;
/// Elements that are farther away than this, in CSS pixels, are not snapped to.
const NEAR_PX: f64 = 600.0;
/// How many elements are considered, and how many of the nearest are used.
const MAX_SEEN: usize = 400;
const MAX_NEAR: usize = 40;

/// The move of a rectangle by this way, in board units, after snapping.
pub(super) fn moved(
    ctx: &ToolCtx<'_>,
    rect: BoardRect,
    [x, y]: [f64; 2],
    modifiers: Modifiers,
) -> (Transform, Vec<Guide>) {
    // Shift keeps the axis on which the pointer went further.
    let axes = match (modifiers.shift, x.abs() >= y.abs()) {
        (false, _) => [1.0, 1.0],
        (true, true) => [1.0, 0.0],
        (true, false) => [0.0, 1.0],
    };
    let way = [x * axes[0], y * axes[1]];
    let there = rect + kurbo::Vec2::new(way[0], way[1]);
    let snapped = match snap_mode(ctx, modifiers) {
        SnapMode::Nothing => Snapped::default(),
        SnapMode::Grid => {
            let corner = grid::nearest(there.origin().into(), ctx.camera.zoom());
            Snapped {
                by: [corner.x - there.x0, corner.y - there.y0],
                guides: Vec::new(),
            }
        }
        SnapMode::Near => {
            snapping::moved(there, &near(ctx, there), ctx.camera.board_length(REACH_PX))
        }
    };
    let by = [
        way[0] + snapped.by[0] * axes[0],
        way[1] + snapped.by[1] * axes[1],
    ];
    (Transform::Move(by), snapped.guides)
}

/// How much further snapping moves the dragged sides of a selection box.
pub(super) fn stretched(
    ctx: &ToolCtx<'_>,
    stretching: &Stretching,
    modifiers: Modifiers,
) -> Snapped {
    let (x, y) = stretching.edges();
    match snap_mode(ctx, modifiers) {
        SnapMode::Nothing => Snapped::default(),
        SnapMode::Grid => {
            let step = grid::step(ctx.camera.zoom());
            let off =
                |edge: Option<f64>| edge.map_or(0.0, |edge| (edge / step).round() * step - edge);
            Snapped {
                by: [off(x), off(y)],
                guides: Vec::new(),
            }
        }
        SnapMode::Near => {
            let rect = stretching.selection_box.rect;
            let reach = ctx.camera.board_length(REACH_PX);
            snapping::stretched((x, y), rect, &near(ctx, rect), reach)
        }
    }
}

/// The kind of places that a drag snaps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SnapMode {
    Nothing,
    Grid,
    Near,
}

const fn snap_mode(ctx: &ToolCtx<'_>, modifiers: Modifiers) -> SnapMode {
    match (
        modifiers.ctrl || modifiers.meta,
        ctx.prefs.grid,
        ctx.prefs.snap,
    ) {
        (true, _, _) | (false, false, false) => SnapMode::Nothing,
        (false, true, _) => SnapMode::Grid,
        (false, false, true) => SnapMode::Near,
    }
}

/// The boxes of elements near a rectangle and in the view, without the dragged ones.
fn near(ctx: &ToolCtx<'_>, rect: BoardRect) -> Vec<BoardRect> {
    let movers = affected(ctx);
    let reach = ctx.camera.board_length(NEAR_PX);
    let around = rect.inflate(reach, reach).intersect(ctx.camera.visible());
    let mut found: Vec<BoardRect> = ctx
        .index
        .touching(around)
        .take(MAX_SEEN)
        .filter(|id| !movers.contains(id) && !ctx.selection.has(*id))
        .filter_map(|id| ctx.board.get(id))
        // Lines and ink have no edges to align with.
        .filter(|element| match &element.body {
            Body::Shape(_)
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image => true,
            Body::Stroke(_) | Body::Line => false,
        })
        .map(|element| selection_box_of(ctx.board, element).upright())
        .collect();
    let middle = rect.center();
    let way = |other: &BoardRect| (other.center() - middle).hypot2();
    found.sort_unstable_by(|a, b| way(a).total_cmp(&way(b)));
    found.truncate(MAX_NEAR);
    found
}
