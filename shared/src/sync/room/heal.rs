//! Looking after the history: is the store still there, has it all that we
//! have, have we all that it has, is it safe, is it getting long.

use crate::id::{Millis, Position, Seq};
use crate::limits::{FULL_SNAPSHOT_BYTES, MAX_SNAPSHOT_BYTES};
use crate::protocol::{ServerMsg, StoredCommit, Storing, decode, encode};

use super::super::history::{History, open};
use super::super::log::{Head, Loaded};
use super::super::ring::{Entry, Ring};
use super::super::snapshot::Snapshot;
use super::{Room, RoomEffect, RoomError};

/// How often a room compares its place with the store's, in milliseconds. Finds
/// a lost last message, which no later message would betray.
const HEAD_CHECK_MS: Millis = 1_000;
/// How long the store may be silent before clients are told, in milliseconds.
const PATIENCE_MS: Millis = 1_000;
/// Commits since the last snapshot that make a new one worth while.
const COMPACT_COMMITS: u64 = 2_000;
/// Bytes of commits since the last snapshot that make a new one worth while.
const COMPACT_BYTES: usize = 4 * 1024 * 1024;
/// Commits that stay in the log behind a snapshot, so that a client that was
/// away for some minutes resumes with a delta.
const KEEP_COMMITS: u64 = 1_000;
/// Compaction is tried again after this, if it did not work out, in milliseconds.
const COMPACT_RETRY_MS: Millis = 10_000;

/// What a room remembers about its store.
#[derive(Debug)]
pub(super) struct Care {
    next_head: Millis,
    asking_head: bool,
    record_version: u64,
    failing_since: Option<Millis>,
    settling: bool,
    commits_since_snapshot: u64,
    bytes_since_snapshot: usize,
    /// Size of the state when it was last encoded, by anybody.
    snapshot_bytes: usize,
    compacting: bool,
    compact_not_before: Millis,
    now: Millis,
}

impl Care {
    pub(super) fn new(loaded: &Loaded, now: Millis) -> Self {
        let snapshot = loaded.snapshot.as_ref().map_or(0, |(seq, _)| *seq);
        Self {
            next_head: now + HEAD_CHECK_MS,
            asking_head: false,
            // The title may have been read before the board was: the first
            // check of the head reads it again.
            record_version: 0,
            failing_since: None,
            settling: false,
            commits_since_snapshot: loaded.at.seq.saturating_sub(snapshot),
            bytes_since_snapshot: loaded
                .commits
                .iter()
                .filter(|(seq, _)| *seq > snapshot)
                .map(|(_, commit)| commit.payload.len())
                .sum(),
            snapshot_bytes: loaded.snapshot.as_ref().map_or(0, |(_, it)| it.len()),
            compacting: false,
            compact_not_before: now,
            now,
        }
    }

    pub(super) fn commit_added(&mut self, bytes: usize) {
        self.commits_since_snapshot += 1;
        self.bytes_since_snapshot += bytes;
    }

    /// Whether the board has become so large that it must not grow any more.
    pub(super) const fn is_full(&self) -> bool {
        self.snapshot_bytes > FULL_SNAPSHOT_BYTES
    }

    /// Notes which version of the record is known now; false for one that is
    /// older than that: reads may overtake each other.
    pub(super) const fn record_read(&mut self, version: u64) -> bool {
        let news = version >= self.record_version;
        if news {
            self.record_version = version;
        }
        news
    }
}

/// Makes history and ring of a loaded board.
pub(super) fn rebuild(loaded: &Loaded) -> Result<(History, Ring), RoomError> {
    let start = Position {
        epoch: loaded.at.epoch,
        seq: 0,
    };
    let mut history = match &loaded.snapshot {
        Some((seq, bytes)) => {
            let mut snapshot: Snapshot = decode(bytes, MAX_SNAPSHOT_BYTES)?;
            // The epoch may have changed since it was taken; its place counts.
            snapshot.at = Position {
                epoch: loaded.at.epoch,
                seq: *seq,
            };
            History::new(snapshot)
        }
        None => History::empty(start),
    };
    let mut ring = Ring::default();
    for (seq, stored) in &loaded.commits {
        let authored = open(stored);
        if *seq == history.at().seq + 1 {
            history.push(&authored);
        } else if *seq > history.at().seq {
            return Err(RoomError::Hole(history.at().seq));
        }
        if let Ok(frame) = encode(&ServerMsg::Commit {
            seq: *seq,
            commit: authored,
        }) {
            ring.push(Entry {
                seq: *seq,
                stored: stored.clone(),
                frame,
            });
        }
    }
    if history.at() == loaded.at {
        Ok((history, ring))
    } else {
        Err(RoomError::Hole(history.at().seq))
    }
}

impl Room {
    /// Asks for the whole board again; until it is here nothing is applied.
    pub(super) fn reload(&mut self) {
        if !self.pipeline.suspended {
            self.pipeline.suspended = true;
            self.pipeline.forget_arrivals();
            self.effects.push_back(RoomEffect::Load);
        }
    }

    /// The store has lost the board altogether: bring it back.
    pub(super) fn restore(&mut self) {
        self.pipeline.suspended = true;
        self.pipeline.forget_arrivals();
        let snapshot = Box::new(self.state().clone());
        self.effects.push_back(RoomEffect::Restore { snapshot });
    }

    /// The epoch changed, or the line was cut: look at the store.
    pub fn on_epoch_changed(&mut self) {
        self.reload();
    }

    /// The broker's line was cut and is up again: anything may have been missed.
    pub fn on_resubscribed(&mut self, now: Millis) {
        self.ask_who_is_there();
        self.care.next_head = now;
        self.beat_care(now);
    }

