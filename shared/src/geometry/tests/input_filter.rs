//! Tests of the input filters.

use super::at;
use crate::geometry::{InkPoint, SpeedPressure, Streamline};

fn pressure_after(hops: usize, distance_px: f64) -> f32 {
    let mut speed = SpeedPressure::new();
    (0..hops).fold(0.0, |_, _| speed.next(distance_px, 4.0))
}

#[test]
fn slow_is_firm_and_fast_is_light() {
    let (slow, fast) = (pressure_after(60, 0.5), pressure_after(60, 60.0));
    assert!(slow > 0.5 && fast < 0.25, "{slow} and {fast}");
}

#[test]
fn pressure_changes_little_by_little() {
    let mut speed = SpeedPressure::new();
    let mut last = speed.next(0.0, 4.0);
    for hop in [0.0, 80.0, 0.0, 2.0, 200.0, 1.0] {
        let pressure = speed.next(hop, 4.0);
        assert!((0.0..=1.0).contains(&pressure) && (pressure - last).abs() < 0.12);
        last = pressure;
    }
}

#[test]
fn a_resting_pointer_keeps_its_pressure() {
    let mut speed = SpeedPressure::new();
    let before = speed.next(30.0, 4.0);
    let after = (0..500).fold(before, |_, _| speed.next(0.0, 4.0));
    assert!((before - after).abs() < 1e-6);
}

#[test]
fn a_stroke_starts_and_ends_exactly_where_the_pointer_did() {
    let mut line = Streamline::for_mouse();
    assert_eq!(line.next(at(10.0, 10.0), 1.0), Some(at(10.0, 10.0)));
    let behind = line.next(at(20.0, 10.0), 1.0).unwrap();
    assert!(behind.x > 12.0 && behind.x < 20.0);
    assert_eq!(line.finish(), Some(at(20.0, 10.0)));
    assert_eq!(line.finish(), None);
}

#[test]
fn a_tap_has_no_second_point() {
    let mut line = Streamline::for_pen_or_touch();
    assert!(line.next(at(1.0, 1.0), 1.0).is_some());
    assert_eq!(line.next(at(1.0, 1.0), 1.0), None);
    assert_eq!(line.finish(), None);
}

#[test]
fn jitter_within_a_pixel_draws_nothing() {
    let mut line = Streamline::for_pen_or_touch();
    line.next(at(0.0, 0.0), 1.0);
    assert_eq!(line.next(at(0.4, 0.3), 1.0), None);
    assert_eq!(line.finish(), Some(at(0.4, 0.3)));
    // At ten times the zoom, the same distance is four pixels long.
    let mut line = Streamline::for_pen_or_touch();
    line.next(at(0.0, 0.0), 0.1);
    assert!(line.next(at(0.4, 0.3), 0.1).is_some());
}

#[test]
fn a_fast_hand_is_followed_more_closely() {
    let follow = |hop: f64| {
        let mut line = Streamline::for_mouse();
        line.next(at(0.0, 0.0), 1.0);
        line.next(at(hop, 0.0), 1.0).unwrap().x / hop
    };
    assert!(follow(40.0) > follow(4.0) + 0.2);
}

#[test]
fn pressure_follows_without_jumps() {
    let mut line = Streamline::for_pen_or_touch();
    line.next(InkPoint::new(0.0, 0.0, 0.0), 1.0);
    let next = line.next(InkPoint::new(9.0, 0.0, 1.0), 1.0).unwrap();
    assert!(next.pressure > 0.2 && next.pressure < 0.8);
}
