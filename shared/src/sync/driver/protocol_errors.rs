//! Counts messages of the server that the client cannot understand.
//!
//! Bytes do not change on their way, so a message that cannot be read comes from another
//! version. If only the order of messages was wrong, a new connection may be enough.

use crate::id::Millis;

/// So many errors in a row are no accident; the driver then gives up.
const TOO_MANY: u32 = 3;
/// Errors are in a row if each comes within this time after the one before, in milliseconds:
/// longer than the longest wait between two attempts to connect.
const APART_MS: Millis = 60_000;

/// The count of recent messages that could not be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ProtocolErrors {
    count: u32,
    last: Millis,
}

impl ProtocolErrors {
    /// Counts an error; returns whether to give up.
    pub(super) fn note(&mut self, now: Millis) -> bool {
        if now.saturating_sub(self.last) > APART_MS {
            self.count = 0;
        }
        self.count += 1;
        self.last = now;
        self.count >= TOO_MANY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_errors_in_a_row_are_too_many() {
        let mut errors = ProtocolErrors::default();
        let outcomes = [1_000, 2_000, 20_000].map(|now| errors.note(now));
        assert_eq!(outcomes, [false, false, true]);
    }

    #[test]
    fn an_error_once_in_a_while_is_forgotten() {
        let mut errors = ProtocolErrors::default();
        let hours = (1..50).map(|hour| hour * 3_600_000);
        assert!(hours.into_iter().all(|now| !errors.note(now)));
    }
}
