//! Elements in lines, rows, grids and groups.

use authoring::{Arrange, WorkError};
use serde_json::{Value, json};
use shared::id::ElementId;
use shared::model::Board;
use shared::op::{Commit, Guard, apply_commit};

use crate::{ADA, made, rect, words};

/// Four boxes: a large one, two in a group, and a small one.
fn boxes() -> (Board, Vec<ElementId>) {
    made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0, "size": [200, 100], "line_width": 2},
        {"kind": "rectangle", "x": 300, "y": 40, "size": [50, 50], "line_width": 2, "groups": ["g"]},
        {"kind": "rectangle", "x": 360, "y": 90, "size": [50, 50], "line_width": 2, "groups": ["g"]},
        {"kind": "rectangle", "id": "d", "x": 900, "y": 500, "size": [20, 20], "line_width": 2},
        {"kind": "arrow", "from": "a", "to": "d"},
    ]))
}

pub(crate) fn ask(
    board: &Board,
    ids: &[ElementId],
    mut request: Value,
) -> Result<Vec<shared::op::Op>, WorkError> {
    request["ids"] = json!(words(ids));
    let request: Arrange = serde_json::from_value(request).unwrap();
    Ok(request.ops(board, &ADA)?.ops)
}

fn arranged(ids: &[usize], request: Value) -> (Board, Vec<ElementId>) {
    let (mut board, all) = boxes();
    let ids: Vec<ElementId> = ids.iter().map(|number| all[*number]).collect();
    let ops = ask(&board, &ids, request).unwrap();
    let guard = Guard::Any;
    let commit = Commit { cno: 1, guard, ops };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(&mut board, ADA.client, &commit);
    (board, all)
}

#[test]
fn edges_are_brought_in_line_and_groups_move_as_one() {
    let (board, ids) = arranged(&[0, 1, 2, 3, 4], json!({"action": "align", "to": "left"}));
    assert_eq!(
        (rect(&board, ids[3]).x0, rect(&board, ids[1]).x0),
        (-1.0, -1.0)
    );
    assert_eq!(rect(&board, ids[2]).x0, 59.0);
    assert!(board.get(ids[4]).unwrap().props.start().is_some());
    let (board, ids) = arranged(&[0, 3], json!({"action": "align", "to": "middle"}));
    assert_eq!(
        rect(&board, ids[0]).center().y,
        rect(&board, ids[3]).center().y
    );
}

#[test]
fn gaps_become_even() {
    let (board, ids) = arranged(
        &[3, 2, 1, 0],
        json!({"action": "distribute", "axis": "horizontal"}),
    );
    let gaps = (
        rect(&board, ids[1]).x0 - rect(&board, ids[0]).x1,
        rect(&board, ids[3]).x0 - rect(&board, ids[2]).x1,
    );
    assert!((gaps.0 - gaps.1).abs() < 1e-9, "{gaps:?}");
    assert_eq!(rect(&board, ids[3]).x1, 921.0);
}

#[test]
fn a_stack_follows_the_order_of_the_list() {
    let request = json!({"action": "stack", "axis": "vertical", "gap": 10});
    let (board, ids) = arranged(&[3, 0, 1, 2], request);
    let [small, large, group] = [3, 0, 1].map(|number: usize| rect(&board, ids[number]));
    assert_eq!((small.x0, small.y0), (899.0, 499.0));
    assert_eq!((large.x0, large.y0), (899.0, small.y1 + 10.0));
    assert_eq!((group.x0, group.y0), (899.0, large.y1 + 10.0));
}

#[test]
fn a_grid_has_equal_cells() {
    let (board, ids) = arranged(
        &[0, 1, 3, 2],
        json!({"action": "grid", "columns": 2, "gap": 0}),
    );
    let corner = |number: usize| {
        let own = rect(&board, ids[number]);
        (own.x0, own.y0)
    };
    assert_eq!(
        (corner(0), corner(1), corner(3)),
        ((-1.0, -1.0), (201.0, -1.0), (-1.0, 101.0))
    );
    let (board, ids) = arranged(&[0, 1, 2, 3], json!({"action": "grid"}));
    assert!(rect(&board, ids[3]).y0 > rect(&board, ids[0]).y1);
}

#[test]
fn groups_are_made_and_dissolved() {
    let groups = |board: &Board, id| board.get(id).unwrap().props.groups();
    let (board, ids) = arranged(&[0, 1, 2], json!({"action": "group"}));
    assert_eq!(groups(&board, ids[0]).len(), 1);
    assert_eq!(groups(&board, ids[1])[1], groups(&board, ids[0])[0]);
    let (board, ids) = arranged(&[1], json!({"action": "ungroup"}));
    assert!(groups(&board, ids[1]).is_empty() && groups(&board, ids[2]).is_empty());
}

#[test]
fn wrong_requests_are_refused() {
    let (board, ids) = boxes();
    let path = |ids: &[ElementId], request| {
        ask(&board, ids, request)
            .unwrap_err()
            .path()
            .map(str::to_owned)
            .unwrap()
    };
    assert_eq!(path(&ids[1..3], json!({"action": "group"})), "ids");
    let gap = json!({"action": "stack", "axis": "vertical", "gap": -1});
    assert_eq!(path(&ids, gap), "gap");
    assert_eq!(
        path(&ids, json!({"action": "grid", "columns": 0})),
        "columns"
    );
    let other = [ElementId::from_bytes([9; 16])];
    assert_eq!(path(&other, json!({"action": "ungroup"})), "ids[0]");
    for wrong in [
        json!({"action": "fly", "ids": []}),
        json!({"action": "group", "ids": [], "x": 1}),
    ] {
        assert!(
            serde_json::from_value::<Arrange>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
    for action in ["ungroup", "tidy"] {
        assert_eq!(path(&[], json!({ "action": action })), "ids");
    }
}
