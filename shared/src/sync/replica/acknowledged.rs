//! Commits of this replica that the server acknowledged and that are not durable yet.

use std::collections::VecDeque;

use crate::id::{CommitNo, Seq};
use crate::op::Commit;

/// The most commits that are kept until they are durable. A store that never promises durability
/// must not fill the browser's memory.
const MAX_ACKNOWLEDGED: usize = 5_000;

/// Acknowledged commits that are not durable yet, each with its position in the history. They
/// ascend by position and by number.
#[derive(Debug, Default)]
pub(super) struct Acknowledged(VecDeque<(Seq, Commit)>);

impl Acknowledged {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a commit with its position.
    pub(super) fn push(&mut self, seq: Seq, commit: Commit) {
        self.0.push_back((seq, commit));
    }

    /// Drops the oldest commit if there are too many. Returns its number, which must be forgotten.
    pub(super) fn drop_excess(&mut self) -> Option<CommitNo> {
        let excess = self.0.len() > MAX_ACKNOWLEDGED;
        let oldest = excess.then(|| self.0.pop_front()).flatten();
        oldest.map(|(_, commit)| commit.cno)
    }

    pub(super) fn contains(&self, cno: CommitNo) -> bool {
        self.0.iter().any(|(_, commit)| commit.cno == cno)
    }

    /// Gives a commit another position.
    pub(super) fn move_to(&mut self, cno: CommitNo, to: Seq) {
        for (seq, commit) in &mut self.0 {
            if commit.cno == cno {
                *seq = to;
            }
        }
    }

    /// Gives all commits one position, by which a new history contains all of them.
    pub(super) fn move_all_to(&mut self, to: Seq) {
        for (seq, _) in &mut self.0 {
            *seq = to;
        }
    }

    /// Everything up to `durable` is durable. Returns the last number that may be forgotten, if
    /// any.
    pub(super) fn drop_durable(&mut self, durable: Seq) -> Option<CommitNo> {
        let mut last = None;
        while let Some((_, commit)) = self.0.pop_front_if(|(seq, _)| *seq <= durable) {
            last = Some(commit.cno);
        }
        last
    }

    /// Removes the commits after a number, ascending.
    pub(super) fn take_after(
        &mut self,
        last_cno: CommitNo,
    ) -> impl DoubleEndedIterator<Item = Commit> {
        let mut commits = self.0.iter();
        let kept = commits.position(|(_, commit)| commit.cno > last_cno);
        let taken = self.0.split_off(kept.unwrap_or(self.0.len()));
        taken.into_iter().map(|(_, commit)| commit)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
