//! Commits on their way: from a session to the store, and from the store, the
//! broker or a read into the history.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use crate::id::{ClientId, CommitNo, Epoch, Position, Seq};
use crate::limits::{COMMIT_WINDOW, MAX_BATCH_COMMITS, MAX_ELEMENTS};
use crate::op::{Commit, Op};
use crate::protocol::{CloseCode, Refusal, ServerMsg, StoredCommit, encode};

use super::super::history::{open, refused, written};
use super::super::log::{Batch, BatchReply, Outcome};
use super::super::ring::Entry;
use super::{Room, RoomEffect, SessionNo};

/// Bytes of payload that one batch may carry: a store writes it in one go.
const MAX_BATCH_BYTES: usize = 1024 * 1024;
/// Commits that may wait for a hole before them to be filled; beyond it the
/// read that fills the hole brings them anyway.
const MAX_HELD: usize = 256;
/// Refusals that may wait for a session that does not read them.
const MAX_REFUSALS_WAITING: usize = 64;

/// Commits that have no place in the history yet.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    queue: VecDeque<StoredCommit>,
    in_flight: Vec<StoredCommit>,
    in_flight_epoch: Option<Epoch>,
    held: BTreeMap<Seq, StoredCommit>,
    reading: bool,
    /// The history is being loaded: nothing may be handed to the store.
    pub(super) suspended: bool,
}

impl Pipeline {
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.in_flight.is_empty()
    }

    const fn is_busy(&self) -> bool {
        self.in_flight_epoch.is_some() || self.suspended
    }

    /// The last commit of an author that waits here.
    fn last_waiting(&self, author: ClientId) -> Option<CommitNo> {
        let mut waiting = self.queue.iter().rev().chain(self.in_flight.iter().rev());
        waiting
            .find(|commit| commit.author == author)
            .map(|commit| commit.cno)
    }

    fn waiting(&self, author: ClientId) -> usize {
        let all = self.queue.iter().chain(&self.in_flight);
        all.filter(|commit| commit.author == author).count()
    }

    /// Forgets what was heard of a history that is being loaded anew.
    pub(super) fn forget_arrivals(&mut self) {
        self.held.clear();
        self.reading = false;
    }

    /// Puts commits in line before all others after a change of epoch: once, in
    /// the order they are given, except that each author's are in order. The
    /// order among authors matters: who recoloured a stroke must come after who
    /// drew it.
    pub(super) fn enqueue(&mut self, commits: impl IntoIterator<Item = StoredCommit>) {
        let mut turns = Vec::new();
        let mut by_author: BTreeMap<ClientId, BTreeMap<CommitNo, StoredCommit>> = BTreeMap::new();
        for commit in commits.into_iter().chain(self.queue.drain(..)) {
            turns.push(commit.author);
            let theirs = by_author.entry(commit.author).or_default();
            theirs.entry(commit.cno).or_insert(commit);
        }
        let next = |author| Some(by_author.get_mut(&author)?.pop_first()?.1);
        self.queue = turns.into_iter().filter_map(next).collect();
    }

    fn take_batch(&mut self) -> Vec<StoredCommit> {
        let mut bytes = 0;
        let count = self
            .queue
            .iter()
            .take(MAX_BATCH_COMMITS)
            .take_while(|commit| {
                bytes += commit.payload.len();
                bytes <= MAX_BATCH_BYTES
            })
            .count();
        self.queue
            .drain(..count.max(1).min(self.queue.len()))
            .collect()
    }
}

impl Room {
    pub(super) fn receive_commit(&mut self, no: SessionNo, commit: &Commit) {
        let Some(session) = self.sessions.get_mut(&no) else {
            return;
        };
        let (author, cno) = (session.client, commit.cno);
        let is_stranger = || self.history.last_cno(author) == 0;
        if !session.role.may_draw() || (self.care.is_full() && is_stranger()) {
            // A full board has no room for the name of somebody who never drew on it.
            session.control.push(ServerMsg::Refused {
                cno,
                reason: Refusal::ViewOnly,
            });
            if session.control.len() > MAX_REFUSALS_WAITING {
                self.close(no, CloseCode::TooFast);
            }
            return;
        }
        let form = self.stored_form(author, commit);
        if let (Ok(stored), Some(session)) = (&form, self.sessions.get_mut(&no)) {
            session.note_submitted(stored);
        }
        let known = self.history.last_cno(author);
        let last = self
            .pipeline
            .last_waiting(author)
            .unwrap_or(known)
            .max(known);
        if cno <= last {
            return;
        }
        if self.pipeline.waiting(author) > 2 * COMMIT_WINDOW {
            self.close(no, CloseCode::TooFast);
            return;
        }
        match form {
            Ok(stored) => self.pipeline.queue.push_back(stored),
            Err(reason) => self.refuse(author, cno, reason),
        }
        self.start_batch();
    }

