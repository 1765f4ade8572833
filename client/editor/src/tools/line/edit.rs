//! Changes of the points of a line by its handles, as properties.
//!
//! The first and the last point are its ends, which may be bound to elements.

use shared::geometry::BoardPoint;
use shared::limits::MAX_LINE_POINTS;
use shared::model::{Element, Prop};

use super::arrow_binding;
use crate::document::line_points::{on_board, props};
use crate::tools::context::ToolCtx;

/// Moves a point. An end is bound to the element that it comes near, and detached if there is
/// none, or with `Binding::Off`.
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
        Binding::On => arrow_binding::find_anchor_near(ctx, to),
        Binding::Off => None,
    };
    let other = if index == 0 {
        line.props.end()
    } else {
        line.props.start()
    };
    // A line with both ends at one element would have no length.
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

/// Deletes a point. A line of two points stays as it is. A deleted end is detached.
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

/// Whether a moved end may be bound to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// The end may be bound.
    On,
    /// The end stays free, because Ctrl is held.
    Off,
}
