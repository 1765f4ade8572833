//! Commits of this replica that are not yet durable: waiting for a place in the
//! history, or placed and waiting to be safe.

use std::collections::VecDeque;

use crate::id::{ClientId, CommitNo, Millis, Seq};
use crate::model::Board;
use crate::op::{Commit, Undo, apply_commit};

use super::super::history::refused;
use super::watch::Watch;
use super::{Change, status};

/// Commits that are placed but not durable and are kept for healing at most; a
/// store that never promises durability must not fill the browser's memory.
const MAX_UNSETTLED: usize = 5_000;

#[derive(Debug)]
struct Waiting {
    commit: Commit,
    undo: Undo,
    since: Millis,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Pending {
    next_cno: CommitNo,
    /// The highest number sent on this connection, or known to be placed.
    sent: CommitNo,
    /// The last number that the server said to have.
    known: CommitNo,
    waiting: VecDeque<Waiting>,
    unsettled: VecDeque<(Seq, Commit)>,
}

impl Pending {
    /// Takes over the outbox of an earlier life and shows it.
    pub(super) fn resume(
        outbox: Vec<Commit>,
        next_cno: CommitNo,
        me: ClientId,
        shown: &mut Board,
        now: Millis,
    ) -> Self {
        let last = outbox.last().map_or(0, |commit| commit.cno);
        let mut pending = Self {
            next_cno: next_cno.max(last + 1),
            sent: 0,
            known: 0,
            waiting: VecDeque::new(),
            unsettled: VecDeque::new(),
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

    /// Whether everything placed is durable too.
    pub(super) fn is_settled(&self) -> bool {
        self.unsettled.is_empty()
    }

    pub(super) fn oldest_since(&self) -> Option<Millis> {
        self.waiting.front().map(|first| first.since)
    }

    pub(super) fn next_look(&self, now: Millis) -> Option<Millis> {
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
        self.next_cno = commit.cno + 1;
        self.show(commit, me, shown, now).changes(shown)
    }

    fn show(&mut self, commit: Commit, me: ClientId, shown: &mut Board, since: Millis) -> Watch {
        let mut watch = Watch::default();
        let undo = apply_commit(shown, me, &commit);
        watch.note(&undo);
        self.waiting.push_back(Waiting {
            commit,
            undo,
            since,
        });
        watch
    }

    /// Takes the pending commits back, changes what is below, and applies them
    /// again as `edit` leaves them; one for which it gives nothing is dropped.
    /// Tells what changed for the eye.
    pub(super) fn rebase(
        &mut self,
        me: ClientId,
        shown: &mut Board,
        edit: &dyn Fn(Commit) -> Option<Commit>,
        below: &mut dyn FnMut(&mut Board) -> Option<Undo>,
    ) -> Vec<Change> {
        let mut watch = Watch::default();
        for waiting in &self.waiting {
            watch.look(shown, &waiting.undo);
        }
        let mut commits = Vec::with_capacity(self.waiting.len());
        while let Some(Waiting {
            commit,
            undo,
            since,
        }) = self.waiting.pop_back()
        {
            undo.take_back(shown);
            commits.extend(edit(commit).map(|commit| (commit, since)));
        }
        if let Some(undo) = below(shown) {
            watch.note(&undo);
        }
        for (commit, since) in commits.into_iter().rev() {
            watch.merge(self.show(commit, me, shown, since));
        }
        watch.changes(shown)
    }

    /// The board without what is pending.
    pub(super) fn peeled(&self, shown: &Board) -> Board {
        let mut board = shown.clone();
        for waiting in self.waiting.iter().rev() {
            waiting.undo.clone().take_back(&mut board);
        }
        board
    }

    /// The number of the oldest waiting commit.
    pub(super) fn first_waiting(&self) -> Option<CommitNo> {
        self.waiting.front().map(|first| first.commit.cno)
    }

    /// The oldest waiting commit got its place. Tells which number must be
    /// forgotten because too many wait for durability.
    pub(super) fn place_first(&mut self, seq: Seq) -> Option<CommitNo> {
        let first = self.waiting.pop_front()?;
        self.sent = self.sent.max(first.commit.cno);
        self.unsettled.push_back((seq, first.commit));
        let excess = self.unsettled.len() > MAX_UNSETTLED;
        excess
            .then(|| self.unsettled.pop_front())
            .flatten()
            .map(|(_, commit)| commit.cno)
    }

    /// How a commit of this client in the log relates to what waits here.
    pub(super) fn compare(&self, commit: &Commit) -> Relation {
        match self.waiting.front() {
            Some(first) if first.commit == *commit => Relation::Same,
            Some(first) if first.commit.cno == commit.cno => {
                if commit.ops.is_empty() {
                    Relation::Emptied
                } else {
                    Relation::Another
                }
            }
            Some(_) | None => Relation::NotWaiting,
        }
    }

    /// A commit that was placed before came again with its place in this history.
    pub(super) fn placed_again(&mut self, cno: CommitNo, place: Seq) {
        for (seq, _) in self
            .unsettled
            .iter_mut()
            .filter(|(_, commit)| commit.cno == cno)
        {
            *seq = place;
        }
    }

    /// Everything up to a place is durable: the last number that may be
    /// forgotten, if any.
    pub(super) fn settle(&mut self, durable: Seq) -> Option<CommitNo> {
        let mut last = None;
        while self
            .unsettled
            .front()
            .is_some_and(|(seq, _)| *seq <= durable)
        {
            last = self.unsettled.pop_front().map(|(_, commit)| commit.cno);
        }
        last
    }

    /// A commit was refused: it stays as an empty one, for its number is used up.
    pub(super) fn empty(&mut self, cno: CommitNo, me: ClientId, shown: &mut Board) -> Vec<Change> {
        let emptied = |commit: Commit| {
            Some(if commit.cno == cno {
                refused(cno)
            } else {
                commit
            })
        };
        self.rebase(me, shown, &emptied, &mut |_| None)
    }

    /// A connection begins, or the history begins anew: what is placed up to
    /// `last_cno` need not be sent, everything after it must be.
    pub(super) fn resend_after(&mut self, last_cno: CommitNo) {
        self.sent = last_cno;
        self.known = last_cno;
    }

    /// The history was lost in part: commits that were placed but not durable
    /// and are missing now wait again. The board must be reset afterwards.
    pub(super) fn unplace_after(&mut self, last_cno: CommitNo, now: Millis) {
        let kept = self
            .unsettled
            .iter()
            .take_while(|(_, commit)| commit.cno <= last_cno)
            .count();
        let missing = self.unsettled.split_off(kept);
        for (_, commit) in missing.into_iter().rev() {
            self.waiting.push_front(Waiting {
                commit,
                undo: Undo::default(),
                since: now,
            });
        }
    }

    /// The confirmed board was replaced by `board`, which holds this client's
    /// commits up to `last_cno`: applies the rest on top.
    pub(super) fn reset(&mut self, me: ClientId, last_cno: CommitNo, at: Seq, board: &mut Board) {
        // Places of another epoch mean nothing here; all of these are in by now.
        for (seq, _) in &mut self.unsettled {
            *seq = at;
        }
        for Waiting { commit, since, .. } in std::mem::take(&mut self.waiting) {
            if commit.cno <= last_cno {
                self.unsettled.push_back((at, commit));
            } else {
                self.show(commit, me, board, since);
            }
        }
    }

    /// Whether a commit waits for its place.
    pub(super) fn is_waiting(&self, cno: CommitNo) -> bool {
        self.waiting.iter().any(|waiting| waiting.commit.cno == cno)
    }

    /// Whether a commit has a place that is not durable.
    pub(super) fn is_unsettled(&self, cno: CommitNo) -> bool {
        self.unsettled.iter().any(|(_, commit)| commit.cno == cno)
    }

    /// Makes sure that new commits get numbers that the server has not seen;
    /// false if some that wait carry such numbers already, which happens only
    /// when the browser forgot how far it had counted.
    pub(super) fn count_on_from(&mut self, last_cno: CommitNo) -> bool {
        let collides = self.next_cno <= last_cno;
        if collides && self.waiting.is_empty() {
            self.next_cno = last_cno + 1;
        }
        !collides || self.waiting.is_empty()
    }

    /// Goes on as somebody else: what the server has already will come as the
    /// work of who one was, the rest is one's own and is numbered anew from 1.
    pub(super) fn renumber(
        &mut self,
        me: ClientId,
        shown: &mut Board,
    ) -> (Vec<Commit>, Vec<Change>) {
        let known = self.known;
        let missing = |commit: Commit| (commit.cno > known).then_some(commit);
        let changes = self.rebase(me, shown, &missing, &mut |_| None);
        self.unsettled.clear();
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

    /// Shows nothing of what waits: this link may not draw. The outbox keeps it
    /// for a link that may.
    pub(super) fn abandon(&mut self, me: ClientId, shown: &mut Board) -> Vec<Change> {
        self.rebase(me, shown, &|_| None, &mut |_| None)
    }

    /// The next commit for the wire, if the window is open.
    pub(super) fn next_to_send(&mut self, window: usize) -> Option<Commit> {
        let at = self
            .waiting
            .iter()
            .position(|waiting| waiting.commit.cno > self.sent)?;
        if at >= window {
            return None;
        }
        let commit = self.waiting.get(at)?.commit.clone();
        self.sent = commit.cno;
        Some(commit)
    }
}

/// What [`Pending::compare`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is the oldest that waits.
    Same,
    /// The oldest that waits was refused: the log has an empty one in its place.
    Emptied,
    /// The log has something else under the number of the oldest that waits.
    Another,
    /// Nothing of that number waits first.
    NotWaiting,
}
