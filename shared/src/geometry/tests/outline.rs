//! Tests of the shape of ink.

use std::f64::consts::{PI, TAU};

use kurbo::{BezPath, Line, Point, Shape};
use proptest::prelude::*;

use super::{PEN, at, pen_hand, polyline, wild_stroke, written};
use crate::geometry::centre_line::{Fineness, centre_line};
use crate::geometry::stroke_hit::point_distance;
use crate::geometry::{Cap, InkPoint, InkShape, OutlineBuilder, outline, outline_in};

const TOLERANCE: f64 = 0.05;
const EVEN: InkShape = InkShape {
    thinning: 0.0,
    ..PEN
};

fn line(points: &[InkPoint]) -> Vec<Point> {
    let fineness = Fineness {
        tolerance: TOLERANCE,
        max_angle: 0.1,
    };
    centre_line(points, fineness)
        .into_iter()
        .map(|sample| sample.position)
        .collect()
}

/// Points around `centre` at `distance`. None is level with it, because the winding number of a
/// point level with a vertex is not well defined.
fn around(centre: Point, distance: f64) -> impl Iterator<Item = Point> {
    (0..7)
        .map(|i| 0.1234 + f64::from(i) * TAU / 7.0)
        .map(move |angle| centre + kurbo::Vec2::from_angle(angle) * distance)
}

fn distance_to(line: &[Point], place: Point) -> f64 {
    let dot = line
        .first()
        .map_or(f64::INFINITY, |&first| (first - place).hypot());
    line.windows(2)
        .map(|pair| point_distance(place, Line::new(pair[0], pair[1])))
        .fold(dot, f64::min)
}

/// A path as short segments, which makes many point queries fast.
struct Fill(Vec<(Point, Point)>);

impl Fill {
    fn of(path: &BezPath) -> Self {
        let mut lines = Vec::new();
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        kurbo::flatten(path, TOLERANCE / 4.0, |element| {
            let next = match element {
                kurbo::PathEl::MoveTo(place) => {
                    (first, last) = (place, place);
                    return;
                }
                kurbo::PathEl::LineTo(place) => place,
                kurbo::PathEl::ClosePath => first,
                kurbo::PathEl::QuadTo(..) | kurbo::PathEl::CurveTo(..) => unreachable!(),
            };
            lines.push((last, next));
            last = next;
        });
        Self(lines)
    }

    /// The winding number of the path around `place`, counted by the segments that cross the
    /// horizontal ray to its right.
    fn winding(&self, place: Point) -> i32 {
        let crossing = |&(a, b): &(Point, Point)| {
            let right = (b - a).cross(place - a);
            match (a.y <= place.y, b.y <= place.y) {
                (true, false) if right > 0.0 => 1,
                (false, true) if right < 0.0 => -1,
                _ => 0,
            }
        };
        self.0.iter().map(crossing).sum()
    }

