//! Counts messages of the server that cannot be understood.
//!
//! Pure: the time comes in as an argument. Bytes do not change on their way, so a message
//! that cannot be read is one of another version. But where only the order of messages
//! went wrong, a new connection may be enough.

use shared::id::Millis;

/// So many errors in a row are no accident. The page then gives the server up.
const TOO_MANY: u32 = 3;
/// Errors are in a row if each comes within so long after the one before, in
/// milliseconds: longer than the longest wait between two attempts to connect.
const APART_MS: Millis = 60_000;

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ProtocolErrors {
    count: u32,
    last: Millis,
}

impl ProtocolErrors {
    /// Counts an error; returns whether to give the server up.
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
    fn a_server_that_is_never_understood_is_given_up() {
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
