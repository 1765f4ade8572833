//! Snapping of rectangles.

use shared::geometry::BoardRect;

use crate::tools::snapping::{moved, stretched};

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

#[test]
fn edges_and_middles_snap_to_near_ones() {
    let other = rect(100.0, 200.0, 40.0, 40.0);
    for (x, by) in [
        // Left to left, middle to middle, left to right edge.
        (103.0, -3.0),
        (108.0, 2.0),
        (143.0, -3.0),
        // Right to left.
        (78.0, 2.0),
        // Too far from everything.
        (60.0, 0.0),
    ] {
        let snapped = moved(rect(x, 0.0, 20.0, 20.0), &[other], 4.0);
        assert_eq!(snapped.by, [by, 0.0], "{x}");
        assert_eq!(snapped.guides.is_empty(), by == 0.0, "{x}");
    }
}

#[test]
fn a_guide_reaches_over_both() {
    let snapped = moved(
        rect(101.0, 0.0, 20.0, 20.0),
        &[rect(100.0, 200.0, 30.0, 40.0)],
        4.0,
    );
    let guide = snapped.guides[0];
    assert_eq!((guide.from.x, guide.from.y), (100.0, 0.0));
    assert_eq!((guide.to.x, guide.to.y), (100.0, 240.0));
}

#[test]
fn the_nearest_of_many_wins() {
    let others = [
        rect(100.0, 200.0, 40.0, 40.0),
        rect(102.0, 400.0, 17.0, 17.0),
    ];
    assert_eq!(
        moved(rect(103.0, 0.0, 60.0, 20.0), &others, 5.0).by,
        [-1.0, 0.0]
    );
}

#[test]
fn gaps_become_equal_between_two_and_after_two() {
    let row = [rect(0.0, 0.0, 50.0, 50.0), rect(200.0, 3.0, 50.0, 70.0)];
    let between = moved(rect(97.0, 10.0, 50.0, 5.0), &row, 4.0);
    assert_eq!(between.by[0], 3.0);
    assert_eq!(between.guides.len(), 2, "{:?}", between.guides);
    let row = [rect(0.0, 0.0, 50.0, 50.0), rect(80.0, 3.0, 50.0, 70.0)];
    let after = moved(rect(162.0, 10.0, 50.0, 5.0), &row, 4.0);
    assert_eq!(after.by[0], -2.0);
}

#[test]
fn only_the_dragged_edge_snaps() {
    let other = rect(100.0, 200.0, 40.0, 40.0);
    let snapped = stretched(
        (Some(98.0), None),
        rect(0.0, 0.0, 98.0, 199.0),
        &[other],
        4.0,
    );
    assert_eq!(snapped.by, [2.0, 0.0]);
    assert_eq!(snapped.guides.len(), 1);
}
