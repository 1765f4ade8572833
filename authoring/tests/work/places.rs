//! Free space for new elements.

use kurbo::Rect;
use serde_json::{Value, json};
use shared::id::ElementId;
use shared::model::Board;
use shared::model::layout::{intersects_polygon, rect_corners};

use crate::{done_by, made, rect, seed, words};

fn apart(board: &Board, ids: &[ElementId]) {
    for (number, one) in ids.iter().enumerate() {
        for other in ids.iter().skip(number + 1) {
            let (a, b) = (rect(board, *one), rect(board, *other));
            assert!(!a.overlaps(b), "{a:?} covers {b:?}");
        }
    }
}

fn notes(count: usize) -> Value {
    (0..count)
        .map(|number| json!({"kind": "sticky", "text": format!("Note {number}")}))
        .collect()
}

#[test]
fn elements_without_a_place_stand_in_rows() {
    let (board, ids) = made(&notes(12));
    apart(&board, &ids);
    let all = ids
        .iter()
        .map(|id| rect(&board, *id))
        .reduce(|all, one| all.union(one))
        .unwrap();
    assert!(
        all.width() > all.height() && all.width() < 3.0 * all.height(),
        "{all:?}"
    );
}

#[test]
fn new_elements_cover_nothing_that_is_there() {
    let (mut board, mut ids) = made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0, "size": [900, 500]},
        {"kind": "stroke", "points": [[-50, -50], [1200, 300]]},
        {"kind": "frame", "x": 0, "y": 600, "name": "Plan", "size": [400, 300]},
    ]));
    for number in 2..6 {
        ids.extend(done_by(&mut board, &seed(number), &json!({"create": notes(5)})).created);
        apart(&board, &ids[2..]);
        assert!(
            ids[3..]
                .iter()
                .all(|id| !rect(&board, *id).overlaps(rect(&board, ids[0])))
        );
    }
}

#[test]
fn an_element_is_placed_near_another_one() {
    let (mut board, mut ids) = made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0},
        {"kind": "rectangle", "x": 5000, "y": 0},
        {"kind": "line", "points": [[150, -500], [150, 500]]},
    ]));
    let near = words(&ids)[0].clone();
    for number in 10..16 {
        let work = json!({"create": [{"kind": "rectangle", "near": near}]});
        ids.extend(done_by(&mut board, &seed(number), &work).created);
    }
    let boxes: Vec<ElementId> = ids.iter().copied().filter(|id| *id != ids[2]).collect();
    apart(&board, &boxes);
    for id in &ids[3..] {
        let at = rect(&board, *id);
        assert!(
            at.center().distance(rect(&board, ids[0]).center()) < 700.0,
            "{at:?}"
        );
        assert!(
            !at.overlaps(Rect::new(149.0, -500.0, 151.0, 500.0)),
            "{at:?} covers the line"
        );
    }
}

#[test]
fn words_can_be_near_each_other() {
    let (board, ids) = made(&json!([
        {"kind": "rectangle", "near": "b"},
        {"kind": "rectangle", "id": "b", "near": "c"},
        {"kind": "rectangle", "id": "c"},
        {"kind": "rectangle", "id": "d", "near": "d"},
    ]));
    apart(&board, &ids);
    let way = rect(&board, ids[0])
        .center()
        .distance(rect(&board, ids[1]).center());
    assert!(way < 250.0, "{way}");
}

#[test]
fn near_an_element_in_a_frame_is_room_in_the_frame() {
    let (mut board, ids) = made(&json!([
        {"kind": "frame", "x": 0, "y": 0, "size": [900, 600]},
        {"kind": "sticky", "x": 50, "y": 50, "id": "note"},
    ]));
    let work = json!({"create": [{"kind": "sticky", "near": words(&ids)[1]}]});
    let new = done_by(&mut board, &seed(2), &work).created[0];
    apart(&board, &[ids[1], new]);
    assert_eq!(board.get(new).unwrap().props.frame(), Some(ids[0]));
}

#[test]
fn a_lone_coordinate_is_a_place() {
    let (board, ids) = made(&json!([{"kind": "rectangle", "x": 70, "size": [10, 10]}]));
    let at = board.get(ids[0]).unwrap().props.at;
    assert_eq!((at.x, at.y), (70.0, 0.0));
}

#[test]
fn connected_elements_stand_in_columns_along_their_arrows() {
    let (board, ids) = made(&json!([
        {"kind": "ellipse", "id": "start", "text": "Start"},
        {"kind": "rectangle", "id": "check", "text": "Check"},
        {"kind": "diamond", "id": "ok", "text": "All green?"},
        {"kind": "rectangle", "id": "ship", "text": "Ship it"},
        {"kind": "rectangle", "id": "fix", "text": "Fix"},
        {"kind": "sticky", "text": "not connected"},
        {"kind": "arrow", "from": "start", "to": "check"},
        {"kind": "arrow", "from": "check", "to": "ok"},
        {"kind": "arrow", "from": "ok", "to": "ship", "text": "yes, at once"},
        {"kind": "arrow", "from": "ok", "to": "fix"},
        {"kind": "arrow", "from": "fix", "to": "check"},
    ]));
    apart(&board, &ids[..6]);
    let middle = |number: usize| rect(&board, ids[number]).center();
    assert!((middle(0).y - middle(2).y).abs() <= 1.0);
    assert!(
        [0, 1, 2]
            .map(middle)
            .is_sorted_by(|one, next| one.x < next.x)
    );
    assert!((middle(3).x - middle(4).x).abs() < 1.0 && middle(3).x > middle(2).x);
    // The arrow back leads around what lies between.
    let back = board.get(ids[10]).unwrap();
    let between = rect_corners(rect(&board, ids[2]));
    assert!(!intersects_polygon(&board, back, &between));
    // The text of the arrow has room between the columns.
    let gap = rect(&board, ids[3]).x0 - rect(&board, ids[2]).x1;
    assert!(gap > 160.0, "{gap}");
}

#[test]
fn frames_are_connected_by_their_children() {
    let (board, ids) = made(&json!([
        {"kind": "frame", "name": "b", "children": [{"kind": "sticky", "id": "b"}]},
        {"kind": "frame", "name": "a", "children": [{"kind": "sticky", "id": "a"}]},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]));
    assert!(rect(&board, ids[2]).x1 < rect(&board, ids[0]).x0);
    let (board, ids) = made(&json!([{"kind": "frame", "size": [300, 900], "children": [
        {"kind": "rectangle", "id": "a"},
        {"kind": "rectangle", "id": "b"},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]}]));
    let inside = rect(&board, ids[2]).x1 < rect(&board, ids[0]).x1;
    assert!(inside, "the frame is too narrow for two columns");
}
