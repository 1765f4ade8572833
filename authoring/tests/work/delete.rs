//! Deleted elements.

use serde_json::json;
use shared::model::Board;
use shared::op::Op;

use authoring::WorkError;

use crate::{ADA, ask, done, made, words};

#[test]
fn a_line_to_a_deleted_element_stays_where_it_is_shown() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "x": 0, "y": 0},
        {"kind": "rectangle", "id": "b", "x": 500, "y": 0},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]));
    let before = crate::rect(&board, ids[2]);
    let written = done(
        &mut board,
        &json!({"delete": [words(&ids)[1], words(&ids)[1]]}),
    );
    assert_eq!(
        (written.deleted.as_slice(), written.changed.as_slice()),
        (&ids[1..2], &ids[2..])
    );
    assert!(board.get(ids[1]).is_none());
    assert_eq!(board.get(ids[2]).unwrap().props.end(), None);
    let after = crate::rect(&board, ids[2]);
    assert!((before.x1 - after.x1).abs() < 0.1, "{before:?} {after:?}");
}

#[test]
fn many_elements_are_deleted_by_one_op() {
    let texts = (0..300).map(|_| json!({"kind": "text", "text": "a"}));
    let (board, ids) = made(&texts.collect());
    let written = ask(&board, &ADA, &json!({"delete": words(&ids)})).unwrap();
    assert!(matches!(written.ops.as_slice(), [Op::Delete { ids }] if ids.len() == 300));
}

#[test]
fn only_elements_of_the_board_are_deleted_and_no_locked_ones() {
    let (board, ids) = made(&json!([{"kind": "text", "text": "a", "locked": true}]));
    let id = words(&ids)[0].clone();
    let error = ask(&board, &ADA, &json!({"delete": [id]})).unwrap_err();
    assert!(matches!(error, WorkError::Locked { .. }), "{error}");
    let error = ask(&Board::new(), &ADA, &json!({"delete": ["start", id]})).unwrap_err();
    let path = "delete[0]".to_owned();
    assert_eq!(
        error,
        WorkError::Missing {
            path,
            id: "start".to_owned()
        }
    );
}

#[test]
fn what_is_deleted_leaves_room_and_no_element_to_refer_to() {
    let (mut board, ids) = made(&json!([{"kind": "rectangle", "x": 0, "y": 0}]));
    let id = words(&ids)[0].clone();
    let line = json!({"kind": "line", "from": id, "points": [[9, 9]]});
    let error = ask(
        &board,
        &crate::seed(2),
        &json!({"delete": [id], "create": [line]}),
    );
    assert!(matches!(error, Err(WorkError::Missing { .. })), "{error:?}");
    let work = json!({"delete": [id], "create": [{"kind": "rectangle"}]});
    let new = crate::done_by(&mut board, &crate::seed(2), &work).created[0];
    assert!(crate::rect(&board, new).center().x < 100.0);
}
