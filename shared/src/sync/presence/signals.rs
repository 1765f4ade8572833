//! What another person shows beside their work: words at the cursor, emoji, a raised hand, their view.

use crate::id::{ClientId, Millis};
use crate::protocol::LiveUpdate;

/// How long words at a cursor stay after the last change, in milliseconds.
pub const SAID_MS: Millis = 6_000;
/// How long a person counts as writing after the last sign of it, in milliseconds. A client repeats
/// the sign more often.
pub const WRITING_MS: Millis = 6_000;
/// How long an emoji floats, in milliseconds.
pub const REACTION_MS: Millis = 3_000;
/// How long a request to look at an area holds, in milliseconds.
const GATHER_MS: Millis = 30_000;
/// Emoji of one person that float at once; the oldest are dropped.
const MAX_REACTIONS: usize = 30;

/// Words that a person types beside the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words; never empty.
    pub text: String,
    /// When they changed last.
    pub since: Millis,
}

/// An emoji that floats up from a point.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatingEmoji {
    /// The emoji.
    pub emoji: String,
    /// Where it began, in board units.
    pub at: [f32; 2],
    /// When it arrived.
    pub since: Millis,
}

/// A request of a person that all others look at an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gathering {
    /// The area, in board units: left, top, right, bottom.
    pub view: [f32; 4],
    /// Whether others are taken there without being asked.
    pub take: bool,
    /// When it arrived.
    pub since: Millis,
}

/// What a person shows beside their work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    /// Words beside the cursor.
    pub said: Option<Said>,
    /// Emoji that float now, oldest first.
    pub emoji: Vec<FloatingEmoji>,
    /// Since when the hand is raised, in milliseconds since 1970.
    pub hand: Option<u64>,
    /// The client whose view the person follows.
    pub follows: Option<ClientId>,
    /// The area that the person shows, in board units, if others follow.
    pub view: Option<[f32; 4]>,
    /// The latest request to look at an area.
    pub gathering: Option<Gathering>,
    writing_since: Option<Millis>,
}

impl Signals {
    /// Whether the person is writing a message of the chat.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        self.writing_since.is_some()
    }

    pub(super) fn receive(&mut self, item: LiveUpdate, now: Millis) {
        match item {
            LiveUpdate::Say(text) => {
                self.said = (!text.is_empty()).then_some(Said { text, since: now });
            }
            LiveUpdate::React { emoji, at } => {
                let since = now;
                self.emoji.push(FloatingEmoji { emoji, at, since });
                let excess = self.emoji.len().saturating_sub(MAX_REACTIONS);
                self.emoji.drain(..excess);
            }
            LiveUpdate::Writing(is_writing) => self.writing_since = is_writing.then_some(now),
            LiveUpdate::Hand(since) => self.hand = since,
            LiveUpdate::Follow(client) => self.follows = client,
            LiveUpdate::View(view) => self.view = Some(view),
            LiveUpdate::Gather { view, take } => {
                let since = now;
                self.gathering = Some(Gathering { view, take, since });
            }
            LiveUpdate::Cursor(_)
            | LiveUpdate::Begin { .. }
            | LiveUpdate::Ink { .. }
            | LiveUpdate::End { .. }
            | LiveUpdate::Select(_)
            | LiveUpdate::Transform(_)
            | LiveUpdate::Draft(_)
            | LiveUpdate::Laser(_) => {}
        }
    }

    /// Drops signals that are too old. Returns whether anything was dropped.
    pub(super) fn expire(&mut self, now: Millis) -> bool {
        let said = self.said.take_if(|said| said.since + SAID_MS <= now);
        let writing = self.writing_since.take_if(|it| *it + WRITING_MS <= now);
        let gathering = self.gathering.take_if(|it| it.since + GATHER_MS <= now);
        let floating = self.emoji.len();
        self.emoji.retain(|emoji| emoji.since + REACTION_MS > now);
        said.is_some() || writing.is_some() || gathering.is_some() || floating != self.emoji.len()
    }

    pub(super) fn next_expiry(&self) -> Option<Millis> {
        let said = self.said.as_ref().map(|said| said.since + SAID_MS);
        let writing = self.writing_since.map(|since| since + WRITING_MS);
        let gathering = self.gathering.map(|it| it.since + GATHER_MS);
        let emoji = self.emoji.first().map(|emoji| emoji.since + REACTION_MS);
        let all = [said, writing, gathering, emoji];
        all.into_iter().flatten().min()
    }
}
