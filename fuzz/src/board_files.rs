//! Boards as JSON, which people open: read, written, read again, and written as a scene. Requests of
//! programs have elements in the same form.

use std::sync::Arc;

use formats::{excalidraw, json};
use shared::model::{Board, Element, ElementState, Scope};
use shared::op::Op;
use testkit::fixtures::client_id;

use crate::{history, requests};

/// Reads the bytes as requests of programs and as a board. Its elements are valid, and written again
/// they read the same.
pub fn run(data: &[u8]) {
    requests::run(data);
    let Ok(scene) = json::read(data) else { return };
    let mut board = Board::new();
    for new in &scene.elements {
        let put = Op::Put(Box::new(new.clone())).validate();
        assert!(put.is_ok(), "{put:?}");
        let element = Arc::new(Element::new(new.clone(), client_id(1)));
        let before = board.set_state(new.id, ElementState::Present(element));
        assert_eq!(before, ElementState::Absent, "ids are unique");
    }
    let written = json::to_string(&scene.title, &scene.elements);
    let again = json::read(written.as_bytes());
    let again = again.map(|again| json::to_string(&again.title, &again.elements));
    assert_eq!(again.as_deref(), Ok(written.as_str()));
    let scene = excalidraw::write(&board, &Scope::Board, None).json;
    assert!(serde_json::from_str::<serde_json::Value>(&scene).is_ok());
    history::look_at(&board);
}

/// A board with every kind of element, whole and element by element, and requests.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let whole = include_str!("../../formats/tests/json/version_1.json");
    let (head, rest) = whole.split_once('\n').unwrap_or_default();
    let elements = rest.lines().map(|line| line.trim_end_matches(','));
    let alone = elements.filter(|line| line.starts_with('{'));
    alone
        .map(|element| format!("{head}\n{element}\n]}}\n").into_bytes())
        .chain(requests::seeds())
        .collect()
}
