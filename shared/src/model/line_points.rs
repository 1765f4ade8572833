//! The points of a line: read from the board, written as properties, and unbound from
//! elements that go away.

use crate::geometry::BoardPoint;
use crate::id::ElementId;
use crate::limits::MAX_COORD;

use super::appearance::{Anchor, KeptSegment};
use super::board::Board;
use super::element::Element;
use super::layout::line_points;
use super::prop::Prop;

/// The points as they were drawn, in board units.
#[must_use]
pub fn on_board(line: &Element) -> Vec<BoardPoint> {
    let at = line.props.at;
    let on_board = |[x, y]: [f32; 2]| BoardPoint::new(at.x + f64::from(x), at.y + f64::from(y));
    line.props.points().into_iter().map(on_board).collect()
}

/// The properties that lead a line through these points. Its moved segments stay where they are.
#[must_use]
pub fn props(line: &Element, points: &[BoardPoint]) -> Vec<Prop> {
    let Some((at, points)) = relative_to_first(points) else {
        return Vec::new();
    };
    let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD) as f32;
    let was = line.props.at;
    let kept = line
        .props
        .kept_segments()
        .into_iter()
        .map(|kept| match kept {
            KeptSegment::Vertical(x) => KeptSegment::Vertical(within(f64::from(x) + was.x - at.x)),
            KeptSegment::Horizontal(y) => {
                KeptSegment::Horizontal(within(f64::from(y) + was.y - at.y))
            }
        });
    let mut changes = vec![Prop::At(at), points];
    if kept.len() > 0 {
        changes.push(Prop::KeptSegments(kept.collect()));
    }
    changes
}

/// The place of a line through these points, which is its first point, and its points
/// relative to that. `None` without points.
#[must_use]
pub fn relative_to_first(points: &[BoardPoint]) -> Option<(BoardPoint, Prop)> {
    let within = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
    let first = points.first()?;
    let at = BoardPoint::new(within(first.x), within(first.y));
    // From one edge of the board to the other is farther than a line may reach.
    let relative =
        |point: &BoardPoint| [within(point.x - at.x) as f32, within(point.y - at.y) as f32];
    Some((at, Prop::Points(points.iter().map(relative).collect())))
}

/// The properties that unbind a line from the elements in `lost`: its ends stay where they
/// are shown now. Empty if the element is no line, or is bound to none of them.
#[must_use]
pub fn unbind_props(board: &Board, line: &Element, lost: &dyn Fn(ElementId) -> bool) -> Vec<Prop> {
    let holds = |anchor: Option<Anchor>| anchor.is_some_and(|anchor| lost(anchor.to));
    let (at_start, at_end) = (holds(line.props.start()), holds(line.props.end()));
    let seen = line_points(board, line);
    let mut points = on_board(line);
    let mut changes = Vec::new();
    if let (true, Some(point), Some(seen)) = (at_start, points.first_mut(), seen.first()) {
        *point = *seen;
        changes.push(Prop::Start(None));
    }
    if let (true, Some(point), Some(seen)) = (at_end, points.last_mut(), seen.last()) {
        *point = *seen;
        changes.push(Prop::End(None));
    }
    if !changes.is_empty() {
        changes.extend(props(line, &points));
    }
    changes
}