    /// Checks a commit and writes it down in its canonical form; what a client
    /// sent is never passed on byte for byte.
    fn stored_form(&self, author: ClientId, commit: &Commit) -> Result<StoredCommit, Refusal> {
        let payload = written(commit)?;
        let puts = commit
            .ops
            .iter()
            .filter(|op| matches!(op, Op::Put(_) | Op::Restore(_)));
        let too_many = self.history.board().len() + puts.count() > MAX_ELEMENTS;
        if too_many || (self.care.is_full() && commit.ops.iter().any(may_grow)) {
            return Err(Refusal::BoardFull);
        }
        Ok(StoredCommit {
            author,
            cno: commit.cno,
            payload: payload.to_vec().into(),
        })
    }

    /// Tells the author and puts an empty commit in line, so that the numbers
    /// of the author's later commits still follow.
    fn refuse(&mut self, author: ClientId, cno: CommitNo, reason: Refusal) {
        self.tell_author(author, ServerMsg::Refused { cno, reason });
        self.pipeline.queue.extend(empty_commit(author, cno));
    }

    fn tell_author(&mut self, author: ClientId, message: ServerMsg) {
        if let Some(session) = self
            .sessions
            .values_mut()
            .find(|other| other.client == author)
        {
            session.control.push(message);
        }
    }

    pub(super) fn start_batch(&mut self) {
        if !self.pipeline.queue.is_empty() && !self.pipeline.is_busy() {
            let commits = self.pipeline.take_batch();
            self.send_batch(commits);
        }
    }

    /// The store has less than we know, so it lost part of the history. A batch
    /// from somebody who knows more, even an empty one, makes it begin a new
    /// epoch; one that is on its way already will do.
    pub(super) fn begin_new_epoch(&mut self) {
        if !self.pipeline.is_busy() {
            self.send_batch(Vec::new());
        }
    }

    fn send_batch(&mut self, commits: Vec<StoredCommit>) {
        self.pipeline.in_flight.clone_from(&commits);
        let at = self.at();
        self.pipeline.in_flight_epoch = Some(at.epoch);
        self.effects.push_back(RoomEffect::Commit(Batch {
            epoch: at.epoch,
            known_seq: at.seq,
            fresh_epoch: at.epoch,
            commits,
        }));
    }

    /// Answers [`RoomEffect::Commit`].
    pub fn on_batch(&mut self, reply: BatchReply) {
        let Some(epoch) = self.pipeline.in_flight_epoch.take() else {
            return;
        };
        let commits = std::mem::take(&mut self.pipeline.in_flight);
        self.store_answered();
        if self.pipeline.suspended || epoch != self.at().epoch {
            // The answer belongs to a history that is no more; asking again is safe.
            self.pipeline.enqueue(commits);
            self.start_batch();
            return;
        }
        match reply {
            BatchReply::Done(outcomes) => self.take_outcomes(commits, &outcomes),
            BatchReply::EpochChanged(_) => {
                self.put_back(commits);
                self.reload();
            }
            BatchReply::NoBoard => {
                self.put_back(commits);
                self.restore();
            }
        }
        self.start_batch();
    }

    fn put_back(&mut self, commits: Vec<StoredCommit>) {
        for commit in commits.into_iter().rev() {
            self.pipeline.queue.push_front(commit);
        }
    }

