//! Limits the bytes on the way to clients: for each board, each caller and the whole process.
//!
//! Sessions share the frames that they are sent, but each socket has buffers of its own, and what a
//! client has not acknowledged may lie in them. Many clients that do not read could fill the memory
//! by that. Beyond a limit a session is sent one frame at a time, so that everybody goes on.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::id::BoardId;

use crate::caller_rate_limit::Caller;

/// Bytes on the way to all clients of this process.
pub(crate) const PROCESS_BYTES: u64 = 128 * 1024 * 1024;
/// Bytes on the way to all clients of one board: those of a school class that opens it at once, each
/// with a fast connection.
const BOARD_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes on the way to all clients of one caller; the school class has one address.
const CALLER_BYTES: u64 = 32 * 1024 * 1024;

/// Counts the bytes on the way to all clients. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct TransferBudget {
    process: Arc<AtomicU64>,
    boards: Counters<BoardId>,
    callers: Counters<Caller>,
}

impl TransferBudget {
    /// The bytes on the way to all clients.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.process.load(Ordering::Relaxed)
    }

    /// The share of a new session. It counts nothing yet.
    #[must_use]
    pub fn session(&self, board: BoardId, caller: Caller) -> SessionBudget {
        SessionBudget {
            used: 0,
            process: Arc::clone(&self.process),
            board: self.boards.counter(board),
            caller: self.callers.counter(caller),
        }
    }
}

/// The share of one session; dropping it ends the count.
#[derive(Debug)]
pub struct SessionBudget {
    used: u64,
    process: Arc<AtomicU64>,
    board: Counter<BoardId>,
    caller: Counter<Caller>,
}

impl SessionBudget {
    /// The bytes that this session may be sent within all limits.
    #[must_use]
    pub fn left(&self) -> u64 {
        let left =
            |limit: u64, used: &AtomicU64| limit.saturating_sub(used.load(Ordering::Relaxed));
        left(PROCESS_BYTES, &self.process)
            .min(left(BOARD_BYTES, &self.board.bytes))
            .min(left(CALLER_BYTES, &self.caller.bytes))
    }

    /// Notes how many bytes are on the way to the client now.
    pub fn set_used(&mut self, bytes: u64) {
        let more = bytes.wrapping_sub(std::mem::replace(&mut self.used, bytes));
        if more != 0 {
            for counter in [&self.process, &self.board.bytes, &self.caller.bytes] {
                // Adding the difference wraps around if it is negative.
                counter.fetch_add(more, Ordering::Relaxed);
            }
        }
    }
}

impl Drop for SessionBudget {
    fn drop(&mut self) {
        self.set_used(0);
    }
}

/// The counters of all boards or callers that have a session.
#[derive(Debug)]
struct Counters<K>(Arc<Mutex<HashMap<K, Arc<AtomicU64>>>>);

impl<K> Clone for Counters<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K> Default for Counters<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Copy + Eq + Hash> Counters<K> {
    fn counter(&self, key: K) -> Counter<K> {
        let bytes = Arc::clone(self.lock().entry(key).or_default());
        Counter {
            key,
            bytes,
            all: self.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<AtomicU64>>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of the counters. The last session that drops it removes it from the map.
#[derive(Debug)]
struct Counter<K: Copy + Eq + Hash> {
    key: K,
    bytes: Arc<AtomicU64>,
    all: Counters<K>,
}

impl<K: Copy + Eq + Hash> Drop for Counter<K> {
    fn drop(&mut self) {
        let mut all = self.all.lock();
        // The map has one reference, and this counter has one.
        if Arc::strong_count(&self.bytes) <= 2 {
            all.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn caller(number: u8) -> Caller {
        Caller::from(IpAddr::from([10, 0, 0, number]))
    }

    fn board(number: u8) -> BoardId {
        BoardId::from_bytes([number; 16])
    }

    #[test]
    fn a_board_and_a_caller_have_limits_that_do_not_concern_others() {
        let budget = TransferBudget::default();
        let mut one = budget.session(board(1), caller(1));
        one.set_used(BOARD_BYTES);
        assert_eq!(budget.session(board(1), caller(2)).left(), 0);
        assert_eq!(budget.session(board(2), caller(1)).left(), 0);
        assert_eq!(budget.session(board(2), caller(2)).left(), BOARD_BYTES);
        one.set_used(10);
        assert_eq!(one.left(), BOARD_BYTES - 10);
    }

    #[test]
    fn the_process_has_a_limit() {
        let budget = TransferBudget::default();
        let shares = PROCESS_BYTES / BOARD_BYTES;
        let sessions = (0..u8::try_from(shares).unwrap()).map(|number| {
            let mut session = budget.session(board(number), caller(number));
            session.set_used(BOARD_BYTES);
            session
        });
        let sessions: Vec<SessionBudget> = sessions.collect();
        let other = budget.session(board(200), caller(200));
        assert_eq!(other.left(), 0);
        drop(sessions);
        assert_eq!(other.left(), BOARD_BYTES);
    }

    #[test]
    fn nothing_is_kept_of_sessions_that_ended() {
        let budget = TransferBudget::default();
        for number in 0..100 {
            let mut session = budget.session(board(number), caller(number));
            session.set_used(1_000);
        }
        assert_eq!(budget.process.load(Ordering::Relaxed), 0);
        assert!(budget.boards.lock().is_empty() && budget.callers.lock().is_empty());
    }
}
