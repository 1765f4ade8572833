//! A store by the rules of `sync::log`, in memory, that can lose the end of its log.

use std::collections::BTreeMap;

use bytes::Bytes;
use shared::id::{ClientId, CommitNo, Epoch, Position, Seq};
use shared::op::{AuthoredCommit, Guard};
use shared::protocol::{StoredCommit, encode};
use shared::sync::log::{Batch, BatchReply, Head, Loaded, LogEnd, LogState, Outcome, decide};
use shared::sync::{ConfirmedState, Snapshot, confirmed_state};

use crate::promises::leaves_others_alone;

/// Whether the store recognises repeated commits. Without that the promises must break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dedupe {
    On,
    Off,
}

#[derive(Debug)]
pub(crate) struct SimStore {
    pub(crate) at: Position,
    pub(crate) log: Vec<(Seq, StoredCommit)>,
    /// The commits that compactions removed from the log.
    archive: Vec<(Seq, StoredCommit)>,
    /// Why the last undoing of a person's work broke a promise, if it did.
    pub(crate) broken_undo: Option<String>,
    floor: Seq,
    snapshot: Option<(Seq, Bytes)>,
    /// The state at every position that ever was, by epoch and position.
    pub(crate) truth: BTreeMap<([u8; 16], Seq), Snapshot>,
    current: ConfirmedState,
    dedupe: Dedupe,
    end: LogEnd,
    /// The commits up to here cannot be lost.
    durable: Seq,
    chat_pages: BTreeMap<u64, Bytes>,
    /// Messages for the subscribers.
    pub(crate) published: Vec<Published>,
}

#[derive(Debug, Clone)]
pub(crate) enum Published {
    Commits {
        epoch: Epoch,
        first: Seq,
        commits: Vec<StoredCommit>,
    },
    Epoch,
}

impl SimStore {
    pub(crate) fn new(epoch: Epoch, dedupe: Dedupe) -> Self {
        let at = Position { epoch, seq: 0 };
        let current = ConfirmedState::empty(at);
        let truth = BTreeMap::from([((*epoch.as_bytes(), 0), current.state().clone())]);
        Self {
            at,
            log: Vec::new(),
            archive: Vec::new(),
            broken_undo: None,
            floor: 0,
            snapshot: None,
            truth,
            current,
            dedupe,
            end: LogEnd::Certain,
            durable: 0,
            chat_pages: BTreeMap::new(),
            published: Vec::new(),
        }
    }

    pub(crate) fn put_chat_page(&mut self, epoch: Epoch, number: u64, packed: Bytes) {
        if epoch == self.at.epoch {
            self.chat_pages.insert(number, packed);
        }
    }

    pub(crate) fn chat_page(&self, number: u64) -> Option<Bytes> {
        self.chat_pages.get(&number).cloned()
    }

    pub(crate) fn last_cno(&self, author: ClientId) -> CommitNo {
        self.current.last_cno(author)
    }

    pub(crate) fn commit(&mut self, batch: &Batch) -> BatchReply {
        let state = LogState {
            at: self.at,
            bytes: 0,
            end: self.end,
        };
        let reply = match self.dedupe {
            Dedupe::On => decide(state, batch, |author| self.last_cno(author)),
            Dedupe::Off if self.at.epoch == batch.epoch && self.at.seq >= batch.known_seq => {
                let places = (self.at.seq + 1..).zip(&batch.commits);
                BatchReply::Done(places.map(|(seq, _)| Outcome::Stored(seq)).collect())
            }
            Dedupe::Off => decide(state, batch, |author| self.last_cno(author)),
        };
        match &reply {
            BatchReply::Done(outcomes) => self.append(batch, outcomes),
            BatchReply::EpochChanged(at) if at.epoch != self.at.epoch => self.begin_epoch(at.epoch),
            BatchReply::EpochChanged(_) | BatchReply::NoBoard => {}
        }
        reply
    }

    fn append(&mut self, batch: &Batch, outcomes: &[Outcome]) {
        let first = self.at.seq + 1;
        let mut commits = Vec::new();
        for (commit, outcome) in batch.commits.iter().zip(outcomes) {
            if let Outcome::Stored(seq) = outcome {
                self.push(&confirmed_state::decode_commit(commit));
                self.at.seq = *seq;
                self.log.push((*seq, commit.clone()));
                self.remember();
                commits.push(commit.clone());
            }
        }
        if !commits.is_empty() {
            self.published.push(Published::Commits {
                epoch: self.at.epoch,
                first,
                commits,
            });
        }
    }

