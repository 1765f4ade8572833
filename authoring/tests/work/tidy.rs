//! Elements that are tidied up.

use kurbo::Rect;
use proptest::prelude::*;
use serde_json::{Value, json};
use shared::id::ElementId;
use shared::model::Board;
use shared::op::{Commit, Guard, apply_commit};

use crate::arrange::ask;
use crate::{ADA, made, rect};

/// Edges that are nearer are the same: coordinates are rounded.
const NEAR: f64 = 0.001;

/// Tidies elements up, and tells how many ops that takes.
fn tidy(board: &mut Board, ids: &[ElementId]) -> usize {
    let ops = ask(board, ids, json!({"action": "tidy"})).unwrap();
    let count = ops.len();
    let guard = Guard::Any;
    let commit = Commit { cno: 1, guard, ops };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(board, ADA.client, &commit);
    count
}

/// The boxes of elements before and after they are tidied up. A second time moves none.
fn tidied(entries: &Value) -> (Vec<Rect>, Vec<Rect>) {
    let (mut board, ids) = made(entries);
    let rects = |board: &Board| -> Vec<Rect> { ids.iter().map(|id| rect(board, *id)).collect() };
    let before = rects(&board);
    tidy(&mut board, &ids);
    let after = rects(&board);
    assert_eq!(tidy(&mut board, &ids), 0, "{before:?} {after:?}");
    (before, after)
}

fn entries(boxes: &[[f64; 4]]) -> Value {
    let entries = boxes
        .iter()
        .map(|[x, y, w, h]| json!({"kind": "rectangle", "x": x, "y": y, "size": [w, h]}));
    entries.collect()
}

/// The boxes around all, without order.
fn around(rects: &[Rect]) -> Rect {
    rects
        .iter()
        .copied()
        .reduce(|all, one| all.union(one))
        .unwrap()
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < NEAR
}

#[test]
fn a_rough_grid_becomes_a_grid() {
    let (before, after) = tidied(&entries(&[
        [0.0, 0.0, 200.0, 200.0],
        [243.0, 12.0, 200.0, 200.0],
        [490.0, -8.0, 200.0, 120.0],
        [10.0, 250.0, 200.0, 200.0],
        [230.0, 243.0, 160.0, 200.0],
    ]));
    let corner = |all: &[Rect]| (around(all).x0, around(all).y0);
    assert_eq!(corner(&before), corner(&after));
    assert!(same(after[0].x0, after[3].x0));
    assert!(same(after[0].y0, after[1].y0));
    assert!(same(after[3].y0, after[4].y0));
    let gap = |a: usize, b: usize| after[b].x0 - after[a].x1;
    assert!(same(gap(0, 1), gap(1, 2)), "{after:?}");
    // The narrow one has an edge or its middle in common with the wide one above it.
    assert!(after[4].x0 >= after[1].x0 - NEAR && after[4].x1 <= after[1].x1 + NEAR);
}

#[test]
fn columns_of_uneven_boxes_stay_columns() {
    let (_, after) = tidied(&entries(&[
        [0.0, 0.0, 100.0, 300.0],
        [8.0, 330.0, 100.0, 100.0],
        [150.0, 5.0, 100.0, 90.0],
        [142.0, 130.0, 100.0, 200.0],
        [155.0, 350.0, 100.0, 60.0],
    ]));
    assert!(same(after[0].x0, after[1].x0));
    assert!(same(after[2].x0, after[3].x0) && same(after[3].x0, after[4].x0));
    assert!(same(after[3].y0 - after[2].y1, after[4].y0 - after[3].y1));
    assert!(after[2].x0 > after[0].x1);
}

#[test]
fn a_parent_stays_over_the_middle_of_its_children() {
    let (_, after) = tidied(&entries(&[
        [150.0, 0.0, 100.0, 60.0],
        [0.0, 150.0, 100.0, 60.0],
        [160.0, 140.0, 100.0, 60.0],
        [290.0, 155.0, 100.0, 60.0],
    ]));
    assert!(same(after[0].center().x, after[2].center().x), "{after:?}");
    assert!(same(after[1].y0, after[2].y0) && same(after[2].y0, after[3].y0));
}

#[test]
fn tidy_boards_need_no_ops() {
    let boards: [&[[f64; 4]]; 6] = [
        // A row with its middles in line, close to each other.
        &[
            [0.0, 50.0, 50.0, 20.0],
            [60.0, 10.0, 50.0, 100.0],
            [120.0, 55.0, 90.0, 10.0],
        ],
        // A column by its right edges.
        &[
            [70.0, 0.0, 30.0, 20.0],
            [0.0, 320.0, 100.0, 20.0],
            [50.0, 640.0, 50.0, 20.0],
        ],
        // A grid with cells of several sizes and a free one.
        &[
            [0.0, 0.0, 50.0, 40.0],
            [80.0, 0.0, 150.0, 20.0],
            [0.0, 70.0, 30.0, 30.0],
        ],
        // Rows of several lengths by their middles.
        &[
            [50.0, 0.0, 100.0, 30.0],
            [0.0, 60.0, 80.0, 30.0],
            [120.0, 60.0, 80.0, 30.0],
        ],
        // Columns whose boxes differ in height.
        &[
            [0.0, 0.0, 90.0, 50.0],
            [0.0, 90.0, 90.0, 200.0],
            [120.0, 0.0, 90.0, 150.0],
            [120.0, 190.0, 90.0, 30.0],
        ],
        // Gaps that are no whole numbers.
        &[
            [0.1, 0.2, 10.0, 10.0],
            [43.4, 0.2, 10.0, 10.0],
            [86.7, 0.2, 10.0, 10.0],
        ],
    ];
    for boxes in boards {
        let (mut board, ids) = made(&entries(boxes));
        assert_eq!(tidy(&mut board, &ids), 0, "{boxes:?}");
    }
}

