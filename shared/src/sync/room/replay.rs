//! Replays a loaded board: history and recent commits are rebuilt from its snapshot and its log.
//!
//! A board with a long log takes a while, so a replay goes commit by commit. Between two commits
//! its driver can let others work, report how far it is, or give it up.

use crate::chat::ChatPage;
use crate::id::Position;
use crate::limits::{MAX_SNAPSHOT_BYTES, RING_COMMITS};
use crate::model::Board;
use crate::protocol::decode;

use super::super::confirmed_state::{ConfirmedState, decode_commit};
use super::super::log::Loaded;
use super::super::recent_commits::{RecentCommit, RecentCommits};
use super::super::snapshot::Snapshot;
use super::compaction::CompactionSchedule;
use super::deleted::DeletedElements;
use super::effect::RoomError;

/// A replay that is under way.
#[derive(Debug)]
pub struct Replay {
    loaded: Loaded,
    history: ConfirmedState,
    ring: RecentCommits,
    deleted: DeletedElements,
    /// Commits of the log that were taken.
    done: usize,
}

/// A board that was replayed to the end.
#[derive(Debug)]
pub struct Replayed {
    pub(super) history: ConfirmedState,
    pub(super) ring: RecentCommits,
    pub(super) deleted: DeletedElements,
    pub(super) compaction: CompactionSchedule,
    /// Pages of the conversation that commits of the log have filled.
    pub(super) chat_pages: Vec<ChatPage>,
    pub(super) record_version: u64,
}

impl Replayed {
    /// The board.
    #[must_use]
    pub const fn board(&self) -> &Board {
        self.history.board()
    }
}

/// Whether a replay goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayState {
    /// More commits follow.
    Unfinished,
    /// Every commit was taken.
    Finished,
}

impl Replay {
    /// Begins at the snapshot of a loaded board, or at its beginning if it has none.
    ///
    /// # Errors
    /// If the snapshot cannot be read.
    pub fn new(loaded: Loaded) -> Result<Self, RoomError> {
        let history = start(&loaded)?;
        Ok(Self {
            loaded,
            history,
            ring: RecentCommits::default(),
            deleted: DeletedElements::default(),
            done: 0,
        })
    }

    /// Takes the next commit of the log.
    ///
    /// # Errors
    /// If a commit is missing before it.
    pub fn step(&mut self) -> Result<ReplayState, RoomError> {
        let Some((seq, stored)) = self.loaded.commits.get(self.done) else {
            return Ok(ReplayState::Finished);
        };
        let at = self.history.at().seq;
        if *seq > at + 1 {
            return Err(RoomError::Hole(at));
        }
        let is_recent = self.done + RING_COMMITS >= self.loaded.commits.len();
        if *seq == at + 1 || is_recent {
            let authored = decode_commit(stored);
            if *seq == at + 1 {
                self.deleted.note(self.history.board(), &authored.commit);
                self.history.push(&authored);
            }
            if is_recent {
                let recent = RecentCommit::new(*seq, stored.clone(), authored);
                recent.into_iter().for_each(|recent| self.ring.push(recent));
            }
        }
        self.done += 1;
        Ok(self.state())
    }

    /// How much of the log was taken, `0 ..= 1000`.
    #[must_use]
    pub fn progress(&self) -> u16 {
        let all = self.loaded.commits.len().max(1);
        u16::try_from(self.done * 1_000 / all).unwrap_or(1_000)
    }

    /// Takes the rest of the log.
    ///
    /// # Errors
    /// If the loaded parts are not one consistent state.
    pub fn finish(mut self) -> Result<Replayed, RoomError> {
        while self.step()? == ReplayState::Unfinished {}
        if self.history.at() != self.loaded.at {
            return Err(RoomError::Hole(self.history.at().seq));
        }
        Ok(Replayed {
            compaction: CompactionSchedule::new(&self.loaded),
            record_version: self.loaded.record_version,
            chat_pages: self.history.take_filled_pages(),
            history: self.history,
            ring: self.ring,
            deleted: self.deleted,
        })
    }

    const fn state(&self) -> ReplayState {
        if self.done < self.loaded.commits.len() {
            ReplayState::Unfinished
        } else {
            ReplayState::Finished
        }
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
