//! Who this tab is to a board's server, kept in the tab over reloads.
//!
//! Knows keys and counters. It must not know how two tabs are told apart.

use shared::id::{BoardId, ClientKey, CommitNo};

use crate::random;
use crate::storage::Shelf;

/// The identity of one tab on one board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    board: BoardId,
    /// The private key.
    pub key: ClientKey,
    /// The number of the next commit.
    pub next_cno: CommitNo,
    session: u32,
}

impl Identity {
    /// An identity that nobody has had yet.
    #[must_use]
    pub fn fresh(board: BoardId) -> Self {
        Self {
            board,
            key: random::client_key(),
            next_cno: 1,
            session: 0,
        }
    }

    /// The identity of another tab that is gone.
    #[must_use]
    pub const fn inherited(board: BoardId, key: ClientKey, next_cno: CommitNo) -> Self {
        Self {
            board,
            key,
            next_cno,
            session: 0,
        }
    }

    /// What this tab was before it was loaded again.
    #[must_use]
    pub fn load(board: BoardId) -> Option<Self> {
        Self::parse(board, &Shelf::Tab.get(&storage_key(board))?)
    }

    /// Keeps it for the next load of this tab.
    pub fn save(&self) {
        let text = format!("{} {} {}", self.key.reveal(), self.next_cno, self.session);
        Shelf::Tab.put(&storage_key(self.board), &text);
    }

    /// Takes note of the highest number used.
    pub fn used(&mut self, cno: CommitNo) {
        self.next_cno = cno + 1;
        self.save();
    }

    /// The count of the next connection. It grows with time too, so that a tab
    /// which inherits the identity comes after the one that had it.
    pub fn next_session(&mut self, unix_seconds: u64) -> u32 {
        let by_time = u32::try_from(unix_seconds).unwrap_or(u32::MAX);
        self.session = self.session.saturating_add(1).max(by_time);
        self.save();
        self.session
    }

    fn parse(board: BoardId, text: &str) -> Option<Self> {
        let mut fields = text.split(' ');
        Some(Self {
            board,
            key: fields.next()?.parse().ok()?,
            next_cno: fields.next()?.parse().ok()?,
            session: fields.next()?.parse().ok()?,
        })
    }
}

/// Forgets who this tab was: the next load begins afresh.
pub fn forget(board: BoardId) {
    Shelf::Tab.remove(&storage_key(board));
}

fn storage_key(board: BoardId) -> String {
    format!("tab:{board}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_as_it_was_written() {
        let board = BoardId::from_bytes([1; 16]);
        let key = ClientKey::from_bytes([2; 16]);
        let text = format!("{} 7 1795382810", key.reveal());
        let expected = Identity {
            board,
            key,
            next_cno: 7,
            session: 1_795_382_810,
        };
        assert_eq!(Identity::parse(board, &text), Some(expected));
        assert_eq!(Identity::parse(board, "key 7 8"), None);
        assert_eq!(Identity::parse(board, &key.reveal()), None);
    }
}
