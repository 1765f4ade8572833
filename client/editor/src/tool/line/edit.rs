//! Changing the points of a line: what its handles do, as properties to set.
//!
//! Points are counted along the line; the first and the last are its ends, which
//! may hold on to something. Knows lines; it must not know handles or pointers.

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::limits::MAX_LINE_POINTS;
use shared::model::place::line_points;
use shared::model::{Anchor, Board, Element, Prop};

use super::bind;
use crate::tool::{ToolCtx, make};

/// Moves a point. An end that comes near something holds on to that, one that is
/// taken away from everything lets go, and with `Binding::Off` it never holds on.
#[must_use]
pub(crate) fn moved(
    ctx: &ToolCtx<'_>,
    line: &Element,
    index: usize,
    to: BoardPoint,
    binding: Binding,
) -> Vec<Prop> {
    let mut points = stored(line);
    let last = points.len().saturating_sub(1);
    let Some(point) = points.get_mut(index) else {
        return Vec::new();
    };
    *point = to;
    let mut props = written(&points);
    let found = match binding {
        Binding::On => bind::at(ctx, to),
        Binding::Off => None,
    };
    let other = if index == 0 {
        line.props.end()
    } else {
        line.props.start()
    };
    // Both ends at one element would leave nothing in between.
    let anchor = found.filter(|anchor| other.is_none_or(|other| other.to != anchor.to));
    if index == 0 {
        props.push(Prop::Start(anchor));
    } else if index == last {
        props.push(Prop::End(anchor));
    }
    props
}

/// Makes a new point between a point and the next one.
#[must_use]
pub(crate) fn inserted(line: &Element, after: usize, at: BoardPoint) -> Vec<Prop> {
    let mut points = stored(line);
    if after + 1 >= points.len() || points.len() >= MAX_LINE_POINTS {
        return Vec::new();
    }
    points.insert(after + 1, at);
    written(&points)
}

/// Takes a point away; nothing happens to a line of two. An end that goes lets go
/// of what it held on to.
#[must_use]
pub(crate) fn removed(line: &Element, index: usize) -> Vec<Prop> {
    let mut points = stored(line);
    let last = points.len().saturating_sub(1);
    if points.len() <= 2 || index > last {
        return Vec::new();
    }
    points.remove(index);
    let mut props = written(&points);
    if index == 0 {
        props.push(Prop::Start(None));
    } else if index == last {
        props.push(Prop::End(None));
    }
    props
}

/// Lets go of what `lost` names, with the ends where they are seen now. Nothing for
/// what is no line, or holds on to nothing of it.
#[must_use]
pub(crate) fn let_go(board: &Board, line: &Element, lost: &dyn Fn(ElementId) -> bool) -> Vec<Prop> {
    let holds = |anchor: Option<Anchor>| anchor.is_some_and(|anchor| lost(anchor.to));
    let (at_start, at_end) = (holds(line.props.start()), holds(line.props.end()));
    let seen = line_points(board, line);
    let mut points = stored(line);
    let mut props = Vec::new();
    if let (true, Some(point), Some(seen)) = (at_start, points.first_mut(), seen.first()) {
        *point = *seen;
        props.push(Prop::Start(None));
    }
    if let (true, Some(point), Some(seen)) = (at_end, points.last_mut(), seen.last()) {
        *point = *seen;
        props.push(Prop::End(None));
    }
    if !props.is_empty() {
        props.extend(written(&points));
    }
    props
}

/// Whether a moved end may hold on to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// It does where it can.
    On,
    /// It does not: Ctrl is held.
    Off,
}

/// The points as they were drawn, on the board.
fn stored(line: &Element) -> Vec<BoardPoint> {
    let at = line.props.at;
    let on_board = |[x, y]: [f32; 2]| BoardPoint::new(at.x + f64::from(x), at.y + f64::from(y));
    line.props.points().into_iter().map(on_board).collect()
}

fn written(points: &[BoardPoint]) -> Vec<Prop> {
    make::points(points).map_or_else(Vec::new, |(at, points)| vec![Prop::At(at), points])
}
