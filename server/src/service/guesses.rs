//! Counts wrong secrets, by caller and by board.
//!
//! Only wrong secrets count, and only wrong secrets are refused: a guesser can lock out neither
//! the people behind the same address nor the people of the board. So a guesser
//! would get in too by a right secret, but secrets have 128 bits.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;
use shared::id::BoardId;

use crate::caller_rate_limit::{Caller, Limiter};
use crate::clock::Clock;

/// Wrong secrets that one address may try at once, and again in a minute: a link that was cut off or
/// mixed up is tried a few times.
const OF_CALLER: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);
/// Wrong secrets that may be tried on one board at once, and again in a minute, by all addresses
/// together.
const OF_BOARD: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);
/// Each wrong secret beyond a limit makes the wait longer, up to this. A longer wait would not stop a
/// guesser any better, and a mistyped link is told apart from a busy server only after the wait.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// The limits of wrong secrets.
#[derive(Debug)]
pub(super) struct Guesses {
    callers: Limiter<Caller, Clock>,
    boards: Limiter<BoardId, Clock>,
}

impl Guesses {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            callers: Limiter::new(Quota::per_minute(OF_CALLER), clock),
            boards: Limiter::new(Quota::per_minute(OF_BOARD), clock),
        }
    }

    /// Counts a wrong secret. Boards that do not exist are counted like others, so that the answers
    /// do not tell which exist. What a caller tries beyond its own limit does not count for the board.
    ///
    /// # Errors
    /// The caller or the board has had too many: how long to wait.
    pub(super) fn take(&self, board: BoardId, caller: Caller) -> Result<(), Duration> {
        self.callers.take_or_wait_longer(caller, LONGEST_WAIT)?;
        self.boards.take_or_wait_longer(board, LONGEST_WAIT)
    }
}
