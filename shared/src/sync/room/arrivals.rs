//! Stored commits arrive from the store, the broker or a read, in any order, and go into the
//! history one by one.

use crate::id::{ClientId, Epoch, Position, Seq};
use crate::op::{AuthoredCommit, Growth, cost};
use crate::protocol::StoredCommit;

use super::super::confirmed_state::decode_commit;
use super::super::recent_commits::RecentCommit;
use super::{Room, RoomEffect, StoreCall};

/// A commit that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its author, who may have left.
    pub author: ClientId,
}

impl Room {
    /// Commits came over the broker.
    pub fn on_commits(&mut self, epoch: Epoch, first: Seq, commits: Vec<StoredCommit>) {
        if epoch != self.at().epoch {
            self.reload();
            return;
        }
        for (at, commit) in (0..).zip(commits) {
            self.arrive(first.saturating_add(at), commit);
        }
    }

    /// Answers [`RoomEffect::ReadAfter`]: the commits after the position, or
    /// `None` if the store no longer has them.
    pub fn on_tail(&mut self, after: Position, tail: Option<Vec<(Seq, StoredCommit)>>) {
        self.health.answered(StoreCall::Read);
        if after.epoch != self.at().epoch || !self.pipeline.finish_reading() {
            return;
        }
        let Some(tail) = tail else {
            self.reload();
            return;
        };
        let more = !tail.is_empty();
        for (seq, commit) in tail {
            self.hold(seq, commit);
        }
        if more {
            // There may be another page. Commits that are still missing belong to the same gap.
            self.read_on();
        } else {
            self.counts.gaps_filled += 1;
        }
    }

    /// Takes a stored commit, and reads those that are missing before it.
    pub(super) fn arrive(&mut self, seq: Seq, commit: StoredCommit) {
        if self.hold(seq, commit) && self.pipeline.has_gap(self.at().seq) {
            self.read_gap();
        }
    }

    /// Holds a stored commit until it is its turn to be applied; false if it is known, or the board is being loaded anew.
    fn hold(&mut self, seq: Seq, commit: StoredCommit) -> bool {
        let is_new = !self.pipeline.is_suspended() && seq > self.at().seq;
        if is_new {
            self.pipeline.hold(seq, commit);
        }
        is_new
    }

    /// Whether [`Self::apply_next`] would apply a commit.
    #[must_use]
    pub fn has_ready(&self) -> bool {
        self.next_ready().is_some()
    }

    /// The estimated work of what [`Self::apply_next`] would do, in the units of `op::cost`: 0 if
    /// there is nothing to do.
    #[must_use]
    pub fn ready_work(&self) -> u64 {
        self.next_ready()
            .map_or(0, |commit| self.work(&decode_commit(commit)))
    }

    fn work(&self, authored: &AuthoredCommit) -> u64 {
        let (board, before) = (self.history.board(), Growth::default());
        cost(board, &before, authored.author, &authored.commit)
    }

    /// Whether a commit of a client has come in that is not in the history yet.
    #[must_use]
    pub fn awaits(&self, client: ClientId) -> bool {
        let mut to_come = self.pipeline.commits_to_come();
        to_come.any(|commit| commit.author == client)
    }

    fn next_ready(&self) -> Option<&StoredCommit> {
        let next = || self.pipeline.held(self.at().seq + 1);
        (!self.pipeline.is_suspended()).then(next).flatten()
    }

    /// Applies the next commit that has arrived, if there is one. The driver calls this after each
    /// call that takes commits, until nothing is ready. It may serve sessions in between, so that
    /// many or expensive commits delay other boards little.
    pub fn apply_next(&mut self) -> Option<Applied> {
        if !self.has_ready() {
            return None;
        }
        let commit = self.pipeline.take_held(self.at().seq + 1)?;
        let author = commit.author;
        self.advance(commit);
        if !self.has_ready() {
            self.start_batch();
        }
        Some(Applied { author })
    }

    /// Reads the missing commits, unless a read is under way already.
    pub(super) fn read_gap(&mut self) {
        if self.read_on() {
            self.counts.gaps_found += 1;
        }
    }

    /// Reads the commits after the last one that is held; false if a read is under way already.
    fn read_on(&mut self) -> bool {
        let starts = self.pipeline.start_reading();
        if starts {
            let Position { epoch, seq } = self.at();
            let seq = self.pipeline.held_up_to(seq);
            self.effects
                .push_back(RoomEffect::ReadAfter(Position { epoch, seq }));
        }
        starts
    }

    /// Applies the commit that follows.
    fn advance(&mut self, stored: StoredCommit) {
        let authored = decode_commit(&stored);
        let work = self.work(&authored);
        self.pipeline
            .remove_growth(authored.author, &authored.commit);
        self.deleted.note(self.history.board(), &authored.commit);
        self.history.push(&authored);
        let seq = self.at().seq;
        self.pipeline.drop_stored(stored.author, stored.cno);
        if let Ok(recent) = RecentCommit::new(seq, stored, authored) {
            self.compaction.commit_added(recent.frame.len(), work);
            self.ring.push(recent);
        }
        let filled = self.history.take_filled_pages();
        self.store_chat_pages(filled);
        self.wait_durable();
        self.compact();
    }
}
