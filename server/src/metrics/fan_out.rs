//! Fan-out: frames on their way to clients, and live updates that do not arrive.

use prometheus_client::metrics::counter::Counter;
use shared::sync::RoomCounts;

use super::label::{CountBy, count, label};
use super::registrar::Registrar;

/// Why a live update was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LiveDrop {
    /// Its client sends too many.
    RateLimit,
    /// It cannot be read.
    Unreadable,
    /// Too many waited for the next frame.
    QueueFull,
    /// A client read too slowly; counted in frames.
    SlowReader,
    /// It could not be published for other servers; counted in messages.
    NotPublished,
}

label!(LiveDrop, "reason", {
    LiveDrop::RateLimit => "rate_limit",
    LiveDrop::Unreadable => "unreadable",
    LiveDrop::QueueFull => "queue_full",
    LiveDrop::SlowReader => "slow_reader",
    LiveDrop::NotPublished => "not_published",
});

/// Counts frames and live updates.
#[derive(Debug, Clone)]
pub(crate) struct FanOutMetrics {
    frames: Counter,
    bytes: Counter,
    coalesced: Counter,
    dropped: CountBy<LiveDrop>,
}

impl FanOutMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            frames: all.counter("frames_sent", "Frames that rooms sent to clients"),
            bytes: all.byte_counter("sent", "Bytes of these frames"),
            coalesced: all.counter(
                "live_coalesced",
                "Live updates that a newer one replaced before they were sent",
            ),
            dropped: all.count_by("live_dropped", "Live updates that were dropped"),
        }
    }

    /// A room sent so many frames.
    pub(crate) fn frames_sent(&self, frames: u64, bytes: u64) {
        self.frames.inc_by(frames);
        self.bytes.inc_by(bytes);
    }

    pub(crate) fn live_dropped(&self, reason: LiveDrop) {
        self.dropped.add(reason, 1);
    }

    pub(super) fn room_acted(&self, counts: &RoomCounts) {
        count(&self.coalesced, counts.live_coalesced);
        self.dropped.add(LiveDrop::QueueFull, counts.live_dropped);
        self.dropped.add(LiveDrop::SlowReader, counts.live_skipped);
    }
}