    fn holds(&self, place: Point) -> bool {
        self.winding(place) != 0
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ink_is_wherever_the_pen_was_and_nowhere_else(points in wild_stroke(24)) {
        let path = Fill::of(&outline(&points, &EVEN, TOLERANCE));
        let line = line(&points);
        let radius = EVEN.radius(0.5);
        for &centre in line.iter().step_by(3) {
            for place in around(centre, radius * 0.97 - TOLERANCE) {
                prop_assert!(path.holds(place), "a hole at {place:?}");
            }
            for place in around(centre, radius * 1.05 + 4.0 * TOLERANCE) {
                let outside = distance_to(&line, place) > radius * 1.03 + 3.0 * TOLERANCE;
                prop_assert!(!outside || !path.holds(place), "a spike at {place:?}");
            }
        }
    }

    #[test]
    fn no_part_winds_the_other_way(points in wild_stroke(24), x in 0.0..1.0, y in 0.0..1.0) {
        let path = outline(&points, &PEN, TOLERANCE);
        let bounds = path.bounding_box();
        let place = bounds.origin() + kurbo::Vec2::new(x * bounds.width(), y * bounds.height());
        let winding = Fill::of(&path).winding(place);
        prop_assert!(winding <= 0, "winds {winding} at {place:?}");
    }

    #[test]
    fn pressed_ink_covers_every_point(points in wild_stroke(24)) {
        let path = Fill::of(&outline(&points, &PEN, TOLERANCE));
        for point in &points {
            // If the pressure jumps within a bend, the edges cut off a good part of the disc.
            let reach = PEN.radius(point.pressure.into()) * 0.7 - TOLERANCE;
            for place in around(Point::new(point.x, point.y), reach.max(0.0)) {
                prop_assert!(path.holds(place), "a hole at {place:?}");
            }
        }
    }

    #[test]
    fn a_growing_outline_equals_the_whole_one(points in wild_stroke(80)) {
        let mut builder = OutlineBuilder::new(EVEN, TOLERANCE);
        let mut grown = BezPath::new();
        for &point in &points {
            builder.push(point);
            grown.extend(builder.take_frozen().into_iter().flatten());
        }
        grown.extend(builder.tail(&[]));
        let (grown, whole) = (Fill::of(&grown), Fill::of(&outline(&points, &EVEN, TOLERANCE)));
        let line = line(&points);
        for &centre in line.iter().step_by(23) {
            for place in around(centre, EVEN.radius(0.5) * 0.95) {
                prop_assert!(grown.holds(place) == whole.holds(place), "differs at {place:?}");
            }
            for place in around(centre, EVEN.radius(0.5) * 1.1 + 4.0 * TOLERANCE) {
                let near = (distance_to(&line, place) - EVEN.radius(0.5)).abs() < 0.2;
                prop_assert!(near || grown.holds(place) == whole.holds(place), "differs at {place:?}");
            }
        }
    }
}

#[test]
fn a_tap_leaves_a_dot() {
    for points in [vec![at(3.0, 4.0)], vec![at(3.0, 4.0); 5]] {
        let dot = outline(&points, &EVEN, TOLERANCE);
        assert!(
            (dot.area().abs() - PI * 16.0).abs() < 0.1,
            "area {}",
            dot.area()
        );
        assert!((dot.bounding_box().center() - Point::new(3.0, 4.0)).hypot() < 1e-6);
    }
}

#[test]
fn no_points_give_an_empty_outline() {
    assert!(outline(&[], &PEN, TOLERANCE).elements().is_empty());
    assert!(
        outline(&[at(f64::NAN, 0.0)], &PEN, TOLERANCE)
            .elements()
            .is_empty()
    );
    assert!(
        OutlineBuilder::new(PEN, TOLERANCE)
            .tail(&[])
            .elements()
            .is_empty()
    );
}

#[test]
fn half_pressure_is_the_nominal_width() {
    assert!((PEN.radius(0.5) - PEN.width / 2.0).abs() < 1e-12);
    assert!(PEN.radius(0.1) < PEN.radius(0.5) && PEN.radius(0.5) < PEN.radius(0.9));
    assert!((EVEN.radius(0.0) - EVEN.radius(1.0)).abs() < 1e-12);
    assert!(
        InkShape {
            thinning: 1.0,
            ..PEN
        }
        .radius(0.0)
            > 0.0
    );
}

#[test]
fn a_flat_cap_ends_at_the_last_point() {
    let points = polyline(&[(0.0, 0.0), (20.0, 0.0), (40.0, 0.0)]);
    let flat = outline(
        &points,
        &InkShape {
            cap: Cap::Flat,
            ..EVEN
        },
        TOLERANCE,
    )
    .bounding_box();
    assert!((flat.x0).abs() < 1e-6 && (flat.x1 - 40.0).abs() < 1e-6);
    let round = outline(&points, &EVEN, TOLERANCE).bounding_box();
    assert!((round.x0 + 4.0).abs() < 0.01 && (round.x1 - 44.0).abs() < 0.01);
}

#[test]
fn a_smooth_stroke_is_one_ribbon() {
    let wave: Vec<InkPoint> = (0..60)
        .map(f64::from)
        .map(|i| at(i * 4.0, 20.0 * (i / 9.0).sin()))
        .collect();
    let path = outline(&wave, &PEN, TOLERANCE);
    let starts = path
        .elements()
        .iter()
        .filter(|el| matches!(el, kurbo::PathEl::MoveTo(_)));
    assert_eq!(starts.count(), 1);
}

#[test]
fn the_tail_of_a_long_stroke_stays_short() {
    let mut builder = OutlineBuilder::new(PEN, TOLERANCE);
    let mut longest = 0;
    for point in written(super::handwriting::Hand {
        seconds: 40.0,
        ..pen_hand()
    }) {
        builder.push(point);
        builder.take_frozen();
        longest = longest.max(builder.tail(&[]).elements().len());
    }
    assert!(longest < 400, "a tail of {longest} elements");
}

#[test]
fn predicted_points_do_not_change_the_stroke() {
    let mut builder = OutlineBuilder::new(EVEN, TOLERANCE);
    for x in 0..10 {
        builder.push(at(f64::from(x) * 3.0, 0.0));
    }
    let before = builder.tail(&[]);
    let ahead = builder.tail(&[at(40.0, 0.0)]);
    assert!((ahead.bounding_box().x1 - 44.0).abs() < 0.1);
    assert_eq!(builder.tail(&[]), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_outline_in_a_region_equals_the_whole_one_there(
        points in wild_stroke(60),
        (x, y) in (0.0..1.0, 0.0..1.0),
        size in 1.0..80.0,
    ) {
        for shape in [EVEN, PEN] {
            let path = outline(&points, &shape, TOLERANCE);
            let bounds = path.bounding_box();
            let corner = bounds.origin() + kurbo::Vec2::new(x * bounds.width(), y * bounds.height());
            let region = kurbo::Rect::from_origin_size(corner, (size, size));
            let (whole, part) = (
                Fill::of(&path),
                Fill::of(&outline_in(&points, &shape, TOLERANCE, region)),
            );
            for step in 0..400 {
                let (column, row) = (f64::from(step % 20), f64::from(step / 20));
                let place = corner + kurbo::Vec2::new(column, row) * (size / 19.0);
                prop_assert!(whole.holds(place) == part.holds(place), "differs at {place:?}");
            }
        }
    }
}

#[test]
fn an_outline_in_a_region_has_only_what_is_near_it() {
    let far: Vec<_> = (0..5_000)
        .map(|index| {
            let angle = f64::from(index) * 2.4;
            at(45_000.0 * angle.cos(), 45_000.0 * (angle * 1.7).sin())
        })
        .collect();
    let region = kurbo::Rect::new(100.0, 100.0, 612.0, 612.0);
    let whole = outline(&far, &EVEN, TOLERANCE).elements().len();
    let part = outline_in(&far, &EVEN, TOLERANCE, region).elements().len();
    assert!(part > 0 && part < whole / 20, "{part} of {whole} elements");
}

#[test]
fn a_dot_is_the_same_in_any_region() {
    let dot = [at(3.0, 4.0)];
    let region = kurbo::Rect::new(0.0, 0.0, 10.0, 10.0);
    assert_eq!(
        outline_in(&dot, &EVEN, TOLERANCE, region).to_svg(),
        outline(&dot, &EVEN, TOLERANCE).to_svg()
    );
}
