//! Changes of the points of a line by its handles, as properties.
//!
//! The first and the last point are its ends, which may be bound to elements.

use kurbo::Point;
use shared::geometry::BoardPoint;
use shared::limits::MAX_LINE_POINTS;
use shared::model::layout::{elbow_segments, line_text, text_position_at};
use shared::model::line_points::{on_board, props};
use shared::model::prop::DEFAULT_TEXT_POSITION;
use shared::model::{Element, Prop};

use super::arrow_binding;
use crate::tools::context::ToolCtx;

/// A text that is moved this near to the middle of its line, as a part of the line's length, stands
/// in the middle.
const NEAR_MIDDLE: f32 = 0.03;

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
    let mut changes = props(line, &points);
    let found = match binding {
        Binding::On => arrow_binding::find_anchor_near(ctx, to),
        Binding::Off => None,
    };
    let other = if index == 0 {
        line.props.end()
    } else {
        line.props.start()
    };
    let anchor = found.filter(|anchor| {
        other.is_none_or(|other| {
            arrow_binding::may_both_bind(ctx, line.props.heads(), [*anchor, other])
        })
    });
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
    props(line, &points)
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
    let mut changes = props(line, &points);
    if index == 0 {
        changes.push(Prop::Start(None));
    } else if index == last {
        changes.push(Prop::End(None));
    }
    changes
}

/// Moves a segment of an elbow line, which stays there from now on.
#[must_use]
pub(crate) fn segment_moved(
    ctx: &ToolCtx<'_>,
    line: &Element,
    index: usize,
    to: BoardPoint,
) -> Vec<Prop> {
    let segments = elbow_segments(ctx.board, line);
    let segment = segments.get(index);
    let kept = segment.and_then(|segment| segment.moved_to(line, to));
    kept.map(Prop::KeptSegments).into_iter().collect()
}

/// Gives a segment of an elbow line back to the router. Does nothing if no person moved it.
#[must_use]
pub(crate) fn segment_released(ctx: &ToolCtx<'_>, line: &Element, index: usize) -> Vec<Prop> {
    let segments = elbow_segments(ctx.board, line);
    let moved = segments.get(index).filter(|segment| segment.is_kept);
    let kept = moved.map(|segment| Prop::KeptSegments(segment.released(line)));
    kept.into_iter().collect()
}

/// Moves the text of a line along it. The middle of the line attracts it.
#[must_use]
pub(crate) fn text_moved(
    ctx: &ToolCtx<'_>,
    line: &Element,
    from: BoardPoint,
    to: BoardPoint,
) -> Vec<Prop> {
    let Some(text) = line_text(ctx.board, line) else {
        return Vec::new();
    };
    let by = Point::from(to) - Point::from(from);
    let to = text_position_at(ctx.board, line, (text.room.center() + by).into());
    let is_middle = (to - DEFAULT_TEXT_POSITION).abs() < NEAR_MIDDLE;
    let to = if is_middle { DEFAULT_TEXT_POSITION } else { to };
    vec![Prop::TextPosition(to)]
}

/// Whether a moved end may be bound to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// The end may be bound.
    On,
    /// The end stays free, because Ctrl is held.
    Off,
}
