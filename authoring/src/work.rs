//! A request of a program, and the ops that do what it asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::id::{ClientId, ElementId};
use shared::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_WORK, MAX_OPS_PER_COMMIT};
use shared::model::Board;
use shared::op::{Commit, Growth, Guard, Op, apply_commit, cost};
use shared::protocol::codec;

use crate::author::Author;
use crate::change;
use crate::create;
use crate::delete;
use crate::error::WorkError;
use crate::names::Names;

/// Entries of one request, children of frames included: as many as a commit takes ops. Few changes
/// need more than one op.
pub const MAX_ENTRIES: usize = MAX_OPS_PER_COMMIT;

/// A request: what a program asks for. All of it happens in one commit, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// New elements, from the bottom of the stack to the top.
    pub create: Vec<Value>,
    /// Changes: an `id`, and the fields to change.
    pub change: Vec<Value>,
    /// Ids of elements to delete.
    pub delete: Vec<String>,
}

/// What a request becomes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The ops of one commit. Empty if nothing changes.
    pub ops: Vec<Op>,
    /// The new elements, in the order of the request; the children of a frame follow it.
    pub created: Vec<ElementId>,
    /// The words of the request with the elements that they name.
    pub words: BTreeMap<String, ElementId>,
    /// The elements that change, also those that go along with others.
    pub changed: Vec<ElementId>,
    /// The elements that are deleted.
    pub deleted: Vec<ElementId>,
}

impl Work {
    /// The ops that do what the request asks for on this board.
    ///
    /// # Errors
    /// The first fault of the request, with its place.
    pub fn ops(&self, board: &Board, author: &Author<'_>) -> Result<Written, WorkError> {
        if !author.role.may_draw() {
            return Err(WorkError::ReadOnly);
        }
        self.check_length()?;
        let names = Names::new(board, author.seed);
        let gone = delete::ids(&self.delete, board, &names, author.role)?;
        let mut ops = change::ops(&self.change, board, (names, &gone), author)?;
        ops.extend(delete::ops(board, &gone));
        let after = (!ops.is_empty() && !self.create.is_empty())
            .then(|| applied(board, author, ops.clone()));
        let board_then = after.as_ref().unwrap_or(board);
        let mut names = Names::new(board_then, author.seed);
        let created = create::elements(&self.create, board_then, &mut names, author)?;
        let ids = created.ids();
        ops.extend(created.ops());
        let ops = fitting(ops, board, author.client)?;
        Ok(Written {
            changed: changed(&ops),
            ops,
            created: ids,
            words: names.words().clone(),
            deleted: gone.into_iter().collect(),
        })
    }

    fn check_length(&self) -> Result<(), WorkError> {
        let children = self.create.iter().filter_map(|it| it.get("children"));
        let children = children.filter_map(Value::as_array).map(Vec::len);
        let entries = self.create.len() + self.change.len() + self.delete.len();
        let entries = entries + children.sum::<usize>();
        if entries > MAX_ENTRIES {
            let reason = format!("a request has at most {MAX_ENTRIES} entries, not {entries}");
            return Err(WorkError::TooLarge(reason));
        }
        Ok(())
    }
}

/// The board with some ops applied.
fn applied(board: &Board, author: &Author<'_>, ops: Vec<Op>) -> Board {
    let mut after = board.clone();
    apply_commit(&mut after, author.client, &commit(ops));
    after
}

fn commit(ops: Vec<Op>) -> Commit {
    Commit {
        cno: 1,
        guard: Guard::Any,
        ops,
    }
}

/// The ops, if one commit can hold them.
pub(crate) fn fitting(ops: Vec<Op>, board: &Board, client: ClientId) -> Result<Vec<Op>, WorkError> {
    let commit = commit(ops);
    let too_large = |reason: String| Err(WorkError::TooLarge(reason));
    if let Err(invalid) = commit.validate() {
        return too_large(format!("the request does not fit one commit: {invalid}"));
    }
    let bytes = codec::encode(&commit).map_or(usize::MAX, |bytes| bytes.len());
    if bytes > MAX_COMMIT_BYTES {
        return too_large(format!(
            "the request has {bytes} bytes as a commit, at most {MAX_COMMIT_BYTES} fit"
        ));
    }
    if cost(board, &Growth::default(), client, &commit) > MAX_COMMIT_WORK {
        return too_large("the request is too much work for one commit".to_owned());
    }
    Ok(commit.ops)
}

/// The elements that ops change, each once, in their order.
pub(crate) fn changed(ops: &[Op]) -> Vec<ElementId> {
    let mut seen = BTreeSet::new();
    let ids = ops.iter().filter_map(|op| match op {
        Op::Set { id, .. } | Op::Text { id, .. } => Some(*id),
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Delete { .. }
        | Op::Restore(_)
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => None,
    });
    ids.filter(|id| seen.insert(*id)).collect()
}
