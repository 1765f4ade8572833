//! The identity of one client on one board.

use crate::id::{ClientKey, CommitNo};

/// The key of a client on one board, and how far it has counted.
///
/// The server identifies a commit by its author and number. A client that counted less than it
/// used would give one number to two commits, and the server would ignore the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The private key.
    pub key: ClientKey,
    /// The number of the next commit; the first is 1.
    pub next_cno: CommitNo,
    /// The number of the latest connection. The server closes the older of two connections with
    /// the same key.
    pub session: u32,
}

impl Identity {
    /// An identity that was never used.
    #[must_use]
    pub const fn fresh(key: ClientKey) -> Self {
        Self {
            key,
            next_cno: 1,
            session: 0,
        }
    }

    /// Makes the next connection count as later than all connections before `unix_seconds`,
    /// seconds since 1970: a tab that takes over the identity of another replaces it.
    #[must_use]
    pub fn taken_over_at(self, unix_seconds: u64) -> Self {
        let by_time = u32::try_from(unix_seconds).unwrap_or(u32::MAX);
        Self {
            session: self.session.max(by_time),
            ..self
        }
    }

    /// The number of the next connection.
    pub(super) fn next_session(&mut self) -> u32 {
        self.session = self.session.saturating_add(1);
        self.session
    }
}
