//! Rebuilds the history and the recent commits of a board from its loaded snapshot and log.

use crate::id::Position;
use crate::limits::MAX_SNAPSHOT_BYTES;
use crate::protocol::{ServerMsg, decode, encode};

use super::super::confirmed_state::{ConfirmedState, decode_commit};
use super::super::log::Loaded;
use super::super::recent_commits::{RecentCommit, RecentCommits};
use super::super::snapshot::Snapshot;
use super::effect::RoomError;

/// Rebuilds the history and the recent commits of a loaded board.
///
/// # Errors
/// If the loaded parts are not one consistent state.
pub(super) fn rebuild(loaded: &Loaded) -> Result<(ConfirmedState, RecentCommits), RoomError> {
    let mut history = start(loaded)?;
    let mut ring = RecentCommits::default();
    for (seq, stored) in &loaded.commits {
        let authored = decode_commit(stored);
        if *seq == history.at().seq + 1 {
            history.push(&authored);
        } else if *seq > history.at().seq {
            return Err(RoomError::Hole(history.at().seq));
        }
        if let Ok(frame) = encode(&ServerMsg::Commit {
            seq: *seq,
            commit: authored,
        }) {
            ring.push(RecentCommit {
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

/// The history at the snapshot, or at the beginning if there is none.
fn start(loaded: &Loaded) -> Result<ConfirmedState, RoomError> {
    let epoch = loaded.at.epoch;
    let Some((seq, bytes)) = &loaded.snapshot else {
        return Ok(ConfirmedState::empty(Position { epoch, seq: 0 }));
    };
    let mut snapshot: Snapshot = decode(bytes, MAX_SNAPSHOT_BYTES)?;
    // The epoch may have changed since the snapshot was taken; its `seq` still holds.
    snapshot.at = Position { epoch, seq: *seq };
    Ok(ConfirmedState::new(snapshot))
}
