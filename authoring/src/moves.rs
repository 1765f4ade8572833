//! Moves of elements, with those that go along: the members of frames, and lines between elements
//! that move.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::ElementId;
use shared::model::affected::{affected, changed_props, frame_after};
use shared::model::{Board, Transform};
use shared::op::Op;

use crate::frames::Frames;

/// The moves that a request wants. Those by the same way belong together: a line between two
/// elements stays bound if both of them move with it.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    /// The elements that move, by the bits of their ways.
    ways: BTreeMap<[u64; 2], BTreeSet<ElementId>>,
    /// Elements that are put to places of their own. Only their company moves.
    placed: BTreeSet<ElementId>,
}

impl Moves {
    /// Moves an element.
    pub(crate) fn add(&mut self, id: ElementId, by: [f64; 2]) {
        let way = by.map(f64::to_bits);
        self.ways.entry(way).or_default().insert(id);
    }

    /// Leaves an element to the ops that put it elsewhere.
    pub(crate) fn leave(&mut self, id: ElementId) {
        self.placed.insert(id);
    }

    /// The ops of all moves. An element moves once.
    pub(crate) fn ops(self, board: &Board, frames: &Frames<'_>) -> Vec<Op> {
        let named: BTreeSet<ElementId> = self.ways.values().flatten().copied().collect();
        let mut done = self.placed;
        let mut ops = Vec::new();
        for (way, ids) in self.ways {
            let all = affected(board, &ids);
            let transform = Transform::Move(way.map(f64::from_bits));
            for element in all.iter().filter_map(|id| board.get(*id)) {
                let id = element.id;
                let goes_another_way = named.contains(&id) && !ids.contains(&id);
                if goes_another_way || !done.insert(id) {
                    continue;
                }
                let found = |at| frames.at(at, &|id| all.contains(&id));
                let props = changed_props(board, element, &all, &transform);
                let frame = frame_after(board, element, &all, &transform, &found);
                ops.extend(
                    props
                        .into_iter()
                        .chain(frame)
                        .map(|prop| Op::Set { id, prop }),
                );
            }
        }
        ops
    }
}