    fn push(&mut self, authored: &AuthoredCommit) {
        let undoes_work = matches!(authored.commit.guard, Guard::WorkOf(_));
        let before = undoes_work.then(|| self.current.board().clone());
        self.current.push(authored);
        if let Some(before) = before
            && let Err(broken) = leaves_others_alone(&before, self.current.board(), authored)
        {
            self.broken_undo = Some(broken);
        }
    }

    fn remember(&mut self) {
        let at = self.current.at();
        let key = (*at.epoch.as_bytes(), at.seq);
        self.truth.insert(key, self.current.state().clone());
    }

    fn begin_epoch(&mut self, epoch: Epoch) {
        self.at.epoch = epoch;
        self.end = LogEnd::Certain;
        self.rebuild();
        self.published.push(Published::Epoch);
    }

    /// Replays the log. Every position on the way belongs to the epoch: a client that has an early
    /// one may get the rest commit by commit.
    fn rebuild(&mut self) {
        self.current = self.replayed_from_snapshot();
        for (seq, commit) in self.log.clone() {
            if seq > self.current.at().seq {
                self.current.push(&confirmed_state::decode_commit(&commit));
            }
            self.remember();
        }
        self.remember();
    }

    fn replayed_from_snapshot(&self) -> ConfirmedState {
        let start = Position {
            epoch: self.at.epoch,
            seq: 0,
        };
        self.snapshot.as_ref().map_or_else(
            || ConfirmedState::empty(start),
            |(seq, bytes)| {
                let mut state: Snapshot = shared::protocol::decode(bytes, 1 << 30).unwrap();
                state.at = Position {
                    epoch: self.at.epoch,
                    seq: *seq,
                };
                ConfirmedState::new(state)
            },
        )
    }

    /// Loses the last commits, as a failover to a stale copy does. Returns how many.
    pub(crate) fn lose_tail(&mut self, count: u64) -> u64 {
        let keep_from = self
            .durable
            .max(self.snapshot.as_ref().map_or(0, |(seq, _)| *seq));
        let keep = self.at.seq.saturating_sub(count).max(keep_from);
        let lost = self.at.seq - keep;
        if lost == 0 {
            return 0;
        }
        self.log.retain(|(seq, _)| *seq <= keep);
        self.at.seq = keep;
        self.end = LogEnd::Uncertain;
        self.rebuild();
        lost
    }

    /// Makes everything up to a position durable, if it is still there.
    pub(crate) fn make_durable(&mut self, at: Position) -> bool {
        let there =
            at.epoch == self.at.epoch && at.seq <= self.at.seq && self.end == LogEnd::Certain;
        if there {
            self.durable = self.durable.max(at.seq);
        }
        there
    }

    pub(crate) fn load(&self) -> Loaded {
        Loaded {
            at: self.at,
            snapshot: self.snapshot.clone(),
            commits: self.log.clone(),
            record_version: 1,
        }
    }

    pub(crate) fn read_after(&self, after: Position) -> Option<Vec<(Seq, StoredCommit)>> {
        let readable = after.epoch == self.at.epoch && after.seq >= self.floor;
        let later = self.log.iter().filter(|(seq, _)| *seq > after.seq);
        readable.then(|| later.take(20).cloned().collect())
    }

    /// All commits from the beginning, in the order of the log.
    pub(crate) fn history(&self) -> impl Iterator<Item = (Seq, AuthoredCommit)> {
        let all = self.archive.iter().chain(&self.log);
        all.map(|(seq, commit)| (*seq, confirmed_state::decode_commit(commit)))
    }

    pub(crate) fn head(&self) -> Head {
        Head {
            at: self.at,
            record_version: 1,
            bytes: self.bytes(),
        }
    }

    fn bytes(&self) -> u64 {
        let snapshot = self.snapshot.as_ref().map_or(0, |(_, bytes)| bytes.len());
        let log: usize = self.log.iter().map(|(_, it)| it.payload.len()).sum();
        (snapshot + log) as u64
    }

    pub(crate) fn compact(&mut self, snapshot: &Snapshot, floor: Seq) -> bool {
        let newer = self
            .snapshot
            .as_ref()
            .is_none_or(|(seq, _)| snapshot.at.seq > *seq);
        let fits = snapshot.at.epoch == self.at.epoch && snapshot.at.seq <= self.at.seq;
        if !(newer && fits) {
            return false;
        }
        self.snapshot = Some((snapshot.at.seq, encode(snapshot).unwrap()));
        self.floor = floor;
        let leaving = self.log.iter().take_while(|(seq, _)| *seq <= floor);
        self.archive.extend(leaving.cloned());
        self.log.retain(|(seq, _)| *seq > floor);
        true
    }
}
