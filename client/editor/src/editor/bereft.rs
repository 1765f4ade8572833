//! Somebody takes away what is written on: who goes on typing for a moment gives no
//! commands by that.
//!
//! Knows what was said and until when keys count as typed. It must not know texts.

use shared::id::{ElementId, Millis};
use shared::model::{Board, Slot};

use super::Editor;
use super::route::World;
use crate::input::Key;
use crate::output::{Effect, UiCommand};

/// A pause of this length between two keys, and the person has seen what happened.
const STILL_TYPING_MS: Millis = 1_500;
/// What is said.
const WORDS: &str = "Somebody deleted what you were writing on.";

/// Whether somebody took away what was written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Bereft {
    /// Not lately.
    #[default]
    No,
    /// Since the last frame.
    Unsaid,
    /// It was said, and keys count as typed until then.
    Until(Millis),
}

impl Editor {
    /// What was written on is gone. One's own deeds need no notice.
    pub(super) fn lose_text(&mut self, id: ElementId, board: &Board) {
        let is_own = matches!(board.slot(id), Slot::Dead(tombstone) if tombstone.by == self.me);
        if !is_own {
            self.memory.bereft = Bereft::Unsaid;
        }
    }

    /// Says what happened, once.
    pub(super) fn tell_loss(&mut self, world: &mut World<'_>) {
        if self.memory.bereft == Bereft::Unsaid {
            self.memory.bereft = Bereft::Until(world.now + STILL_TYPING_MS);
            world.effects.push(Effect::Ui(UiCommand::Say(WORDS)));
        }
    }

    /// Whether a key was meant for the text that is gone.
    pub(super) fn is_for_lost_text(&mut self, key: &Key, now: Millis) -> bool {
        let is_late = match self.memory.bereft {
            Bereft::No => return false,
            Bereft::Unsaid => false,
            Bereft::Until(end) => now > end,
        };
        let held = key.modifiers;
        let is_command = held.ctrl || held.meta || held.alt;
        if is_late || is_command || matches!(key.key.as_str(), "Escape" | "Tab") {
            self.memory.bereft = Bereft::No;
            return false;
        }
        if let Bereft::Until(end) = &mut self.memory.bereft {
            *end = now + STILL_TYPING_MS;
        }
        true
    }
}
