//! Any JSON is done or refused.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use shared::model::Board;
use shared::op::{Commit, Guard, apply_commit};

use authoring::{Work, element_json};

use crate::{ADA, made, seed, words};

/// Words that mean something in a request, and others.
const WORDS: [&str; 34] = [
    "kind",
    "id",
    "x",
    "y",
    "size",
    "text",
    "from",
    "to",
    "near",
    "children",
    "points",
    "ink",
    "start",
    "end",
    "frame",
    "groups",
    "by",
    "color",
    "rectangle",
    "line",
    "arrow",
    "text",
    "sticky",
    "frame",
    "stroke",
    "path",
    "image",
    "a",
    "b",
    "crop",
    "picture",
    "at",
    "bold",
    "M0 0L9 9",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => ".{0,3}",
        1 => (0_usize..8).prop_map(|number| words(&sample().1)[number].clone()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-20_i32..900).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            fields(inner),
        ]
    })
}

fn fields(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let fields = proptest::collection::vec((word(), value), 0..5);
    fields.prop_map(|fields| Value::Object(Map::from_iter(fields)))
}

/// An entry that is nearly right: a kind, and any other fields.
fn entry() -> impl Strategy<Value = Value> {
    let kind = proptest::sample::select(WORDS[18..27].to_vec());
    (kind, fields(value())).prop_map(|(kind, mut entry)| {
        entry["kind"] = json!(kind);
        if kind == "line" || kind == "arrow" {
            entry["points"] = json!([[0, 0], [9, 9]]);
        }
        entry
    })
}

fn sample() -> (Board, Vec<shared::id::ElementId>) {
    made(&json!([
        {"kind": "rectangle", "id": "a", "text": "shape"},
        {"kind": "text", "id": "b", "text": "text"},
        {"kind": "sticky", "text": "note"},
        {"kind": "frame", "name": "frame", "children": [{"kind": "sticky"}]},
        {"kind": "arrow", "from": "a", "to": "b"},
        {"kind": "stroke", "points": [[0, 0], [9, 9], [4, 1]]},
        {"kind": "path", "path": "M0 0L30 0L30 40Z"},
    ]))
}

fn checked(work: &Work) {
    let (mut board, _) = sample();
    let Ok(written) = work.ops(&board, &seed(9)) else {
        return;
    };
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops: written.ops,
    };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(&mut board, ADA.client, &commit);
    for id in &written.created {
        let element = board.get(*id).expect("a new element is on the board");
        assert!(element_json(&board, element).is_object());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_entries_are_created_or_refused(
        create in proptest::collection::vec(prop_oneof![3 => entry(), 1 => value()], 0..4),
    ) {
        checked(&Work { create, ..Work::default() });
    }

    #[test]
    fn any_changes_are_made_or_refused(change in value(), number in 0_usize..8) {
        let (_, ids) = sample();
        let mut change = change;
        if let Some(fields) = change.as_object_mut() {
            fields.insert("id".to_owned(), json!(words(&ids)[number]));
        }
        checked(&Work { change: vec![change], ..Work::default() });
    }

    #[test]
    fn any_single_field_is_changed_or_refused(field in word(), value in value(), number in 0_usize..8) {
        let (_, ids) = sample();
        let mut change = json!({"id": words(&ids)[number]});
        if field != "id" {
            change[&field] = value;
        }
        checked(&Work { change: vec![change], delete: vec![field], ..Work::default() });
    }
}
