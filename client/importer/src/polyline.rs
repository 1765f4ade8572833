//! Paths of straight lines.

use kurbo::{BezPath, Point};
use shared::limits::MAX_PATH_SEGMENTS;

/// An open path of straight lines through points, no further than a path may be long.
pub(crate) fn polyline(points: impl IntoIterator<Item = Point>) -> BezPath {
    let mut path = BezPath::new();
    for point in points.into_iter().take(MAX_PATH_SEGMENTS + 1) {
        if path.elements().is_empty() {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    path
}

/// A closed path of straight lines through points. It is empty without points.
pub(crate) fn polygon(points: impl IntoIterator<Item = Point>) -> BezPath {
    let mut path = polyline(points);
    if !path.elements().is_empty() {
        path.close_path();
    }
    path
}
