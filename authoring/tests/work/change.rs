//! Changes of elements.

use serde_json::{Value, json};
use shared::id::{ClientId, ElementId};
use shared::model::{Board, Color, Marks, PropKey};
use shared::op::Op;
use shared::protocol::Role;

use authoring::{Author, WorkError, element_json};

use crate::{ADA, ask, done, done_by, made, words};

const OWNER: Author<'_> = Author {
    role: Role::Owner,
    ..ADA
};

/// One element of each kind.
fn one_of_each() -> (Board, Vec<ElementId>) {
    let picture =
        json!({"sha256": "0".repeat(64), "media_type": "image/png", "width": 9, "height": 9});
    made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0, "text": "shape"},
        {"kind": "line", "points": [[0, 0], [9, 9]]},
        {"kind": "text", "text": "text"},
        {"kind": "sticky", "text": "note"},
        {"kind": "frame", "name": "frame"},
        {"kind": "stroke", "points": [[0, 0], [9, 9], [4, 1]]},
        {"kind": "path", "path": "M0 0L30 0L30 40Z"},
        {"kind": "image", "picture": picture},
    ]))
}

#[test]
fn each_property_can_be_changed_and_set_back() {
    let (mut board, ids) = one_of_each();
    let id = words(&ids);
    let other =
        json!({"sha256": "1".repeat(64), "media_type": "image/png", "width": 9, "height": 9});
    let values = [
        (0, "x", json!(7)),
        (0, "y", json!(8)),
        (0, "color", json!("red")),
        (0, "line_width", json!(2)),
        (0, "opacity", json!(0.5)),
        (0, "angle", json!(1)),
        (5, "scale", json!([2, 2])),
        (0, "size", json!([300, 200])),
        (0, "filling", json!("tint")),
        (0, "fill", json!("#00ff00")),
        (0, "outlined", json!(false)),
        (0, "dash", json!("dashed")),
        (0, "corner", json!(3)),
        (1, "points", json!([[0, 0], [5, 5]])),
        (1, "route", json!("elbow")),
        (1, "heads", json!(["dot", "bar"])),
        (1, "start", json!({"to": id[0]})),
        (1, "end", json!({"to": id[3], "at": [0, 0]})),
        (1, "kept_segments", json!([{"vertical": 5}])),
        (1, "text_position", json!(0.25)),
        (0, "groups", json!(["g"])),
        (0, "frame", json!(id[4])),
        (4, "name", json!("Plan")),
        (2, "font", json!("mono")),
        (2, "text_size", json!(40)),
        (0, "align", json!("end")),
        (7, "picture", other),
        (7, "alternative_text", json!("A cat")),
        (
            7,
            "crop",
            json!({"left": 0, "top": 0, "right": 0.5, "bottom": 1}),
        ),
        (0, "locked", json!(true)),
    ];
    for (number, field, value) in values {
        let before = board.get(ids[number]).unwrap().props.clone();
        let mut change = json!({"id": id[number]});
        change[field] = value.clone();
        let written = done(&mut board, &json!({"change": [change.clone()]}));
        assert_eq!(written.changed, [ids[number]], "{field}");
        assert!(
            done(&mut board, &json!({"change": [change.clone()]}))
                .ops
                .is_empty(),
            "{field}"
        );
        let shown = element_json(&board, board.get(ids[number]).unwrap());
        if !["groups", "frame"].contains(&field) && value.is_string() {
            assert_eq!(shown[field], value);
        }
        let old = before.get(written_key(&written.ops));
        assert_ne!(
            board.get(ids[number]).unwrap().props.get(old.key()),
            old,
            "{field}"
        );
    }
    done(
        &mut board,
        &json!({"change": [{"id": id[0], "locked": null, "color": null}]}),
    );
    assert_eq!(board.get(ids[0]).unwrap().props.color, Color::Black);
}

fn written_key(ops: &[Op]) -> PropKey {
    match &ops[0] {
        Op::Set { prop, .. } => prop.key(),
        _ => panic!("no property was set: {ops:?}"),
    }
}

#[test]
fn a_changed_text_keeps_what_stays_and_gets_its_styles() {
    let (mut board, ids) = made(&json!([{"kind": "sticky", "text": "one two three"}]));
    let ben = Author {
        client: ClientId::from_bytes([2; 16]),
        ..ADA
    };
    let text = json!([{"text": "one "}, {"text": "2", "bold": true}, {"text": " three"}]);
    let work = json!({"change": [{"id": words(&ids)[0], "text": text}]});
    let written = done_by(&mut board, &ben, &work);
    assert!(written.ops.iter().all(|op| matches!(op, Op::Text { .. })));
    let text = &board.get(ids[0]).unwrap().text;
    assert_eq!(text.plain(), "one 2 three");
    let bold = text.chars().filter(|letter| letter.marks == Marks::BOLD);
    assert_eq!(bold.map(|letter| letter.letter).collect::<String>(), "2");
    assert_eq!(
        text.chars()
            .filter(|letter| letter.id.by == ben.client)
            .count(),
        1
    );
    assert!(done_by(&mut board, &ben, &work).ops.is_empty());
}

