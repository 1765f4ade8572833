//! Pictures: how many came, left and were refused.

use prometheus_client::metrics::counter::Counter;

use super::label::{CountBy, label};
use super::registrar::Registrar;

/// How a request to the store of pictures failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlobFailure {
    Unavailable,
    ReadOnly,
    Full,
}

label!(BlobFailure, "reason", {
    BlobFailure::Unavailable => "unavailable",
    BlobFailure::ReadOnly => "read_only",
    BlobFailure::Full => "full",
});

/// Why a blob was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlobRemoval {
    /// Its upload was not finished in time.
    Expired,
    /// Its board does not need it.
    Unneeded,
    /// It is no picture that is kept.
    Refused,
    /// Its board was deleted.
    Deleted,
}

label!(BlobRemoval, "reason", {
    BlobRemoval::Expired => "expired",
    BlobRemoval::Unneeded => "unneeded",
    BlobRemoval::Refused => "refused",
    BlobRemoval::Deleted => "deleted",
});

/// Counts pictures.
#[derive(Debug, Clone)]
pub(crate) struct BlobMetrics {
    stored: Counter,
    received: Counter,
    sent: Counter,
    removed: CountBy<BlobRemoval>,
    failed: CountBy<BlobFailure>,
}

impl BlobMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            stored: all.counter(
                "blobs_stored",
                "Pictures whose upload was finished and checked",
            ),
            received: all.byte_counter("blobs_received", "Bytes of pictures that were stored"),
            sent: all.byte_counter("blobs_sent", "Bytes of pictures that clients loaded"),
            removed: all.count_by("blobs_removed", "Pictures and uploads that were removed"),
            failed: all.count_by(
                "blob_store_failures",
                "Requests to the store of pictures that failed",
            ),
        }
    }

    pub(crate) fn stored(&self) {
        self.stored.inc();
    }

    pub(crate) fn received(&self, bytes: usize) {
        self.received.inc_by(bytes as u64);
    }

    pub(crate) fn sent(&self, bytes: usize) {
        self.sent.inc_by(bytes as u64);
    }

    pub(crate) fn removed(&self, why: BlobRemoval, count: u64) {
        self.removed.add(why, count);
    }

    pub(crate) fn failed(&self, how: BlobFailure) {
        self.failed.add(how, 1);
    }
}
