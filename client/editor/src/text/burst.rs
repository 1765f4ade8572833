//! Typed text that is one undo step.

use shared::id::Millis;

/// After a pause of this length, typed text is a new undo step.
const PAUSE_MS: Millis = 1_000;
/// Characters of one undo step at most.
const MAX_CHARACTERS: usize = 40;

/// Typed text that is one undo step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Burst {
    last: Millis,
    characters: usize,
    /// The revision of the history that the step made. Another revision means that something else
    /// was done since.
    revision: u64,
}

impl Burst {
    pub(super) const fn new(characters: usize, now: Millis, revision: u64) -> Self {
        Self {
            last: now,
            characters,
            revision,
        }
    }

    /// Whether text that is typed now belongs to the same undo step.
    pub(super) const fn continues(self, now: Millis, revision: u64) -> bool {
        now.saturating_sub(self.last) <= PAUSE_MS
            && self.characters < MAX_CHARACTERS
            && self.revision == revision
    }

    /// The same step after more text was typed.
    pub(super) const fn grown(self, characters: usize, now: Millis, revision: u64) -> Self {
        Self::new(self.characters + characters, now, revision)
    }
}
