//! Tests of the stroke hit test.

use kurbo::{Line, Shape};
use proptest::prelude::*;

use super::{PEN, at, polyline, wild_stroke};
use crate::geometry::centre_line::{Fineness, centre_line};
use crate::geometry::stroke_hit::line_distance;
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
    fn a_disc_hits_exactly_what_it_reaches(
        points in wild_stroke(30),
        (x, y) in (-20.0..120.0, -20.0..120.0),
        (dx, dy) in (-30.0..30.0, -30.0..30.0),
        radius in 0.1..6.0,
    ) {
        let first = points[0].position();
        let from = BoardPoint::new(first.x + x - 50.0, first.y + y - 50.0);
        let to = BoardPoint::new(from.x + dx, from.y + dy);
        let fineness = Fineness { tolerance: (PEN.width + radius) / 8.0, max_angle: 0.6 };
        let line = centre_line(&points, fineness);
        let sweep = Line::new(from, to);
        // The first point counts as a part of its own, so that a dot has one too.
        let parts = line.iter().take(1).chain(&line).zip(&line);
        let is_near = parts.into_iter().any(|(start, end)| {
            let widest = PEN.radius(start.pressure.max(end.pressure));
            line_distance(Line::new(start.position, end.position), sweep) <= widest + radius
        });
        prop_assert_eq!(stroke_hit(&points, &PEN, from, to, radius), is_near);
    }

    #[test]
    fn touching_a_point_of_the_stroke_is_a_hit(points in wild_stroke(30), which in any::<prop::sample::Index>()) {
        let point = points[which.index(points.len())];
        prop_assert!(stroke_hit(&points, &PEN, point.position(), point.position(), 0.1));
    }
}
