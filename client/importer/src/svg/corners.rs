//! Finds the closed shape of the board that has given corners. Only closed shapes can be filled.

use kurbo::{BezPath, PathEl, Point, Rect};
use shared::model::Outline;

/// Tolerance of the position of a corner, in half sides of the box.
const CORNER_TOLERANCE: f64 = 0.01;

/// The corners of a path of straight lines in one piece; the first is not repeated at the end.
/// `None` for all other paths.
pub(super) fn corners(path: &BezPath) -> Option<Vec<Point>> {
    let mut corners: Vec<Point> = Vec::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(to) if corners.is_empty() => corners.push(*to),
            PathEl::LineTo(to) => corners.push(*to),
            PathEl::ClosePath => {}
            PathEl::MoveTo(_) | PathEl::QuadTo(..) | PathEl::CurveTo(..) => return None,
        }
    }
    if corners.first() == corners.last() {
        corners.pop();
    }
    Some(corners)
}

/// Whether a path ends where it begins.
pub(super) fn is_closed(path: &BezPath) -> bool {
    match path.elements() {
        [PathEl::MoveTo(first), .., PathEl::LineTo(last)] => first == last,
        [.., last] => matches!(last, PathEl::ClosePath),
        [] => false,
    }
}

/// The outline that goes through these corners, and its box.
pub(super) fn outline(corners: &[Point]) -> Option<(Outline, Rect)> {
    let first = *corners.first()?;
    let rect = corners
        .iter()
        .fold(Rect::from_points(first, first), |all, at| all.union_pt(*at));
    let (x, y) = (rect.width() / 2.0, rect.height() / 2.0);
    // Corners and middles of the sides have -1, 0 or 1 half sides from the centre on each axis.
    let place = |at: &Point| {
        let way = *at - rect.center();
        let (x, y) = (way.x / x, way.y / y);
        let is_true =
            (x - x.round()).abs() < CORNER_TOLERANCE && (y - y.round()).abs() < CORNER_TOLERANCE;
        is_true.then_some((x.round() as i8, y.round() as i8))
    };
    let places: Vec<(i8, i8)> = corners.iter().map(place).collect::<Option<_>>()?;
    let outline = match places.as_slice() {
        [a, b, c, d] if are_opposite(*a, *c) && are_opposite(*b, *d) && a != b && a != d => {
            match [a, b].map(|(x, y)| x * y != 0) {
                [true, true] => Outline::Rectangle,
                [false, false] => Outline::Diamond,
                _ => return None,
            }
        }
        [_, _, _]
            if [(0, -1), (1, 1), (-1, 1)]
                .iter()
                .all(|at| places.contains(at)) =>
        {
            Outline::Triangle
        }
        _ => return None,
    };
    Some((outline, rect))
}

const fn are_opposite(a: (i8, i8), b: (i8, i8)) -> bool {
    a.0 == -b.0 && a.1 == -b.1
}
