//! Commits of this replica that have a place in the history and are not durable yet.

use std::collections::VecDeque;

use crate::id::{CommitNo, Seq};
use crate::op::Commit;

/// The most commits that are kept until they are durable. A store that never promises durability
/// must not fill the browser's memory.
const MAX_PLACED: usize = 5_000;

/// Placed commits that are not durable yet. They ascend by place and by number.
#[derive(Debug, Default)]
pub(super) struct Placed(VecDeque<(Seq, Commit)>);

impl Placed {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a commit with its place.
    pub(super) fn push(&mut self, seq: Seq, commit: Commit) {
        self.0.push_back((seq, commit));
    }

    /// Drops the oldest commit if there are too many. Returns its number, which must be forgotten.
    pub(super) fn drop_excess(&mut self) -> Option<CommitNo> {
        let excess = self.0.len() > MAX_PLACED;
        let oldest = excess.then(|| self.0.pop_front()).flatten();
        oldest.map(|(_, commit)| commit.cno)
    }

    pub(super) fn contains(&self, cno: CommitNo) -> bool {
        self.0.iter().any(|(_, commit)| commit.cno == cno)
    }

    /// Gives a commit another place.
    pub(super) fn move_to(&mut self, cno: CommitNo, place: Seq) {
        for (seq, commit) in &mut self.0 {
            if commit.cno == cno {
                *seq = place;
            }
        }
    }

    /// Gives all commits the same place: a new history holds all of them by then.
    pub(super) fn move_all_to(&mut self, place: Seq) {
        for (seq, _) in &mut self.0 {
            *seq = place;
        }
    }

    /// Everything up to a place is durable. Returns the last number that may be forgotten, if
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
