//! What the importer makes of bytes, checked as a paste checks it.

use importer::Kind;
use shared::model::{Board, Element, ElementState};
use shared::op::Op;
use testkit::fixtures::client_id;

use crate::history;

/// Reads bytes as content of a kind; a board takes all elements, and paints them.
pub(crate) fn take(data: &[u8], kind: Kind, zoom: f64) {
    let imported = importer::read(data, kind, zoom);
    let mut board = Board::new();
    for new in imported.into_iter().flat_map(|it| it.elements) {
        let put = Op::Put(Box::new(new.clone())).validate();
        assert!(put.is_ok(), "{put:?}");
        let element = Element::new(new, client_id(1));
        let before = board.set_state(element.id, ElementState::Present(element.into()));
        assert_eq!(before, ElementState::Absent, "ids are unique");
    }
    history::look_at(&board);
}