#[test]
fn what_a_program_was_shown_can_be_sent_back() {
    let (mut board, ids) = one_of_each();
    let all: Vec<Value> = ids
        .iter()
        .map(|id| element_json(&board, board.get(*id).unwrap()))
        .collect();
    assert!(done(&mut board, &json!({"change": all})).ops.is_empty());
}

#[test]
fn kinds_ink_and_paths_never_change() {
    let (board, ids) = one_of_each();
    let id = words(&ids);
    for (number, field, value) in [
        (0, "kind", json!("ellipse")),
        (5, "ink", json!([[0, 0]])),
        (6, "path", json!("M0 0L9 9")),
        (6, "view", json!([5, 5])),
        (5, "brush", json!("highlighter")),
    ] {
        let mut change = json!({"id": id[number]});
        change[field] = value;
        let error = ask(&board, &ADA, &json!({"change": [change]})).unwrap_err();
        assert_eq!(error.path(), Some(format!("change[0].{field}").as_str()));
    }
    let same = json!({"change": [{"id": id[0], "kind": "rectangle", "color": "red"}]});
    assert_eq!(ask(&board, &ADA, &same).unwrap().changed, [ids[0]]);
}

#[test]
fn a_frame_moves_with_its_members_and_lines_between_moving_elements_go_along() {
    let (mut board, ids) = made(&json!([
        {"kind": "frame", "x": 0, "y": 0, "children": [{"kind": "sticky", "x": 10, "y": 10}]},
        {"kind": "rectangle", "id": "a", "x": 2000, "y": 0},
        {"kind": "rectangle", "id": "b", "x": 3000, "y": 0},
        {"kind": "arrow", "from": "a", "to": "b"},
    ]));
    let id = words(&ids);
    let place = |board: &Board, number: usize| {
        let at = board.get(ids[number]).unwrap().props.at;
        (at.x, at.y)
    };
    done(
        &mut board,
        &json!({"change": [{"id": id[0], "by": [5, 6]}]}),
    );
    assert_eq!(
        (place(&board, 0), place(&board, 1)),
        ((5.0, 6.0), (15.0, 16.0))
    );
    done(&mut board, &json!({"change": [{"id": id[0], "x": 105}]}));
    assert_eq!(
        (place(&board, 0), place(&board, 1)),
        ((105.0, 6.0), (115.0, 16.0))
    );
    let both = json!({"change": [{"id": id[2], "by": [9, 9]}, {"id": id[3], "by": [9, 9]}]});
    let written = done(&mut board, &both);
    assert_eq!(written.changed.len(), 3);
    assert!(board.get(ids[4]).unwrap().props.start().is_some());
    done(
        &mut board,
        &json!({"change": [{"id": id[4], "by": [9, 9]}]}),
    );
    assert!(board.get(ids[4]).unwrap().props.start().is_none());
}

#[test]
fn an_element_that_is_moved_into_a_frame_belongs_to_it() {
    let (mut board, ids) = made(&json!([
        {"kind": "frame", "x": 0, "y": 0, "size": [500, 500]},
        {"kind": "rectangle", "x": 1000, "y": 0},
        {"kind": "rectangle", "x": 1000, "y": 200},
    ]));
    let id = words(&ids);
    let changes = json!([{"id": id[1], "x": 50}, {"id": id[2], "by": [-950, 0]}]);
    done(&mut board, &json!({"change": changes}));
    let frame = |number: usize| board.get(ids[number]).unwrap().props.frame();
    assert_eq!((frame(1), frame(2)), (Some(ids[0]), Some(ids[0])));
}

#[test]
fn locked_and_protected_elements_stay() {
    let (mut board, ids) = made(&json!([{"kind": "rectangle", "locked": true}]));
    let id = words(&ids)[0].clone();
    for change in [
        json!({"id": id, "color": "red"}),
        json!({"id": id, "by": [1, 1]}),
    ] {
        let error = ask(&board, &OWNER, &json!({"change": [change]})).unwrap_err();
        assert!(matches!(error, WorkError::Locked { .. }), "{error}");
    }
    let unlock = json!({"change": [{"id": id, "locked": false, "color": "red"}]});
    assert_eq!(done(&mut board, &unlock).ops.len(), 2);
    let protect = json!({"change": [{"id": id, "protected": true}]});
    let error = ask(&board, &ADA, &protect).unwrap_err();
    assert!(matches!(error, WorkError::Protected { .. }), "{error}");
    done_by(&mut board, &OWNER, &protect);
    assert!(board.get(ids[0]).unwrap().props.locked());
    for change in [
        json!({"id": id, "locked": false}),
        json!({"id": id, "text": "a"}),
    ] {
        let error = ask(&board, &ADA, &json!({"change": [change]})).unwrap_err();
        assert!(matches!(error, WorkError::Protected { .. }), "{error}");
    }
}
