//! Wrong requests, and the places that their errors name.

use serde_json::{Value, json};
use shared::model::Board;
use shared::protocol::Role;

use authoring::{Author, MAX_ENTRIES, Work, WorkError};

use crate::{ADA, ask};

fn path(work: &Value) -> String {
    let error = ask(&Board::new(), &ADA, work).unwrap_err();
    error.path().unwrap_or_else(|| panic!("{error}")).to_owned()
}

#[test]
fn an_error_names_its_place() {
    let sticky = |field: &str, value: Value| {
        let mut entry = json!({"kind": "sticky"});
        entry[field] = value;
        json!({"create": [{"kind": "text", "text": "a"}, entry]})
    };
    assert_eq!(path(&sticky("color", json!("mauve"))), "create[1].color");
    assert_eq!(path(&sticky("size", json!([1]))), "create[1].size");
    assert_eq!(path(&sticky("size", json!([-1, 1]))), "create[1].size");
    assert_eq!(path(&sticky("colour", json!("red"))), "create[1].colour");
    assert_eq!(path(&sticky("x", json!(1e9))), "create[1].x");
    assert_eq!(path(&sticky("near", json!("nothing"))), "create[1].near");
    assert_eq!(path(&sticky("frame", json!("nothing"))), "create[1].frame");
    assert_eq!(path(&sticky("children", json!([]))), "create[1].children");
    assert_eq!(
        path(&sticky("protected", json!(true))),
        "create[1].protected"
    );
    assert_eq!(
        path(&sticky("text", json!("a".repeat(20_001)))),
        "create[1].text"
    );
    assert_eq!(
        path(&sticky("start", json!({"to": "nothing"}))),
        "create[1].start.to"
    );
    assert_eq!(
        path(&sticky("groups", json!(["a", ""]))),
        "create[1].groups[1]"
    );
    assert_eq!(path(&json!({"create": [[]]})), "create[0]");
    assert_eq!(path(&json!({"create": [{}]})), "create[0].kind");
    assert_eq!(
        path(&json!({"create": [{"kind": "arrow"}]})),
        "create[0].points"
    );
    assert_eq!(
        path(&json!({"create": [{"kind": "arrow", "from": 3}]})),
        "create[0].from"
    );
    assert_eq!(path(&json!({"change": [{"color": "red"}]})), "change[0].id");
    assert_eq!(
        path(&json!({"change": [{"id": "nothing"}]})),
        "change[0].id"
    );
}

#[test]
fn children_and_ends_have_rules() {
    let frame = |child: Value| json!({"create": [{"kind": "frame", "children": [child]}]});
    let child = "create[0].children[0]";
    assert_eq!(
        path(&frame(json!({"kind": "frame"}))),
        format!("{child}.kind")
    );
    assert_eq!(
        path(&frame(json!({"kind": "text", "color": 1}))),
        format!("{child}.color")
    );
    assert_eq!(
        path(&frame(json!({"kind": "text", "frame": "a"}))),
        format!("{child}.frame")
    );
    let twice = json!([{"kind": "text", "id": "a"}, {"kind": "text", "id": "a"}]);
    assert_eq!(path(&json!({"create": twice})), "create[1].id");
    let to_line = json!([
        {"kind": "line", "id": "a", "points": [[0, 0], [1, 1]]},
        {"kind": "line", "from": "a", "points": [[0, 0]]},
    ]);
    assert_eq!(path(&json!({"create": to_line})), "create[1].start");
    let both = json!([{"kind": "line", "from": "a", "start": {"to": "a"}}]);
    assert_eq!(path(&json!({"create": both})), "create[0].from");
    let no_frame = json!([{"kind": "text", "id": "a"}, {"kind": "text", "frame": "a"}]);
    assert_eq!(path(&json!({"create": no_frame})), "create[1].frame");
}

#[test]
fn a_request_must_fit_one_commit() {
    let texts = |count: usize, text: &str| -> Value {
        let entry = json!({"kind": "text", "text": text});
        json!({"create": vec![entry; count]})
    };
    assert!(ask(&Board::new(), &ADA, &texts(MAX_ENTRIES, "a")).is_ok());
    for work in [texts(MAX_ENTRIES + 1, "a"), texts(30, &"a".repeat(20_000))] {
        let error = ask(&Board::new(), &ADA, &work).unwrap_err();
        assert!(matches!(error, WorkError::TooLarge(_)), "{error}");
        assert!(error.to_string().ends_with("send several smaller requests"));
    }
    let children = json!({"create": [{"kind": "frame", "children": vec![json!({}); MAX_ENTRIES]}]});
    let error = ask(&Board::new(), &ADA, &children).unwrap_err();
    assert!(matches!(error, WorkError::TooLarge(_)), "{error}");
}

#[test]
fn viewers_change_nothing_and_unknown_fields_are_refused() {
    let viewer = Author {
        role: Role::View,
        ..ADA
    };
    assert_eq!(
        ask(&Board::new(), &viewer, &json!({})),
        Err(WorkError::ReadOnly)
    );
    assert!(serde_json::from_value::<Work>(json!({"creates": []})).is_err());
}

#[test]
fn an_error_is_short_whatever_it_quotes() {
    let work = json!({"create": [{"kind": "a".repeat(100_000)}]});
    let error = ask(&Board::new(), &ADA, &work).unwrap_err();
    assert!(error.to_string().len() < 1_000, "{error}");
}
