//! Elements as programs see them.

use authoring::{Filter, element_json};
use serde_json::{Value, json};
use shared::model::Board;

use crate::{ADA, ask, done_by, made, seed, words};

#[test]
fn what_is_shown_makes_an_equal_element_elsewhere() {
    let (board, ids) = made(&json!([
        {"kind": "rectangle", "id": "a", "text": "shape", "corner": 0, "align": "start"},
        {"kind": "sticky", "text": "note", "color": "black", "signed": ""},
        {"kind": "arrow", "from": "a", "points": [[900, 900]]},
        {"kind": "text", "text": "x".repeat(300)},
        {"kind": "frame", "name": "frame", "children": [{"kind": "ellipse"}]},
        {"kind": "stroke", "brush": "highlighter", "opacity": 0.5, "points": [[0, 0], [9, 9], [4, 1]]},
        {"kind": "path", "path": "M0 0L30 0L30 40Z", "x": 3, "y": 4},
    ]));
    let shown = |board: &Board, ids: &[_]| -> Vec<Value> {
        let all = ids
            .iter()
            .map(|id| element_json(board, board.get(*id).unwrap()));
        let mut all: Vec<Value> = all.collect();
        for value in &mut all {
            for field in ["id", "frame", "start"] {
                value.as_object_mut().unwrap().remove(field);
            }
        }
        all
    };
    let all: Vec<Value> = ids
        .iter()
        .map(|id| element_json(&board, board.get(*id).unwrap()))
        .collect();
    let mut other = Board::new();
    let copies = done_by(&mut other, &seed(2), &json!({"create": all})).created;
    assert_eq!(shown(&other, &copies), shown(&board, &ids));
    let arrow = other.get(copies[2]).unwrap();
    assert_eq!(arrow.props.start().map(|anchor| anchor.to), Some(copies[0]));
}

#[test]
fn bounds_are_shown() {
    let (board, ids) = made(&json!([{"kind": "rectangle", "x": 1, "y": 2, "size": [30, 40]}]));
    let value = element_json(&board, board.get(ids[0]).unwrap());
    assert_eq!(value["bounds"], json!([-1.0, 0.0, 33.0, 44.0]));
}

#[test]
fn a_filter_finds_kinds_texts_areas_and_ids() {
    let (board, ids) = made(&json!([
        {"kind": "sticky", "text": "Hello Ada", "x": 0, "y": 0},
        {"kind": "rectangle", "text": "hello", "x": 1000, "y": 0},
        {"kind": "frame", "name": "HELLO", "x": 0, "y": 1000},
        {"kind": "arrow", "points": [[5000, 5000], [6000, 6000]]},
    ]));
    let found = |query: Value| -> Vec<usize> {
        let filter: Filter = serde_json::from_value(query).unwrap();
        let elements = ids.iter().enumerate();
        let found = elements.filter(|(_, id)| filter.matches(&board, board.get(**id).unwrap()));
        found.map(|(number, _)| number).collect()
    };
    let id = words(&ids);
    assert_eq!(found(json!({})), [0, 1, 2, 3]);
    assert_eq!(found(json!({"kind": "sticky, frame"})), [0, 2]);
    assert_eq!(found(json!({"kind": "arrow"})), [3]);
    assert_eq!(found(json!({"text": "hELLO"})), [0, 1, 2]);
    assert_eq!(found(json!({"area": "800,300,900,0"})), [0; 0]);
    assert_eq!(found(json!({"area": "0,0,1050,50"})), [0, 1]);
    assert_eq!(
        found(json!({"id": format!("{},{}", id[1], id[3].split_at(12).1)})),
        [1, 3]
    );
    for wrong in [
        json!({"kind": "note"}),
        json!({"area": "1,2,3"}),
        json!({"area": "1,2,3,inf"}),
    ] {
        assert!(
            serde_json::from_value::<Filter>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
    assert!(ask(&board, &ADA, &json!({})).unwrap().ops.is_empty());
}