    fn take_outcomes(&mut self, commits: Vec<StoredCommit>, outcomes: &[Outcome]) {
        let mut again: Vec<StoredCommit> = Vec::new();
        for (commit, outcome) in commits.into_iter().zip(outcomes) {
            let (author, cno) = (commit.author, commit.cno);
            match outcome {
                Outcome::Stored(seq) => self.arrive(*seq, commit),
                Outcome::Duplicate if self.history.last_cno(author) < cno => self.read_gap(),
                Outcome::Duplicate => {}
                Outcome::Full => {
                    self.tell_author(
                        author,
                        ServerMsg::Refused {
                            cno,
                            reason: Refusal::BoardFull,
                        },
                    );
                    again.extend(empty_commit(author, cno));
                }
                Outcome::Gap(_) if again.iter().any(|other| other.author == author) => {
                    again.push(commit);
                }
                Outcome::Gap(last_cno) => self.start_over(author, *last_cno),
            }
        }
        self.put_back(again);
    }

    /// The store misses earlier commits of an author: what waits is worth
    /// nothing, and the author's client must send it again with those before.
    fn start_over(&mut self, author: ClientId, last_cno: CommitNo) {
        self.pipeline.queue.retain(|commit| commit.author != author);
        self.tell_author(author, ServerMsg::Missing { last_cno });
    }

    /// Commits came over the broker.
    pub fn on_commits(&mut self, epoch: Epoch, first: Seq, commits: Vec<StoredCommit>) {
        if epoch != self.at().epoch {
            self.reload();
            return;
        }
        for (seq, commit) in (first..).zip(commits) {
            self.arrive(seq, commit);
        }
    }

    /// Answers [`RoomEffect::ReadAfter`]: the commits after the position, or
    /// `None` if the store no longer has them.
    pub fn on_tail(&mut self, after: Position, tail: Option<Vec<(Seq, StoredCommit)>>) {
        if after.epoch != self.at().epoch || !std::mem::take(&mut self.pipeline.reading) {
            return;
        }
        let Some(tail) = tail else {
            self.reload();
            return;
        };
        let more = !tail.is_empty();
        for (seq, commit) in tail {
            self.arrive(seq, commit);
        }
        if more {
            // There may be another page.
            self.read_gap();
        }
    }

    /// Takes a commit that has a place, from wherever it came: applies it if it
    /// is the next one, drops it if it is known, keeps it if one is missing
    /// before it.
    fn arrive(&mut self, seq: Seq, commit: StoredCommit) {
        if self.pipeline.suspended || seq <= self.at().seq {
            return;
        }
        self.pipeline.held.insert(seq, commit);
        while let Some(commit) = self.pipeline.held.remove(&(self.at().seq + 1)) {
            self.advance(commit);
        }
        if !self.pipeline.held.is_empty() {
            while self.pipeline.held.len() > MAX_HELD {
                self.pipeline.held.pop_last();
            }
            self.read_gap();
        }
    }

    /// Reads what is missing, unless a read is already on its way.
    pub(super) fn read_gap(&mut self) {
        if !std::mem::replace(&mut self.pipeline.reading, true) {
            self.effects.push_back(RoomEffect::ReadAfter(self.at()));
        }
    }

    fn advance(&mut self, stored: StoredCommit) {
        let authored = open(&stored);
        self.history.push(&authored);
        let seq = self.at().seq;
        self.pipeline
            .queue
            .retain(|waiting| waiting.author != stored.author || waiting.cno > stored.cno);
        let message = ServerMsg::Commit {
            seq,
            commit: authored,
        };
        if let Ok(frame) = encode(&message) {
            self.care.commit_added(frame.len());
            self.ring.push(Entry { seq, stored, frame });
        }
        self.settle();
        self.compact();
    }
}

/// Whether a board may need more bytes after an op. What a deletion leaves is smaller than any
/// element.
const fn may_grow(op: &Op) -> bool {
    match op {
        Op::Delete { .. } | Op::Uncut { .. } => false,
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Restore(_)
        | Op::Text { .. }
        | Op::Cut { .. } => true,
    }
}

fn empty_commit(author: ClientId, cno: CommitNo) -> Option<StoredCommit> {
    let payload = encode(&refused(cno)).ok()?;
    Some(StoredCommit {
        author,
        cno,
        payload: payload.to_vec().into(),
    })
}
