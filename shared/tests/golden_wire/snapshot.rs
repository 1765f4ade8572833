//! Snapshots, as they are sent and stored.

use std::sync::Arc;

use shared::chat::Chat;
use shared::id::ElementId;
use shared::model::board::Tombstone;
use shared::model::{Board, Element, ElementState, PropKey};
use shared::sync::{Section, Snapshot};

use crate::sample::{Sample, at, me, new_element, other, sample};

pub(crate) fn samples() -> Vec<Sample> {
    let empty = Snapshot {
        at: at(0),
        board: Board::new(),
        authors: [].into(),
        chat: Chat::default(),
    };
    let mut board = Board::new();
    let element = Element::new(new_element(false), me());
    board.set_state(element.id, ElementState::Present(Arc::new(element)));
    board.set_deletions(1);
    let tombstone = Tombstone {
        author: me(),
        by: other(),
        number: 0,
        writers: Default::default(),
    };
    board.set_state(
        ElementId::from_bytes([0x22; 16]),
        ElementState::Deleted(tombstone.clone()),
    );
    let section = Section {
        at: at(3),
        deletions: 1,
        elements: vec![Element::new(new_element(false), me())],
        tombstones: vec![(ElementId::from_bytes([0x22; 16]), tombstone.clone())],
        authors: vec![(me(), 2), (other(), 1)],
    };
    let full = Snapshot {
        at: at(3),
        board,
        authors: [(me(), 2), (other(), 1)].into(),
        chat: Chat::default(),
    };
    let with_chat = Snapshot {
        chat: crate::chat::chat(),
        ..empty.clone()
    };
    let tombstone = Tombstone {
        author: me(),
        by: me(),
        number: 0,
        writers: [(PropKey::Color, other()), (PropKey::Text, other())].into(),
    };
    vec![
        sample("snapshot.tombstone", tombstone),
        sample("snapshot.empty", empty),
        sample("snapshot.full", full),
        sample("section", section),
        sample("snapshot.chat", with_chat),
    ]
}
