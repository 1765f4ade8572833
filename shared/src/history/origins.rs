//! Finds out who put elements on a board and who changed them last.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ClientId, ElementId, Seq};
use crate::model::{Board, Prop};
use crate::op::{AuthoredCommit, Commit, Op, apply_commit};

/// A change of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The client that made it.
    pub by: ClientId,
    /// Its place in the log.
    pub seq: Seq,
}

/// The first and the last change of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The commit that put it on the board.
    pub created: Change,
    /// The last commit that changed it; `None` if none did.
    pub changed: Option<Change>,
}

/// Follows some elements through a log.
#[derive(Debug)]
pub struct Origins {
    wanted: BTreeSet<ElementId>,
    /// The wanted elements alone: what happens to an element does not depend on others.
    board: Board,
    found: BTreeMap<ElementId, Origin>,
}

impl Origins {
    /// Follows these elements from an empty board on.
    #[must_use]
    pub fn of(wanted: BTreeSet<ElementId>) -> Self {
        Self {
            wanted,
            board: Board::new(),
            found: BTreeMap::new(),
        }
    }

    /// Takes the next commit of the log.
    pub fn push(&mut self, seq: Seq, authored: &AuthoredCommit) {
        let by = authored.author;
        for op in &authored.commit.ops {
            let Some(op) = self.wanted_part(op) else {
                continue;
            };
            let is_shown = shows(&op);
            let commit = Commit {
                cno: authored.commit.cno,
                guard: authored.commit.guard.clone(),
                ops: vec![op],
            };
            let before = apply_commit(&mut self.board, by, &commit);
            for (id, state) in before.before() {
                if self.board.state(id) != *state {
                    note(&mut self.found, id, Change { by, seq }, is_shown);
                }
            }
        }
    }

    /// The origins of those elements that are on the board now.
    pub fn found(&self) -> impl Iterator<Item = (ElementId, Origin)> + '_ {
        let on_board = |(id, _): &(&ElementId, &Origin)| self.board.get(**id).is_some();
        let found = self.found.iter().filter(on_board);
        found.map(|(id, origin)| (*id, *origin))
    }

    /// The op for wanted elements only.
    fn wanted_part(&self, op: &Op) -> Option<Op> {
        let is_wanted = match op {
            Op::Put(new) | Op::Restore(new) => self.wanted.contains(&new.id),
            Op::Extend { id, .. }
            | Op::Set { id, .. }
            | Op::Text { id, .. }
            | Op::Erase { id, .. }
            | Op::Unerase { id, .. } => self.wanted.contains(id),
            Op::Delete { ids } => {
                let ids = ids.iter().filter(|id| self.wanted.contains(id));
                let ids: Vec<ElementId> = ids.copied().collect();
                return (!ids.is_empty()).then_some(Op::Delete { ids });
            }
            Op::Chat(_) => false,
        };
        is_wanted.then(|| op.clone())
    }
}

/// Whether an op is a change that people see: the points of a stroke that is being drawn belong to
/// its beginning, and pages add measures by themselves.
const fn shows(op: &Op) -> bool {
    match op {
        Op::Extend { .. }
        | Op::Set {
            id: _,
            prop: Prop::Measures(_),
        }
        | Op::Chat(_) => false,
        Op::Put(_)
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Restore(_)
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. } => true,
    }
}

fn note(found: &mut BTreeMap<ElementId, Origin>, id: ElementId, change: Change, is_shown: bool) {
    match found.get_mut(&id) {
        Some(origin) if is_shown => origin.changed = Some(change),
        Some(_) => {}
        None => {
            let created = Origin {
                created: change,
                changed: None,
            };
            found.insert(id, created);
        }
    }
}
