//! Changing the points of a line: what its handles do, as properties to set.
//!
//! Points are counted along the line; the first and the last are its ends, which
//! may hold on to something. Knows lines; it must not know handles or pointers.

use shared::geometry::BoardPoint;
use shared::limits::MAX_LINE_POINTS;
use shared::model::{Element, Prop};

use super::bind;
use crate::document::line_points::{on_board, props};
use crate::tools::context::ToolCtx;

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
    let mut points = on_board(line);
    let last = points.len().saturating_sub(1);
    let Some(point) = points.get_mut(index) else {
        return Vec::new();
    };
    *point = to;
    let mut changes = props(&points);
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
        changes.push(Prop::Start(anchor));
    } else if index == last {
        changes.push(Prop::End(anchor));
    }
    changes
}

/// Makes a new point between a point and the next one.
#[must_use]
pub(crate) fn inserted(line: &Element, after: usize, at: BoardPoint) -> Vec<Prop> {
    let mut points = on_board(line);
    if after + 1 >= points.len() || points.len() >= MAX_LINE_POINTS {
        return Vec::new();
    }
    points.insert(after + 1, at);
    props(&points)
}

/// Takes a point away; nothing happens to a line of two. An end that goes lets go
/// of what it held on to.
#[must_use]
pub(crate) fn removed(line: &Element, index: usize) -> Vec<Prop> {
    let mut points = on_board(line);
    let last = points.len().saturating_sub(1);
    if points.len() <= 2 || index > last {
        return Vec::new();
    }
    points.remove(index);
    let mut changes = props(&points);
    if index == 0 {
        changes.push(Prop::Start(None));
    } else if index == last {
        changes.push(Prop::End(None));
    }
    changes
}

/// Whether a moved end may hold on to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// It does where it can.
    On,
    /// It does not: Ctrl is held.
    Off,
}
