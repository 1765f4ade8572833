//! The cursor of another person, and whether it rests.

use crate::id::Millis;

/// A cursor that has not moved for so long rests, in milliseconds.
const RESTING_MS: Millis = 20_000;

/// The cursor of another person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cursor {
    /// Its position in board units; `None` if it is not on the board.
    pub(super) at: Option<[f32; 2]>,
    moved: Millis,
    pub(super) is_resting: bool,
}

impl Cursor {
    pub(super) fn move_to(&mut self, at: Option<[f32; 2]>, now: Millis) {
        // A cursor is sent again for people who come later.
        if at != self.at {
            *self = Self {
                at,
                moved: now,
                is_resting: false,
            };
        }
    }

    /// Returns whether it begins to rest.
    pub(super) fn expire(&mut self, now: Millis) -> bool {
        let rests_now = self.next_expiry().is_some_and(|at| at <= now);
        self.is_resting |= rests_now;
        rests_now
    }

    pub(super) fn next_expiry(&self) -> Option<Millis> {
        let may_rest = self.at.is_some() && !self.is_resting;
        may_rest.then_some(self.moved + RESTING_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_rests_until_it_moves_again() {
        let mut cursor = Cursor::default();
        assert_eq!(cursor.next_expiry(), None);
        cursor.move_to(Some([1.0, 2.0]), 1_000);
        cursor.move_to(Some([1.0, 2.0]), 5_000);
        assert_eq!(cursor.next_expiry(), Some(21_000), "it did not move");
        assert!(!cursor.expire(20_999) && !cursor.is_resting);
        assert!(cursor.expire(21_000) && cursor.is_resting);
        assert!(!cursor.expire(30_000), "it is told once");
        assert_eq!(cursor.next_expiry(), None);
        cursor.move_to(Some([1.0, 3.0]), 40_000);
        assert!(!cursor.is_resting);
    }
}
