//! Commits of this replica that are not durable yet: they wait for an
//! acknowledgement, or they have one and wait until they are durable.

use std::collections::VecDeque;

use crate::id::{ClientId, CommitNo, Millis, Seq};
use crate::model::Board;
use crate::op::{Commit, Rollback, apply_commit};

use super::acknowledged::Acknowledged;
use super::changes::ChangeTracker;
use super::relation::Relation;
use super::{Change, status};

/// A commit without an acknowledgement, applied to the shown board.
#[derive(Debug)]
struct Waiting {
    commit: Commit,
    undo: Rollback,
    since: Millis,
}

/// The commits of this replica that are not durable yet.
#[derive(Debug)]
pub(super) struct PendingCommits {
    next_cno: CommitNo,
    /// The highest number sent on this connection, or known to be acknowledged.
    sent: CommitNo,
    /// The last number that the server has, as the last welcome or new epoch told.
    known: CommitNo,
    waiting: VecDeque<Waiting>,
    acknowledged: Acknowledged,
}

impl PendingCommits {
    /// Begins with the commits of the outbox and shows them.
    pub(super) fn resume(
        outbox: Vec<Commit>,
        next_cno: CommitNo,
        me: ClientId,
        shown: &mut Board,
        now: Millis,
    ) -> Self {
        let last = outbox.last().map_or(0, |commit| commit.cno);
        let mut pending = Self {
            next_cno: next_cno.max(last.saturating_add(1)),
            sent: 0,
            known: 0,
            waiting: VecDeque::new(),
            acknowledged: Acknowledged::default(),
        };
        for commit in outbox {
            pending.show(commit, me, shown, now);
        }
        pending
    }

