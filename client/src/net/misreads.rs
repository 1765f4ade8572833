//! Whether both ends understand each other.
//!
//! Pure: the time comes in as an argument. Bytes do not change on their way, so a
//! message that makes no sense is one of another version; but to dial again may be
//! enough where only the order of things went wrong.

use shared::id::Millis;

/// So many messages without sense are more than an accident,
const TOO_MANY: u32 = 3;
/// if each came within so long after the one before, in milliseconds: longer than
/// the longest wait between two dials.
const APART_MS: Millis = 60_000;

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Misreads {
    count: u32,
    last: Millis,
}

impl Misreads {
    /// A message made no sense; tells whether to give up.
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
        let mut misreads = Misreads::default();
        let outcomes = [1_000, 2_000, 20_000].map(|now| misreads.note(now));
        assert_eq!(outcomes, [false, false, true]);
    }

    #[test]
    fn what_happens_once_in_a_while_is_forgotten() {
        let mut misreads = Misreads::default();
        let hours = (1..50).map(|hour| hour * 3_600_000);
        assert!(hours.into_iter().all(|now| !misreads.note(now)));
    }
}
