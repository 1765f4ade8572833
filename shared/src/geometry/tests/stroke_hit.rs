//! Tests of the stroke hit test.

use kurbo::Shape;
use proptest::prelude::*;

use super::{PEN, at, polyline, wild_stroke};
use crate::geometry::{BoardPoint, InkPoint, bounds_of, outline, stroke_hit};

fn swept(points: &[InkPoint], from: (f64, f64), to: (f64, f64), radius: f64) -> bool {
    let place = |(x, y)| BoardPoint::new(x, y);
    stroke_hit(points, &PEN, place(from), place(to), radius)
}

#[test]
fn an_eraser_touches_what_it_crosses() {
    let line = polyline(&[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)]);
    assert!(swept(&line, (50.0, -40.0), (50.0, 40.0), 1.0));
    assert!(swept(&line, (20.0, 5.5), (80.0, 5.5), 2.0));
    assert!(!swept(&line, (20.0, 6.5), (80.0, 6.5), 2.0));
    assert!(swept(&line, (105.5, 0.0), (105.5, 0.0), 2.0));
    assert!(!swept(&line, (106.5, 0.0), (130.0, 0.0), 2.0));
}

#[test]
fn an_eraser_touches_the_curve_not_the_chord() {
    let arc = polyline(&[
        (0.0, 0.0),
        (10.0, 30.0),
        (50.0, 50.0),
        (90.0, 30.0),
        (100.0, 0.0),
    ]);
    assert!(!swept(&arc, (30.0, 20.0), (70.0, 20.0), 2.0));
    assert!(swept(&arc, (50.0, 57.0), (50.0, 57.0), 4.0));
}

#[test]
fn a_dot_can_be_erased() {
    assert!(swept(&[at(5.0, 5.0)], (0.0, 9.0), (10.0, 9.0), 1.0));
    assert!(!swept(&[at(5.0, 5.0)], (0.0, 11.0), (10.0, 11.0), 1.0));
    assert!(!swept(&[], (0.0, 0.0), (10.0, 0.0), 100.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn bounds_hold_the_whole_outline(points in wild_stroke(30)) {
        let bounds = bounds_of(&points, &PEN).inflate(0.01, 0.01);
        let ink = outline(&points, &PEN, 0.05).bounding_box();
        prop_assert!(bounds.union(ink) == bounds, "{bounds:?} does not hold {ink:?}");
    }

    #[test]
    fn touching_a_point_of_the_stroke_is_a_hit(points in wild_stroke(30), which in any::<prop::sample::Index>()) {
        let point = points[which.index(points.len())];
        prop_assert!(stroke_hit(&points, &PEN, point.position(), point.position(), 0.1));
    }
}