    pub(super) const fn next_cno(&self) -> CommitNo {
        self.next_cno
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether every acknowledged commit is durable.
    pub(super) fn is_durable(&self) -> bool {
        self.acknowledged.is_empty()
    }

    /// When the oldest waiting commit began to wait.
    pub(super) fn oldest_since(&self) -> Option<Millis> {
        self.waiting.front().map(|first| first.since)
    }

    /// When the oldest waiting commit will have waited for too long.
    pub(super) fn next_timeout(&self, now: Millis) -> Option<Millis> {
        self.oldest_since()
            .map(|since| since + status::UNSAVED_MS)
            .filter(|due| *due > now)
    }

    /// Applies a new commit on top of everything.
    pub(super) fn add(
        &mut self,
        commit: Commit,
        me: ClientId,
        shown: &mut Board,
        now: Millis,
    ) -> Vec<Change> {
        self.next_cno = commit.cno.saturating_add(1);
        self.show(commit, me, shown, now).changes(shown)
    }

    fn show(
        &mut self,
        commit: Commit,
        me: ClientId,
        shown: &mut Board,
        since: Millis,
    ) -> ChangeTracker {
        let mut tracker = ChangeTracker::default();
        let undo = apply_commit(shown, me, &commit);
        tracker.remember_overwritten(&undo);
        self.waiting.push_back(Waiting {
            commit,
            undo,
            since,
        });
        tracker
    }

    /// Undoes the waiting commits, lets `below` change the confirmed board, and applies the
    /// commits again as `edit` returns them; those for which it returns `None` are dropped.
    /// Returns the visible changes.
    pub(super) fn rebase(
        &mut self,
        me: ClientId,
        shown: &mut Board,
        edit: &dyn Fn(Commit) -> Option<Commit>,
        below: &mut dyn FnMut(&mut Board) -> Option<Rollback>,
    ) -> Vec<Change> {
        let mut tracker = ChangeTracker::default();
        for waiting in &self.waiting {
            tracker.remember_shown(shown, &waiting.undo);
        }
        let mut commits = Vec::with_capacity(self.waiting.len());
        while let Some(Waiting {
            commit,
            undo,
            since,
        }) = self.waiting.pop_back()
        {
            undo.roll_back(shown);
            commits.extend(edit(commit).map(|commit| (commit, since)));
        }
        if let Some(undo) = below(shown) {
            tracker.remember_overwritten(&undo);
        }
        for (commit, since) in commits.into_iter().rev() {
            tracker.merge(self.show(commit, me, shown, since));
        }
        tracker.changes(shown)
    }

    /// The board without the waiting commits.
    pub(super) fn confirmed(&self, shown: &Board) -> Board {
        let mut board = shown.clone();
        for waiting in self.waiting.iter().rev() {
            waiting.undo.clone().roll_back(&mut board);
        }
        board
    }

    /// The number of the oldest waiting commit.
    pub(super) fn first_waiting(&self) -> Option<CommitNo> {
        self.waiting.front().map(|first| first.commit.cno)
    }

    /// The oldest waiting commit has a position in the history now. Returns the number of a commit
    /// that must be forgotten, because too many are not durable.
    pub(super) fn acknowledge_first(&mut self, seq: Seq) -> Option<CommitNo> {
        let first = self.waiting.pop_front()?;
        self.sent = self.sent.max(first.commit.cno);
        self.acknowledged.push(seq, first.commit);
        self.acknowledged.drop_excess()
    }

    /// How a commit of this client in the log relates to the oldest waiting one.
    pub(super) fn compare(&self, commit: &Commit) -> Relation {
        Relation::between(self.waiting.front().map(|first| &first.commit), commit)
    }

    /// An acknowledged commit has another position in this history.
    pub(super) fn acknowledge_again(&mut self, cno: CommitNo, seq: Seq) {
        self.acknowledged.move_to(cno, seq);
    }

    /// Everything up to `durable` is durable. Returns the last number that may be forgotten, if
    /// any.
    pub(super) fn drop_durable(&mut self, durable: Seq) -> Option<CommitNo> {
        self.acknowledged.drop_durable(durable)
    }

    /// The server refused or corrected the commit with the number of `by`, which replaces it.
    pub(super) fn replace(&mut self, by: &Commit, me: ClientId, shown: &mut Board) -> Vec<Change> {
        let replaced = |commit: Commit| {
            Some(if commit.cno == by.cno {
                by.clone()
            } else {
                commit
            })
        };
        self.rebase(me, shown, &replaced, &mut |_| None)
    }

    /// A connection or a new history begins: the server has the commits up to `last_cno`, and
    /// needs the others.
    pub(super) fn resend_after(&mut self, last_cno: CommitNo) {
        self.sent = last_cno;
        self.known = last_cno;
    }

    /// Part of the history was lost: acknowledged commits after `last_cno` wait again. The board
    /// must be reset afterwards.
    pub(super) fn withdraw_after(&mut self, last_cno: CommitNo, now: Millis) {
        for commit in self.acknowledged.take_after(last_cno).rev() {
            self.waiting.push_front(Waiting {
                commit,
                undo: Rollback::default(),
                since: now,
            });
        }
    }

    /// The confirmed board was replaced by `board`, which holds this client's commits up to
    /// `last_cno`: applies the rest on top.
    pub(super) fn reset(&mut self, me: ClientId, last_cno: CommitNo, at: Seq, board: &mut Board) {
        // Positions of another epoch mean nothing here.
        self.acknowledged.move_all_to(at);
        for Waiting { commit, since, .. } in std::mem::take(&mut self.waiting) {
            if commit.cno <= last_cno {
                self.acknowledged.push(at, commit);
            } else {
                self.show(commit, me, board, since);
            }
        }
    }

    /// Whether a commit waits for its acknowledgement.
    pub(super) fn is_waiting(&self, cno: CommitNo) -> bool {
        self.waiting.iter().any(|waiting| waiting.commit.cno == cno)
    }

    /// Whether a commit is acknowledged and not durable.
    pub(super) fn is_acknowledged(&self, cno: CommitNo) -> bool {
        self.acknowledged.contains(cno)
    }

    /// Makes sure that new commits get numbers after `last_cno`, which the server has seen.
    /// Returns false if waiting commits carry seen numbers already. That happens only when the
    /// browser forgot how far it had counted.
    pub(super) fn count_on_from(&mut self, last_cno: CommitNo) -> bool {
        let collides = self.next_cno <= last_cno;
        if collides && self.waiting.is_empty() {
            self.next_cno = last_cno.saturating_add(1);
        }
        !collides || self.waiting.is_empty()
    }

    /// Goes on under another identity. The commits that the server has will come as those of the
    /// old identity; the others are numbered anew from 1.
    pub(super) fn renumber(
        &mut self,
        me: ClientId,
        shown: &mut Board,
    ) -> (Vec<Commit>, Vec<Change>) {
        let known = self.known;
        let missing = |commit: Commit| (commit.cno > known).then_some(commit);
        let changes = self.rebase(me, shown, &missing, &mut |_| None);
        self.acknowledged.clear();
        for (cno, waiting) in (1..).zip(&mut self.waiting) {
            waiting.commit.cno = cno;
        }
        self.next_cno = self.waiting.len() as CommitNo + 1;
        self.sent = 0;
        self.known = 0;
        (
            self.waiting
                .iter()
                .map(|waiting| waiting.commit.clone())
                .collect(),
            changes,
        )
    }

    /// Drops the waiting commits, because this link may not draw. The outbox keeps them for a
    /// link that may.
    pub(super) fn discard(&mut self, me: ClientId, shown: &mut Board) -> Vec<Change> {
        self.rebase(me, shown, &|_| None, &mut |_| None)
    }

    /// The waiting commits, in order.
    pub(super) fn commits(&self) -> impl Iterator<Item = &Commit> {
        self.waiting.iter().map(|waiting| &waiting.commit)
    }

    /// The next commit to send, unless too many are unacknowledged, or it is not allowed now. Later
    /// ones wait behind it, because numbers have no gaps.
    pub(super) fn next_to_send(
        &mut self,
        window: usize,
        is_allowed: impl Fn(&Commit) -> bool,
    ) -> Option<Commit> {
        let at = self
            .waiting
            .iter()
            .position(|waiting| waiting.commit.cno > self.sent)?;
        if at >= window {
            return None;
        }
        let commit = self.waiting.get(at)?.commit.clone();
        if !is_allowed(&commit) {
            return None;
        }
        self.sent = commit.cno;
        Some(commit)
    }
}
