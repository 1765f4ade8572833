//! Tests of the simplification.

use kurbo::Point;
use proptest::prelude::*;

use super::handwriting::Hand;
use super::{at, pen_hand, polyline, wild_stroke, written};
use crate::geometry::centre_line::{CentreSample, Fineness, centre_line};
use crate::geometry::{InkPoint, simplify};

const TOLERANCE: f64 = 0.35;

/// The greatest distance from a point of the curve through `from` to the curve through `to`.
fn max_distance(from: &[InkPoint], to: &[InkPoint]) -> f64 {
    let fineness = Fineness {
        tolerance: 0.02,
        max_angle: 0.2,
    };
    let (from, to) = (centre_line(from, fineness), centre_line(to, fineness));
    let nearest = |sample: &CentreSample| {
        let hop = |pair: &[CentreSample]| kurbo::Line::new(pair[0].position, pair[1].position);
        let distance = |line: kurbo::Line| {
            kurbo::ParamCurveNearest::nearest(&line, sample.position, 1e-6)
                .distance_sq
                .sqrt()
        };
        to.windows(2)
            .map(hop)
            .map(distance)
            .fold(f64::INFINITY, f64::min)
    };
    from.iter().map(nearest).fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_ends_stay_and_no_point_is_new(points in wild_stroke(60)) {
        let kept = simplify(&points, TOLERANCE, 4.0);
        let place = |point: &InkPoint| Point::new(point.x, point.y);
        prop_assert_eq!(kept.first().map(place), points.first().map(place));
        prop_assert_eq!(kept.last().map(place), points.last().map(place));
        let mut old = points.iter().map(place);
        prop_assert!(kept.iter().map(place).all(|kept| old.any(|old| old == kept)));
    }
}

#[test]
fn handwriting_looks_the_same_with_a_third_of_its_points() {
    for (height, pace, seed) in [(16.0, 3.0, 1), (24.0, 4.0, 2), (40.0, 5.0, 3)] {
        let hand = Hand {
            height,
            pace,
            seed,
            rate: 240.0,
            seconds: 3.0,
            grain: 0.1,
        };
        let points = written(hand);
        let kept = simplify(&points, TOLERANCE, 4.0);
        assert!(
            kept.len() * 3 <= points.len(),
            "{} of {} kept",
            kept.len(),
            points.len()
        );
        let (there, back) = (max_distance(&points, &kept), max_distance(&kept, &points));
        assert!(there < 0.5 && back < 0.5, "off by {there} and {back}");
    }
}

#[test]
fn a_straight_line_needs_two_points() {
    let points: Vec<InkPoint> = (0..200).map(|x| at(f64::from(x) * 0.7, 3.0)).collect();
    assert_eq!(simplify(&points, TOLERANCE, 4.0).len(), 2);
}

#[test]
fn visible_changes_of_pressure_are_kept() {
    let pressed = |x: i32| if (80..120).contains(&x) { 0.9 } else { 0.2 };
    let points: Vec<InkPoint> = (0..200)
        .map(|x| InkPoint::new(f64::from(x), 0.0, pressed(x)))
        .collect();
    let kept = simplify(&points, TOLERANCE, 10.0);
    assert!((4..20).contains(&kept.len()), "{} kept", kept.len());
    assert!(kept.iter().any(|point| point.pressure > 0.8));
    assert_eq!(simplify(&points, TOLERANCE, 0.1).len(), 2);
}

#[test]
fn corners_stay() {
    let leg = |from: (f64, f64), to: (f64, f64)| {
        (0..30)
            .map(move |i| f64::from(i) / 30.0)
            .map(move |t| at(from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t))
    };
    let mut points: Vec<InkPoint> = leg((0.0, 0.0), (30.0, 60.0)).collect();
    points.extend(leg((30.0, 60.0), (60.0, 0.0)));
    points.push(at(60.0, 0.0));
    assert_eq!(
        simplify(&points, TOLERANCE, 4.0),
        polyline(&[(0.0, 0.0), (30.0, 60.0), (60.0, 0.0)]),
    );
}

#[test]
fn a_dot_stays_a_dot() {
    assert_eq!(simplify(&[at(1.0, 2.0)], TOLERANCE, 4.0), [at(1.0, 2.0)]);
    assert_eq!(simplify(&[at(1.0, 2.0); 9], TOLERANCE, 4.0), [at(1.0, 2.0)]);
    assert_eq!(simplify(&[], TOLERANCE, 4.0), []);
}

#[test]
fn a_closed_stroke_stays_closed() {
    let circle: Vec<InkPoint> = (0..=120)
        .map(|i| f64::from(i % 120) * std::f64::consts::TAU / 120.0)
        .map(|a| at(50.0 * a.cos(), 50.0 * a.sin()))
        .collect();
    let kept = simplify(&circle, TOLERANCE, 4.0);
    assert_eq!(kept.first(), kept.last());
    assert!((6..30).contains(&kept.len()), "{} kept", kept.len());
    assert!(max_distance(&circle, &kept) < 0.5);
}

#[test]
fn the_longest_stroke_does_not_overflow_the_stack() {
    let hand = Hand {
        seconds: 10_000.0 / 240.0,
        rate: 240.0,
        ..pen_hand()
    };
    let points = written(hand);
    assert!(points.len() >= 9_999);
    assert!(simplify(&points, TOLERANCE, 4.0).len() < points.len() / 3);
}
