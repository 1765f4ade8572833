//! Keys that are typed for a text which another user has just deleted.
//!
//! They are ignored for 1.5 seconds, so that they do not trigger shortcuts.

use shared::id::{ClientId, ElementId, Millis};
use shared::model::{Board, ElementState};

use crate::input::Key;
use crate::update::Update;

/// A user who pauses this long between two keys has seen the notice.
const STILL_TYPING_MS: Millis = 1_500;
const NOTICE: &str = "Another user deleted the element that you were editing.";

/// Whether another user deleted the text that was edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DeletedText {
    /// Not lately.
    #[default]
    No,
    /// Since the last animation frame.
    Unannounced,
    /// It was announced. Keys are ignored until this time.
    IgnoresKeysUntil(Millis),
}

impl DeletedText {
    /// The element is gone. A person who deleted it themselves needs no notice.
    pub(super) fn lost(&mut self, id: ElementId, board: &Board, me: ClientId) {
        let is_own =
            matches!(board.state(id), ElementState::Deleted(tombstone) if tombstone.by == me);
        if !is_own {
            *self = Self::Unannounced;
        }
    }

    pub(super) fn announce(&mut self, update: &mut Update<'_>) {
        if *self == Self::Unannounced {
            *self = Self::IgnoresKeysUntil(update.now + STILL_TYPING_MS);
            update.notify(NOTICE);
        }
    }

    /// Whether a key is ignored. Escape, Tab and keys with Ctrl, Cmd or Alt are not.
    pub(super) fn ignores(&mut self, key: &Key, now: Millis) -> bool {
        let is_late = match *self {
            Self::No => return false,
            Self::Unannounced => false,
            Self::IgnoresKeysUntil(end) => now > end,
        };
        let held = key.modifiers;
        let is_command = held.ctrl || held.meta || held.alt;
        if is_late || is_command || matches!(key.key.as_str(), "Escape" | "Tab") {
            *self = Self::No;
            return false;
        }
        if let Self::IgnoresKeysUntil(end) = self {
            *end = now + STILL_TYPING_MS;
        }
        true
    }
}
