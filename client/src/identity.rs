//! Who this tab is to a board's server, kept in the tab over reloads.
//!
//! Knows keys and counters. It must not know how two tabs are told apart.

use serde::{Deserialize, Serialize};
use shared::id::{BoardId, ClientKey, CommitNo};

use crate::random;
use crate::storage::Area;

/// The identity of one tab on one board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        Area::Tab.get_or_convert(&storage_key(board), |text| {
            Self::from_earlier_form(board, text)
        })
    }

    /// Keeps it for the next load of this tab.
    pub fn save(&self) {
        Area::Tab.set(&storage_key(self.board), self);
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

    /// Reads the form of versions before JSON: key, number and count with spaces between. A
    /// tab that is loaded again by an update goes on as who it was.
    fn from_earlier_form(board: BoardId, text: &str) -> Option<Self> {
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
    Area::Tab.remove(&storage_key(board));
}

fn storage_key(board: BoardId) -> String {
    format!("tab:{board}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_as_it_was_written_by_this_and_by_earlier_versions() {
        let board = BoardId::from_bytes([1; 16]);
        let key = ClientKey::from_bytes([2; 16]);
        let expected = Identity {
            board,
            key,
            next_cno: 7,
            session: 1_795_382_810,
        };
        let text = serde_json::to_string(&expected).unwrap();
        assert_eq!(serde_json::from_str::<Identity>(&text).unwrap(), expected);
        let earlier = "AgICAgICAgICAgICAgICAg 7 1795382810";
        assert_eq!(Identity::from_earlier_form(board, earlier), Some(expected));
        for rubbish in ["key 7 8", "AgICAgICAgICAgICAgICAg"] {
            assert_eq!(Identity::from_earlier_form(board, rubbish), None);
        }
    }
}
