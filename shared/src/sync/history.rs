//! A board's state as a function of its log: apply the commits in order.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::id::{ClientId, CommitNo, Position};
use crate::limits::{MAX_COMMIT_BYTES, MAX_FRAME_BYTES};
use crate::model::Board;
use crate::op::{AuthoredCommit, Commit, Guard, Undo, apply_commit};
use crate::protocol::{Refusal, StoredCommit, decode, encode};

use super::snapshot::Snapshot;

/// A snapshot that moves on, commit by commit.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    state: Snapshot,
}

impl History {
    /// Starts from a snapshot.
    #[must_use]
    pub const fn new(state: Snapshot) -> Self {
        Self { state }
    }

    /// Starts from the empty board at the beginning of an epoch.
    #[must_use]
    pub fn empty(at: Position) -> Self {
        Self::new(Snapshot {
            at,
            board: Board::new(),
            authors: BTreeMap::new(),
        })
    }

    /// Where it stands.
    #[must_use]
    pub const fn at(&self) -> Position {
        self.state.at
    }

    /// The board there.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.state.board
    }

    /// The state there.
    #[must_use]
    pub const fn state(&self) -> &Snapshot {
        &self.state
    }

    /// The last commit of an author that is part of the state.
    #[must_use]
    pub fn last_cno(&self, author: ClientId) -> CommitNo {
        self.state.authors.get(&author).copied().unwrap_or(0)
    }

    /// Applies the commit that follows.
    pub fn push(&mut self, commit: &AuthoredCommit) -> Undo {
        self.state.at.seq += 1;
        self.state.authors.insert(commit.author, commit.commit.cno);
        apply_commit(&mut self.state.board, commit.author, &commit.commit)
    }
}

/// Writes a commit down in its canonical form, if it can be part of any history.
///
/// # Errors
/// [`Refusal::Invalid`] if it is not sound or too large.
pub fn written(commit: &Commit) -> Result<Bytes, Refusal> {
    commit.validate().map_err(|_| Refusal::Invalid)?;
    let payload = encode(commit).map_err(|_| Refusal::Invalid)?;
    if payload.len() > MAX_COMMIT_BYTES {
        return Err(Refusal::Invalid);
    }
    Ok(payload)
}

/// Opens a stored commit. One that cannot be read or is not sound counts as
/// empty: every server and client decides so alike, and the number is used up.
#[must_use]
pub fn open(stored: &StoredCommit) -> AuthoredCommit {
    let readable = (stored.payload.len() <= MAX_COMMIT_BYTES)
        .then(|| decode::<Commit>(&stored.payload, MAX_FRAME_BYTES).ok())
        .flatten()
        .filter(|commit| commit.cno == stored.cno && commit.validate().is_ok());
    let commit = readable.unwrap_or_else(|| refused(stored.cno));
    AuthoredCommit {
        author: stored.author,
        commit,
    }
}

/// The empty commit that takes the number of a refused one.
#[must_use]
pub const fn refused(cno: CommitNo) -> Commit {
    Commit {
        cno,
        guard: Guard::Any,
        ops: Vec::new(),
    }
}
