//! Long strokes become durable in parts while they are drawn.

use kurbo::ParamCurveNearest as _;
use shared::geometry::InkPoint;
use shared::geometry::centre_line::{Fineness, centre_line};
use shared::limits::MAX_STROKE_POINTS;
use shared::op::{Guard, Op};

use super::pen::wave;
use super::rig::{OTHER, Rig};
use crate::input::{InputEvent, PointerId};

#[test]
fn a_stroke_longer_than_a_second_becomes_durable_in_parts() {
    let mut rig = Rig::new();
    rig.down(0.0, 200.0);
    for second in 0..3 {
        rig.drag(&wave(second * 50, 50));
        rig.now += 1_000;
        rig.animation_frame();
    }
    rig.drag(&wave(150, 10));
    rig.up(480.0, 200.0);
    let commits = rig.commits();
    assert_eq!(commits.len(), 4);
    assert!(
        rig.said().starts_with("commit(put-open) begin"),
        "{}",
        rig.said()
    );
    assert!(
        rig.said().ends_with("commit(extend-end) kept"),
        "{}",
        rig.said()
    );
    let (stroke, _) = rig.only_stroke();
    assert_eq!((stroke.open, stroke.parts.len()), (false, 4));
}

#[test]
fn five_hundred_points_are_durable_at_once() {
    let mut rig = Rig::new();
    rig.down(0.0, 200.0);
    rig.drag(&wave(1, 600));
    assert_eq!(rig.said(), "commit(put-open)");
}

#[test]
fn parts_join_without_seam_or_repeat() {
    let mut whole = Rig::new();
    whole.draw(&wave(0, 120));
    let mut parts = Rig::new();
    parts.down(0.0, 200.0);
    for at in 0..3 {
        parts.drag(&wave(at * 40, 40));
        parts.now += 1_000;
        parts.animation_frame();
    }
    let (x, y) = wave(119, 1)[0];
    parts.up(x, y);
    let ((_, expected), (stroke, found)) = (whole.only_stroke(), parts.only_stroke());
    assert!(stroke.parts.len() >= 3);
    for pair in found.windows(2) {
        assert!(
            pair[0].position() != pair[1].position(),
            "a point stands twice: {pair:?}"
        );
    }
    let farthest = found_line(&found)
        .into_iter()
        .map(|at| distance_to(at, &found_line(&expected)))
        .fold(0.0, f64::max);
    assert!(
        farthest < 1.0,
        "{farthest} px away from the same stroke drawn at once"
    );
}

#[test]
fn parts_go_on_from_one_another() {
    let mut rig = Rig::new();
    rig.never_hold();
    rig.down(0.0, 10.0);
    for second in 0..3 {
        let straight: Vec<(f64, f64)> = (1..40)
            .map(|at| (f64::from(second * 40 + at) * 3.0, 10.0))
            .collect();
        rig.drag(&straight);
        rig.now += 1_000;
        rig.animation_frame();
    }
    rig.key("Escape");
    let points_of_parts: Vec<usize> = rig
        .only_stroke()
        .0
        .parts
        .iter()
        .map(shared::geometry::Ink::len)
        .collect();
    assert!(
        points_of_parts.len() == 3 && points_of_parts[1] == 1,
        "{points_of_parts:?}"
    );
}

#[test]
fn cancelling_after_a_durable_part_ends_the_stroke_as_it_is() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.drag(&wave(10, 20));
    rig.now += 1_000;
    rig.animation_frame();
    rig.drag(&wave(30, 5));
    rig.send(InputEvent::PointerCancel(PointerId(1)));
    assert!(
        rig.said().ends_with("commit(extend-end) kept"),
        "{}",
        rig.said()
    );
    assert!(!rig.only_stroke().0.open);
}

#[test]
fn an_endless_stroke_continues_in_a_new_one_and_is_undone_as_one() {
    let mut rig = Rig::new();
    rig.down(0.0, 0.0);
    let count = MAX_STROKE_POINTS + 2_000;
    let spiral: Vec<(f64, f64)> = (1..count)
        .map(|at| (at as f64 * 0.02).sin_cos())
        .enumerate()
        .map(|(at, (sin, cos))| (400.0 + cos * (90.0 + at as f64 * 0.01), 300.0 + sin * 90.0))
        .collect();
    for piece in spiral.chunks(100) {
        rig.drag(piece);
    }
    let end = spiral[spiral.len() - 1];
    rig.up(end.0, end.1);
    assert_eq!(rig.board.len(), 2);
    let ends: Vec<Vec<InkPoint>> = rig
        .board
        .elements()
        .map(|element| shared::model::layout::ink_points(element))
        .collect();
    assert_eq!(ends[0][ends[0].len() - 1].position(), ends[1][0].position());
    rig.run(crate::Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn a_stroke_that_another_user_erased_meanwhile_stays_deleted() {
    let mut rig = Rig::new();
    rig.down(0.0, 200.0);
    rig.drag(&wave(1, 30));
    rig.now += 1_000;
    rig.animation_frame();
    let id = rig.board.elements().next().unwrap().id;
    rig.apply(OTHER, vec![Op::Delete { ids: vec![id] }], Guard::Any);
    rig.drag(&wave(31, 30));
    rig.up(300.0, 200.0);
    assert!(rig.board.is_empty());
}

/// The drawn line, as many short ones.
fn found_line(points: &[InkPoint]) -> Vec<kurbo::Point> {
    let fineness = Fineness {
        tolerance: 0.02,
        max_angle: 0.1,
    };
    centre_line(points, fineness)
        .into_iter()
        .map(|sample| sample.position)
        .collect()
}

fn distance_to(at: kurbo::Point, line: &[kurbo::Point]) -> f64 {
    line.windows(2)
        .map(|pair| {
            kurbo::Line::new(pair[0], pair[1])
                .nearest(at, 1e-9)
                .distance_sq
                .sqrt()
        })
        .fold(f64::INFINITY, f64::min)
}
