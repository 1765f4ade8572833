//! When the log is compacted: replaced by a snapshot, but for its newest commits.

use crate::id::{Millis, Seq};
use crate::limits::{FULL_SNAPSHOT_BYTES, MAX_BOARD_BYTES, MAX_COMMIT_BYTES};

use super::super::log::Loaded;
use super::fullness::percent;

/// Commits since the last snapshot after which a new one is taken.
const COMPACT_COMMITS: u64 = 2_000;
/// Bytes of commits since the last snapshot after which a new one is taken.
const COMPACT_BYTES: usize = 4 * 1024 * 1024;
/// Work of the commits since the last snapshot after which a new one is taken, in the units of
/// `op::cost`: applying them again when the board is opened takes about a second.
const COMPACT_WORK: u64 = 500_000;
/// Commits that stay in the log behind a snapshot, so that a client that was
/// away for some minutes resumes with a delta. Only those stay that the room itself keeps: many large
/// ones would fill the board.
const KEEP_COMMITS: u64 = 1_000;
/// Wait after a compaction before the next one, in milliseconds.
const COMPACT_AGAIN_MS: Millis = 10_000;

/// Number, bytes and work of the commits since the last snapshot, and the size of the board.
#[derive(Debug)]
pub(super) struct CompactionSchedule {
    commits: u64,
    bytes: usize,
    work: u64,
    /// Size of the state when it was last encoded, for the store or for a client.
    snapshot_bytes: usize,
    /// Bytes that the store counts, as far as is known.
    stored_bytes: u64,
    /// The board took long to replay.
    is_urgent: bool,
    is_running: bool,
    not_before: Millis,
    now: Millis,
}

impl CompactionSchedule {
    pub(super) fn new(loaded: &Loaded) -> Self {
        let (snapshot, snapshot_bytes) = match &loaded.snapshot {
            Some((seq, bytes)) => (*seq, bytes.len()),
            None => (0, 0),
        };
        let log_bytes = loaded.commits.iter().map(|(_, it)| it.payload.len() as u64);
        let since = loaded.commits.iter().filter(|(seq, _)| *seq > snapshot);
        Self {
            commits: loaded.at.seq.saturating_sub(snapshot),
            bytes: since.map(|(_, commit)| commit.payload.len()).sum(),
            snapshot_bytes,
            work: 0,
            stored_bytes: snapshot_bytes as u64 + log_bytes.sum::<u64>(),
            is_urgent: false,
            is_running: false,
            not_before: 0,
            now: 0,
        }
    }

    /// Whether the board has become so large that it must not grow any more.
    pub(super) const fn is_full(&self) -> bool {
        self.snapshot_bytes > FULL_SNAPSHOT_BYTES
    }

    /// Whether the store may refuse commits that let the board grow.
    pub(super) const fn is_store_full(&self) -> bool {
        self.stored_bytes + MAX_COMMIT_BYTES as u64 > MAX_BOARD_BYTES
    }

    /// How full the board is by its bytes, in percent.
    pub(super) fn percent(&self) -> u8 {
        let snapshot = percent(self.snapshot_bytes as u64, FULL_SNAPSHOT_BYTES as u64);
        percent(self.stored_bytes, MAX_BOARD_BYTES).max(snapshot)
    }

    /// Notes how many bytes the store counts.
    pub(super) const fn store_counts(&mut self, bytes: u64) {
        self.stored_bytes = bytes;
    }

    pub(super) const fn commit_added(&mut self, bytes: usize, work: u64) {
        self.commits += 1;
        self.bytes += bytes;
        self.work = self.work.saturating_add(work);
    }

    /// Notes how many bytes the encoded state has.
    pub(super) const fn measured(&mut self, bytes: usize) {
        self.snapshot_bytes = bytes;
    }

    /// Lets the next compaction begin whatever the number and size of the commits.
    pub(super) const fn hurry(&mut self) {
        self.is_urgent = true;
    }

    pub(super) const fn time_passed(&mut self, now: Millis) {
        self.now = now;
    }

    /// If it is time to compact a board at `seq`: the last commit that may leave the log, where
    /// `dropped` is the last one that the room does not keep. Then [`Self::finished`] must follow.
    pub(super) fn start(&mut self, seq: Seq, dropped: Seq) -> Option<Seq> {
        if !self.is_wanted() || self.is_running || self.now < self.not_before {
            return None;
        }
        self.is_running = true;
        Some(seq.saturating_sub(KEEP_COMMITS).max(dropped))
    }

    /// Whether the log should be compacted, at once or later.
    pub(super) fn is_wanted(&self) -> bool {
        let is_long = self.is_urgent
            || self.commits >= COMPACT_COMMITS
            || self.bytes >= COMPACT_BYTES
            || self.work >= COMPACT_WORK;
        // A full board is measured again after each change, so that it takes commits again soon
        // after elements were deleted.
        let is_full = self.is_full() || self.is_store_full();
        is_long || (is_full && self.commits > 0)
    }

    /// Notes the end of a compaction. `commits_since` counts the commits after the snapshot;
    /// `None` if it was not stored.
    pub(super) const fn finished(&mut self, commits_since: Option<u64>) {
        self.is_running = false;
        self.not_before = self.now + COMPACT_AGAIN_MS;
        if let Some(commits) = commits_since {
            self.is_urgent = false;
            self.commits = commits;
            self.bytes = 0;
            self.work = 0;
        }
    }
}
