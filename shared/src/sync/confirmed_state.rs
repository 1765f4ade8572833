//! The confirmed state of a board: the result of applying the commits of its log in order.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::chat::{Chat, ChatPage};
use crate::id::{ClientId, CommitNo, Position};
use crate::limits::{MAX_COMMIT_BYTES, MAX_FRAME_BYTES};
use crate::model::Board;
use crate::op::{AuthoredCommit, Commit, Guard, Rollback, apply_commit};
use crate::protocol::{Refusal, StoredCommit, decode, encode};

use super::snapshot::Snapshot;

/// A snapshot that advances commit by commit.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfirmedState {
    state: Snapshot,
    /// Pages of the conversation that were filled and not taken.
    filled: Vec<ChatPage>,
}

impl ConfirmedState {
    /// Starts from a snapshot.
    #[must_use]
    pub const fn new(state: Snapshot) -> Self {
        Self {
            state,
            filled: Vec::new(),
        }
    }

    /// Starts from an empty board at the given position.
    #[must_use]
    pub fn empty(at: Position) -> Self {
        Self::new(Snapshot {
            at,
            board: Board::new(),
            authors: BTreeMap::new(),
            chat: Chat::default(),
        })
    }

    /// The present position.
    #[must_use]
    pub const fn at(&self) -> Position {
        self.state.at
    }

    /// The present board.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.state.board
    }

    /// The present state.
    #[must_use]
    pub const fn state(&self) -> &Snapshot {
        &self.state
    }

    /// The number of an author's last commit that is part of the state.
    #[must_use]
    pub fn last_cno(&self, author: ClientId) -> CommitNo {
        self.state.authors.get(&author).copied().unwrap_or(0)
    }

    /// Applies the next commit.
    pub fn push(&mut self, commit: &AuthoredCommit) -> Rollback {
        self.state.at.seq += 1;
        self.state.authors.insert(commit.author, commit.commit.cno);
        for op in commit.commit.chat_ops() {
            self.filled.extend(self.state.chat.apply(op));
        }
        apply_commit(&mut self.state.board, commit.author, &commit.commit)
    }

    /// The pages of the conversation that commits have filled since the last call, oldest first.
    pub fn take_filled_pages(&mut self) -> Vec<ChatPage> {
        std::mem::take(&mut self.filled)
    }
}

/// Encodes a commit in its canonical form.
///
/// # Errors
/// [`Refusal::Invalid`] if the commit breaks a rule or is too large.
pub fn encode_commit(commit: &Commit) -> Result<Bytes, Refusal> {
    commit.validate().map_err(|_| Refusal::Invalid)?;
    let payload = encode(commit).map_err(|_| Refusal::Invalid)?;
    if payload.len() > MAX_COMMIT_BYTES {
        return Err(Refusal::Invalid);
    }
    Ok(payload)
}

/// Decodes a stored commit. A commit that cannot be decoded or breaks a rule becomes an empty
/// commit. Every server and client decides this in the same way, and the number stays used.
#[must_use]
pub fn decode_commit(stored: &StoredCommit) -> AuthoredCommit {
    let readable = (stored.payload.len() <= MAX_COMMIT_BYTES)
        .then(|| decode::<Commit>(&stored.payload, MAX_FRAME_BYTES).ok())
        .flatten()
        .filter(|commit| commit.cno == stored.cno && commit.validate().is_ok());
    let commit = readable.unwrap_or_else(|| refused_commit(stored.cno));
    AuthoredCommit {
        author: stored.author,
        commit,
    }
}

/// The empty commit that replaces a refused one and keeps its number.
#[must_use]
pub const fn refused_commit(cno: CommitNo) -> Commit {
    Commit {
        cno,
        guard: Guard::Any,
        ops: Vec::new(),
    }
}
