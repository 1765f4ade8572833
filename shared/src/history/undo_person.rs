//! Undoes all that one person did.
//!
//! The log is replayed twice at the same time: as it is, and without the commits of the person. Where
//! the two boards differ and the person made the difference, the ops lead from the one to the other.
//! Work that others did later stays: an element that others changed is not removed, and a property
//! that others set last is not set.

use std::collections::BTreeSet;

use crate::id::{ClientId, ElementId, Seq};
use crate::limits::MAX_ERASED_RANGES;
use crate::model::{Board, Element, ElementState, ErasedRange, Erasure, PropKey};
use crate::op::{AuthoredCommit, Guard, Op, apply_commit};

use super::lost::brought_back;

/// Replays a log with and without the work of one person.
#[derive(Debug)]
pub struct WorkOfPerson {
    /// The clients of the person, in ascending order.
    clients: Vec<ClientId>,
    /// Commits up to this one stay.
    after: Seq,
    now: Board,
    without: Board,
    touched: BTreeSet<ElementId>,
}

impl WorkOfPerson {
    /// Follows the work of these clients after a position; 0 is the beginning of the log.
    #[must_use]
    pub fn new(clients: &BTreeSet<ClientId>, after: Seq) -> Self {
        Self {
            clients: clients.iter().copied().collect(),
            after,
            now: Board::new(),
            without: Board::new(),
            touched: BTreeSet::new(),
        }
    }

    /// Takes the next commit of the log.
    pub fn push(&mut self, seq: Seq, AuthoredCommit { author, commit }: &AuthoredCommit) {
        let before = apply_commit(&mut self.now, *author, commit);
        if seq > self.after && self.has(*author) {
            self.touched.extend(before.touched());
        } else {
            apply_commit(&mut self.without, *author, commit);
        }
    }

    /// The guard of the commit that undoes the work.
    #[must_use]
    pub fn guard(&self) -> Guard {
        Guard::WorkOf(self.clients.clone())
    }

    /// The ops that undo the work of the person on the board as it is after the last commit. They
    /// belong in a commit with [`Self::guard`].
    #[must_use]
    pub fn undo(&self) -> Vec<Op> {
        let mut removals = Vec::new();
        let mut changes = Vec::new();
        for id in &self.touched {
            match (self.now.state(*id), self.without.get(*id)) {
                (ElementState::Present(now), None) => {
                    if now.is_work_of(&self.clients) {
                        removals.push(*id);
                    }
                }
                (ElementState::Present(now), Some(without)) => {
                    self.change_back(&now, without, &mut changes);
                }
                (ElementState::Deleted(tombstone), Some(without)) => {
                    if self.has(tombstone.by) {
                        changes.push(brought_back(without.to_new(), &self.now));
                    }
                }
                (ElementState::Absent, Some(without)) => {
                    changes.push(brought_back(without.to_new(), &self.now));
                }
                (ElementState::Deleted(_) | ElementState::Absent, None) => {}
            }
        }
        changes.extend(removals.into_iter().map(|id| Op::Delete { ids: vec![id] }));
        changes
    }

    fn has(&self, client: ClientId) -> bool {
        self.clients.binary_search(&client).is_ok()
    }

    /// The ops that give an element what it would show without the person.
    fn change_back(&self, now: &Element, without: &Element, ops: &mut Vec<Op>) {
        let id = now.id;
        for key in PropKey::ALL {
            // The text is edited below; measures have no writer.
            let has_value = !matches!(key, PropKey::Text | PropKey::Measures);
            if has_value && self.has(now.writer(*key)) {
                let prop = without.props.get(*key);
                if prop != now.props.get(*key) {
                    ops.push(Op::Set { id, prop });
                }
            }
        }
        self.change_erasures_back(now, without, ops);
        let may_mark = self.has(now.writer(PropKey::Text));
        let edits = now
            .text
            .edits_towards(&without.text, &self.clients, may_mark);
        ops.extend(edits.into_iter().map(|edit| Op::Text { id, edit }));
    }

    fn change_erasures_back(&self, now: &Element, without: &Element, ops: &mut Vec<Op>) {
        let (now_erased, then_erased) = (now.erasures(), without.erasures());
        let only_in = |these: &[Erasure], others: &[Erasure]| {
            let mut spans: Vec<ErasedRange> = Vec::new();
            for erasure in these {
                let is_theirs = self.has(erasure.by) && !others.contains(erasure);
                if is_theirs && !spans.contains(&erasure.span) {
                    spans.push(erasure.span);
                }
            }
            spans.truncate(MAX_ERASED_RANGES);
            spans
        };
        let id = now.id;
        let spans = only_in(now_erased, then_erased);
        if !spans.is_empty() {
            ops.push(Op::Unerase { id, spans });
        }
        let spans = only_in(then_erased, now_erased);
        if !spans.is_empty() {
            ops.push(Op::Erase { id, spans });
        }
    }
}
