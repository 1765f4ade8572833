//! Typed text that is one undo step: a word with the space behind it, or the text typed up to a
//! pause.

use shared::id::Millis;

/// After a pause of this length, typed text is a new undo step.
const PAUSE_MS: Millis = 1_000;
/// Characters of one undo step at most, for scripts without spaces.
const MAX_CHARACTERS: usize = 40;

/// Typed text that is one undo step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Burst {
    last: Millis,
    characters: usize,
    /// Whether it has a word.
    has_word: bool,
    /// Whether white space was typed last.
    ends_with_space: bool,
    /// The revision of the history that the step made. Another revision means that something else
    /// was done since.
    revision: u64,
}

impl Burst {
    pub(super) fn new(typed: &str, now: Millis, revision: u64) -> Self {
        Self {
            last: now,
            characters: typed.chars().count(),
            has_word: typed.chars().any(|letter| !letter.is_whitespace()),
            ends_with_space: typed.ends_with(char::is_whitespace),
            revision,
        }
    }

    /// Whether text that is typed now belongs to the same undo step.
    pub(super) fn continues(self, typed: &str, now: Millis, revision: u64) -> bool {
        let begins_word = self.has_word
            && self.ends_with_space
            && typed.starts_with(|letter: char| !letter.is_whitespace());
        !begins_word
            && now.saturating_sub(self.last) <= PAUSE_MS
            && self.characters < MAX_CHARACTERS
            && self.revision == revision
    }

    /// The same step after more text was typed.
    pub(super) fn grown(self, typed: &str, now: Millis, revision: u64) -> Self {
        let new = Self::new(typed, now, revision);
        Self {
            characters: self.characters + new.characters,
            has_word: self.has_word || new.has_word,
            ..new
        }
    }
}
