//! The status of the board for the person: connected, saving, saved.

use crate::id::Millis;
use crate::protocol::StoreStatus;

use super::connection::ConnectionState;
use super::pending_commits::PendingCommits;

/// A change that waits longer counts as not saved instead of saving, in milliseconds.
pub(super) const UNSAVED_MS: Millis = 2_000;
/// Whether the client is connected, and whether its commits are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The server has not welcomed the client yet.
    Connecting,
    /// The connection was lost, or a move to another server takes long, and every commit is saved.
    Reconnecting,
    /// Commits have not been saved for a while.
    NotSaved {
        /// How many; 0 when the server cannot save at present. A link for viewing has this status
        /// too: what others draw may be lost.
        changes: usize,
    },
    /// Commits are being saved.
    Saving,
    /// Every commit survives the end of any one process.
    Saved {
        /// Every commit survives power loss too.
        durable: bool,
    },
    /// The person may only view at present, and the shown board is current.
    ReadOnly,
}

/// How current the confirmed board is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    /// There is no board yet.
    Missing,
    /// A newer snapshot is arriving.
    Outdated,
    /// It has everything that the server sent.
    Current,
}

pub(super) fn status(
    connection: &ConnectionState,
    pending: &PendingCommits,
    may_draw: bool,
    freshness: Freshness,
    now: Millis,
) -> Status {
    let changes = pending.len();
    let alive = connection.is_alive(now);
    let slow = pending
        .oldest_since()
        .is_some_and(|since| now >= since + UNSAVED_MS);
    if alive && freshness != Freshness::Current && changes > 0 && !slow {
        return Status::Saving;
    }
    if !alive || freshness != Freshness::Current {
        return match (changes, freshness) {
            (0, Freshness::Missing) => Status::Connecting,
            (0, Freshness::Outdated | Freshness::Current) => Status::Reconnecting,
            (changes, _) if slow || connection.was_welcomed() => Status::NotSaved { changes },
            (_, _) => Status::Connecting,
        };
    }
    match (may_draw, connection.storing()) {
        (_, StoreStatus::Down) => Status::NotSaved { changes },
        (true, StoreStatus::Up) if slow => Status::NotSaved { changes },
        (true, StoreStatus::Up) if changes > 0 => Status::Saving,
        (true, StoreStatus::Up) => Status::Saved {
            durable: pending.is_durable(),
        },
        // They wait until the board is no longer frozen, or the person no longer muted.
        (false, StoreStatus::Up) if changes > 0 => Status::NotSaved { changes },
        (false, StoreStatus::Up) => Status::ReadOnly,
    }
}