    /// Answers [`RoomEffect::Load`], also after [`RoomEffect::Restore`].
    ///
    /// # Errors
    /// When what was loaded is not one consistent state; the room stays as it was.
    pub fn on_loaded(&mut self, loaded: Option<&Loaded>) -> Result<(), RoomError> {
        let Some(loaded) = loaded else {
            self.restore();
            return Ok(());
        };
        let (history, ring) = rebuild(loaded)?;
        self.store_answered();
        if loaded.record_version > self.care.record_version {
            self.effects.push_back(RoomEffect::ReadRecord);
        }
        self.pipeline.suspended = false;
        self.pipeline.forget_arrivals();
        let before = self.at();
        if history.at().epoch == before.epoch && history.at().seq < before.seq {
            // A store that has less than we know has lost its tail. The next
            // batch makes it begin a new epoch.
            self.begin_new_epoch();
            return Ok(());
        }
        let lost = self.missing_from(&history);
        self.history = history;
        self.ring = ring;
        self.cached = None;
        if self.at().epoch != before.epoch {
            self.durable = 0;
            self.pipeline.enqueue(lost);
            self.restart_sessions();
        }
        self.settle();
        self.start_batch();
        Ok(())
    }

    /// Commits that we know and a history lacks, in the order they had.
    fn missing_from(&self, history: &History) -> Vec<StoredCommit> {
        let entries = self.ring.iter().map(|entry| &entry.stored);
        entries
            .filter(|commit| commit.cno > history.last_cno(commit.author))
            .cloned()
            .collect()
    }

    pub(super) fn check_head(&mut self, head: Option<Head>, now: Millis) {
        self.care.asking_head = false;
        self.care.now = now;
        self.store_answered();
        let Some(head) = head else {
            // A load or restore under way finds out by itself.
            if !self.pipeline.suspended {
                self.restore();
            }
            return;
        };
        if head.record_version > self.care.record_version {
            self.effects.push_back(RoomEffect::ReadRecord);
        }
        let at = self.at();
        if self.pipeline.suspended {
            return;
        }
        if head.at.epoch != at.epoch {
            self.reload();
        } else if head.at.seq < at.seq {
            self.begin_new_epoch();
        } else if head.at.seq > at.seq {
            self.read_gap();
        }
    }

    pub(super) fn beat_care(&mut self, now: Millis) {
        self.care.now = now;
        if now >= self.care.next_head && !self.care.asking_head {
            self.care.next_head = now + HEAD_CHECK_MS;
            self.care.asking_head = true;
            self.effects.push_back(RoomEffect::Head);
        }
        self.compact();
    }

    /// The store answered something.
    pub(super) fn store_answered(&mut self) {
        self.care.failing_since = None;
        self.set_storing(Storing::Up);
    }

    /// The store did not answer a request, which the driver goes on repeating.
    pub fn on_store_failed(&mut self, now: Millis) {
        let since = *self.care.failing_since.get_or_insert(now);
        if now.saturating_sub(since) >= PATIENCE_MS {
            self.set_storing(Storing::Down);
        }
    }

    /// The driver gave up asking for the head; it will be asked for again.
    pub fn on_head_failed(&mut self, now: Millis) {
        self.care.asking_head = false;
        self.on_store_failed(now);
    }

    fn set_storing(&mut self, storing: Storing) {
        if self.storing != storing {
            self.storing = storing;
            self.storing_version += 1;
        }
    }

    /// Starts waiting for the newest commit to become durable.
    pub(super) fn settle(&mut self) {
        if self.durable < self.at().seq && !self.care.settling {
            self.care.settling = true;
            self.effects.push_back(RoomEffect::Settle(self.at()));
        }
    }

    /// Answers [`RoomEffect::Settle`]; `safe` tells whether the store promises it.
    pub fn on_settled(&mut self, at: Position, safe: Settled) {
        self.care.settling = false;
        match safe {
            Settled::Safe if at.epoch == self.at().epoch => {
                self.durable = self.durable.max(at.seq);
                self.settle();
            }
            Settled::Safe | Settled::Retry => self.settle(),
            Settled::Never => {}
        }
    }

    pub(super) fn compact(&mut self) {
        let care = &mut self.care;
        let worth_while = care.commits_since_snapshot >= COMPACT_COMMITS
            || care.bytes_since_snapshot >= COMPACT_BYTES
            // The sooner it is measured anew, the sooner people can go on who made room.
            || (care.is_full() && care.commits_since_snapshot > 0);
        if !worth_while || care.compacting || care.now < care.compact_not_before {
            return;
        }
        care.compacting = true;
        let snapshot = Box::new(self.state().clone());
        let floor = self.at().seq.saturating_sub(KEEP_COMMITS);
        self.effects
            .push_back(RoomEffect::Compact { snapshot, floor });
    }

    /// Tells how many bytes the state has when it is encoded. Whoever encodes a snapshot for
    /// [`RoomEffect::Compact`] calls this before [`Self::on_compacted`].
    pub const fn snapshot_measured(&mut self, bytes: usize) {
        self.care.snapshot_bytes = bytes;
    }

    /// Answers [`RoomEffect::Compact`]: whether a snapshot is stored now, by us
    /// or somebody else.
    pub fn on_compacted(&mut self, stored: bool, seq: Seq) {
        self.care.compacting = false;
        self.care.compact_not_before = self.care.now + COMPACT_RETRY_MS;
        if stored {
            self.care.commits_since_snapshot = self.at().seq.saturating_sub(seq);
            self.care.bytes_since_snapshot = 0;
        }
    }
}

/// How waiting for durability ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Everything up to the position is safe from power loss.
    Safe,
    /// It is not known; ask again.
    Retry,
    /// The store is not set up to promise it.
    Never,
}