#[test]
fn groups_and_what_lies_on_an_element_go_along() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0, "size": [200, 200]},
        {"kind": "text", "text": "label", "x": 60, "y": 30},
        {"kind": "stroke", "points": [[150, 150], [180, 190]]},
        {"kind": "rectangle", "id": "b", "x": 260, "y": 20, "size": [50, 50], "groups": ["g"]},
        {"kind": "rectangle", "x": 330, "y": 80, "size": [50, 120], "groups": ["g"]},
        {"kind": "frame", "name": "f", "x": 500, "y": -20, "size": [300, 200],
            "children": [{"kind": "sticky", "x": 20, "y": 40}]},
        {"kind": "stroke", "points": [[1000, 1000], [1080, 1090]]},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]));
    let rects = |board: &Board| -> Vec<Rect> { ids.iter().map(|id| rect(board, *id)).collect() };
    let before = rects(&board);
    assert!(tidy(&mut board, &ids) > 0);
    let after = rects(&board);
    let by = |number: usize| after[number].origin() - before[number].origin();
    let together = |a: usize, b: usize| (by(a) - by(b)).hypot() < NEAR;
    assert!(together(0, 1) && together(0, 2), "{before:?} {after:?}");
    assert!(together(3, 4) && together(5, 6), "{before:?} {after:?}");
    assert!(by(7).hypot() < NEAR);
    assert!(board.get(ids[8]).unwrap().props.end().is_some());
    assert_eq!(tidy(&mut board, &ids), 0);
}

#[test]
fn what_lies_on_one_element_is_tidied_there() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "x": -50, "y": -50, "size": [900, 900]},
        {"kind": "rectangle", "x": 0, "y": 0, "size": [100, 100]},
        {"kind": "rectangle", "x": 150, "y": 10, "size": [100, 100]},
    ]));
    assert_eq!(tidy(&mut board, &ids), 1);
    assert!(same(rect(&board, ids[1]).y0, rect(&board, ids[2]).y0));
}

#[test]
fn one_block_alone_cannot_be_tidied() {
    let (board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0, "size": [200, 200]},
        {"kind": "stroke", "points": [[1000, 1000], [1080, 1090]]},
        {"kind": "stroke", "points": [[1100, 1000], [1180, 1090]]},
    ]));
    let error = ask(&board, &ids, json!({"action": "tidy"})).unwrap_err();
    assert_eq!(error.path(), Some("ids"), "{error}");
}

/// Boxes of which none lies wholly on another, often close to each other.
fn boxes() -> impl Strategy<Value = Vec<[f64; 4]>> {
    let place =
        || prop_oneof![3 => 0.0..900.0, 1 => (0_u8..5).prop_map(|it| f64::from(it) * 180.0)];
    let one = (place(), place(), 60.0..300.0, 60.0..300.0);
    let one = one.prop_map(|(x, y, width, height)| [x, y, width, height]);
    let all = proptest::collection::vec(one, 1..14);
    all.prop_map(|mut boxes| {
        // Two that are apart, and others.
        boxes.extend([[1000.0, 300.0, 100.0, 100.0], [1150.0, 350.0, 100.0, 100.0]]);
        boxes.reverse();
        let rect = |[x, y, width, height]: [f64; 4]| Rect::new(x, y, x + width, y + height);
        let mut kept: Vec<Rect> = Vec::new();
        boxes.retain(|one| {
            let one = rect(*one).inset(5.0);
            let lies_on = |other: &Rect| other.contains_rect(one) || one.contains_rect(*other);
            let is_free = !kept.iter().any(lies_on);
            kept.extend(is_free.then_some(one));
            is_free
        });
        boxes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_boxes_get_tidy(boxes in boxes()) {
        let (before, after) = tidied(&entries(&boxes));
        let corner = |all: &[Rect]| around(all).origin();
        for (number, one) in before.iter().enumerate() {
            for (other, next) in before.iter().enumerate().skip(number + 1) {
                let apart = after[number].inset(-NEAR).intersect(after[other].inset(-NEAR));
                prop_assert!(apart.is_zero_area(), "{number} {other} {before:?} {after:?}");
                let order = next.center() - one.center();
                let (first, last) = if order.x >= 0.0 && order.y >= 0.0 {
                    (after[number], after[other])
                } else if order.x <= 0.0 && order.y <= 0.0 {
                    (after[other], after[number])
                } else {
                    continue;
                };
                let is_before = first.x1 <= last.x0 + NEAR || first.y1 <= last.y0 + NEAR;
                prop_assert!(is_before, "{number} {other} {before:?} {after:?}");
            }
        }
        prop_assert!((corner(&before) - corner(&after)).hypot() < NEAR);
    }
}
