//! Counts what a room does, for the metrics of its server.

use crate::id::Millis;
use crate::protocol::Refusal;

use super::Room;

/// What a room did since its driver took the counts last. A driver takes them after each call that
/// may change them, so the lists stay short.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct RoomCounts {
    /// Commits that clients sent.
    pub commits_received: u64,
    /// Those that were passed on to the store.
    pub commits_accepted: u64,
    /// Those that were refused.
    pub commits_refused: Vec<Refusal>,
    /// For each commit whose author was told that it is saved: how long after it was received, in
    /// milliseconds.
    pub saved: Vec<Millis>,
    /// The same for commits whose authors were told that they are safe from power loss.
    pub durable: Vec<Millis>,
    /// Live updates that were replaced by a newer one before they were sent.
    pub live_coalesced: u64,
    /// Live updates that were dropped because too many waited.
    pub live_dropped: u64,
    /// Live frames that sessions did not get because they were too far behind.
    pub live_skipped: u64,
    /// Sessions that were too far behind and began again from a snapshot.
    pub sessions_restarted: u64,
    /// How often commits were missing, and the store was asked for them.
    pub gaps_found: u64,
    /// How often all missing commits were read.
    pub gaps_filled: u64,
    /// How often the board's history went on in another epoch.
    pub epochs_changed: u64,
}

impl Room {
    /// What the room did since the last call.
    pub fn take_counts(&mut self) -> RoomCounts {
        std::mem::take(&mut self.counts)
    }
}
