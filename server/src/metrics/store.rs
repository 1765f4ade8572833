//! The store: commits, snapshots, failures, and the file of an embedded store.

use std::sync::atomic::Ordering;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

use super::label::{CountBy, label};
use super::registrar::{Buckets, Registrar};

/// From a fast disk to a store that hardly answers.
const COMMIT: Buckets = Buckets(&[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
]);
/// Up to the limit of a batch.
const BATCH: Buckets = Buckets(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]);

/// A request to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoreCall {
    Create,
    Record,
    PutRecord,
    Load,
    Commit,
    ReadAfter,
    Head,
    Compact,
    Restore,
    Delete,
    WasDeleted,
    WaitDurable,
    PutChatPage,
    ChatPage,
    Archived,
    TimeMarks,
    PutAuthor,
    Authors,
}

label!(StoreCall, "call", {
    StoreCall::Create => "create",
    StoreCall::Record => "record",
    StoreCall::PutRecord => "put_record",
    StoreCall::Load => "load",
    StoreCall::Commit => "commit",
    StoreCall::ReadAfter => "read_after",
    StoreCall::Head => "head",
    StoreCall::Compact => "compact",
    StoreCall::Restore => "restore",
    StoreCall::Delete => "delete",
    StoreCall::WasDeleted => "was_deleted",
    StoreCall::WaitDurable => "wait_durable",
    StoreCall::PutChatPage => "put_chat_page",
    StoreCall::ChatPage => "chat_page",
    StoreCall::Archived => "archived",
    StoreCall::TimeMarks => "time_marks",
    StoreCall::PutAuthor => "put_author",
    StoreCall::Authors => "authors",
});

/// Counts and measures requests to the store.
#[derive(Debug, Clone)]
pub(crate) struct StoreMetrics {
    up: Gauge,
    commit_time: Histogram,
    batch_commits: Histogram,
    failures: CountBy<StoreCall>,
    reopened: Counter,
    compactions: Counter,
    written: Counter,
    file: Gauge,
}

impl StoreMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            up: all.gauge("store_up", "1 while the store keeps commits, else 0"),
            commit_time: all.seconds(
                "store_commit",
                "Time that the store took to keep a batch of commits",
                &COMMIT,
            ),
            batch_commits: all.sizes("store_batch_commits", "Commits in one batch", &BATCH),
            failures: all.count_by(
                "store_failures",
                "Requests to the store that failed; most are repeated",
            ),
            reopened: all.counter(
                "store_reopened",
                "How often the file of the embedded store was opened again after it failed",
            ),
            compactions: all.counter("store_compactions", "Snapshots that were stored"),
            written: all.byte_counter(
                "store_written",
                "Bytes of the commits and snapshots that were stored",
            ),
            file: all.byte_gauge("store_file", "Size of the file of the embedded store"),
        }
    }

    /// A batch was kept: so many commits with so many bytes together.
    pub(crate) fn batch_kept(&self, took: Duration, commits: usize, bytes: usize) {
        self.commit_time.observe(took.as_secs_f64());
        self.batch_commits.observe(commits as f64);
        self.written.inc_by(bytes as u64);
    }

    /// A snapshot was stored.
    pub(crate) fn compacted(&self, bytes: usize) {
        self.compactions.inc();
        self.written.inc_by(bytes as u64);
    }

    pub(crate) fn call_failed(&self, call: StoreCall) {
        self.failures.add(call, 1);
    }

    /// How the store is now.
    pub(crate) fn seen(&self, is_up: bool, file_bytes: u64, reopened: u64) {
        self.up.set(is_up.into());
        self.file.set(i64::try_from(file_bytes).unwrap_or(i64::MAX));
        self.reopened.inner().store(reopened, Ordering::Relaxed);
    }
}
