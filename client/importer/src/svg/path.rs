//! Reads the attribute `d` of a path.
//!
//! svgtypes reads it instead of [`BezPath::from_svg`]: SVG wants a path with an error drawn up to
//! the error, and `from_svg` returns nothing of such a path.

use kurbo::{BezPath, Rect};
use shared::limits::MAX_PATH_SEGMENTS;
use svgtypes::{PathParser, PathSegment, SimplePathSegment, SimplifyingPathParser};

/// The largest number, in units of the drawing, because larger arcs become more curves. It is a
/// thousand kilometres in a drawing of micrometres.
pub(super) const MAX_NUMBER: f64 = 1e12;

/// Reads a path up to its first error, and no further than a path may be long; empty if a number
/// is too large.
pub(super) fn outline(data: &str) -> BezPath {
    let mut path = BezPath::new();
    let mut commands = PathParser::from(data).map_while(Result::ok);
    if commands.any(|command| extent(&command) > MAX_NUMBER) {
        return path;
    }
    let segments = SimplifyingPathParser::from(data).map_while(Result::ok);
    for segment in segments.take(MAX_PATH_SEGMENTS + 1) {
        match segment {
            SimplePathSegment::MoveTo { x, y } => path.move_to((x, y)),
            SimplePathSegment::LineTo { x, y } => path.line_to((x, y)),
            SimplePathSegment::Quadratic { x1, y1, x, y } => path.quad_to((x1, y1), (x, y)),
            SimplePathSegment::CurveTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
            } => path.curve_to((x1, y1), (x2, y2), (x, y)),
            SimplePathSegment::ClosePath => path.close_path(),
        }
    }
    path
}

/// The rectangle around a path.
pub(super) fn bounds(path: &BezPath) -> Rect {
    path.control_box()
}

/// The largest number of a command, whatever its sign.
fn extent(command: &PathSegment) -> f64 {
    match *command {
        PathSegment::MoveTo { x, y, .. }
        | PathSegment::LineTo { x, y, .. }
        | PathSegment::SmoothQuadratic { x, y, .. } => largest([x, y]),
        PathSegment::HorizontalLineTo { x, .. } => x.abs(),
        PathSegment::VerticalLineTo { y, .. } => y.abs(),
        PathSegment::Quadratic { x1, y1, x, y, .. } => largest([x1, y1, x, y]),
        PathSegment::SmoothCurveTo { x2, y2, x, y, .. } => largest([x2, y2, x, y]),
        PathSegment::CurveTo {
            x1,
            y1,
            x2,
            y2,
            x,
            y,
            ..
        } => largest([x1, y1, x2, y2, x, y]),
        PathSegment::EllipticalArc { rx, ry, x, y, .. } => largest([rx, ry, x, y]),
        PathSegment::ClosePath { .. } => 0.0,
    }
}

fn largest<const N: usize>(numbers: [f64; N]) -> f64 {
    numbers.map(f64::abs).into_iter().fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::outline;

    #[test]
    fn a_path_is_read_up_to_its_error() {
        for (data, read) in [
            ("M1 2L3 4 %", "M1,2 L3,4"),
            ("M1 2 3 4 5", "M1,2 L3,4"),
            ("M1 2h3x5", "M1,2 L4,2"),
            ("M0 0A1 1 0 2 0 1 1", "M0,0"),
            ("M1 2zl3 4 1e999 0", "M1,2 Z M1,2 L4,6"),
            ("L1 2", ""),
            ("z", ""),
            ("", ""),
        ] {
            assert_eq!(outline(data).to_svg(), read, "{data}");
        }
    }

    #[test]
    fn no_arc_takes_endless_curves() {
        for data in [
            "M0 0A1e300 1e300 0 0 1 9 9",
            "M1e300 0A1 1 0 0 1 0 0",
            "M0 0a1 1 0 0 1 1e300 0",
        ] {
            assert_eq!(outline(data).elements(), [], "{data}");
        }
        let widest = "M0 0".to_owned() + &"m1e12 1e12A1 1 0 0 1 0 0".repeat(100);
        assert!(outline(&widest).elements().len() < 100 * 1_000);
    }

    proptest! {
        #[test]
        fn any_letters_are_read(data in "M[0-9 .,]{0,4}[mMlLhHvVqQtTcCsSaAzZ0-9e .,-]{0,40}") {
            prop_assert!(outline(&data).is_finite());
        }
    }
}
