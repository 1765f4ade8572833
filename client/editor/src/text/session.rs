//! One person's writing on one element: what their field holds, by characters.
//!
//! Pure: edits come out, texts go in. It must not know how edits travel.

use std::borrow::Cow;
use std::ops::Range;

use shared::id::{ClientId, ElementId, Millis};
use shared::model::{CharId, Element, Marks, RichText, TextEdit};

use super::caret::Marked;
use super::difference::{characters, difference, units};
use super::edits::marks_at;
use super::name::Naming;
use crate::input::FieldState;

/// A pause after which what is typed is a new step of undo.
const PAUSE_MS: Millis = 1_000;
/// Characters that one step of undo takes back at most.
const MAX_BURST: usize = 40;

/// What a field holds, and which characters these are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    version: u32,
    value: String,
    pub(super) ids: Vec<CharId>,
}

impl Content {
    fn of(text: &RichText, version: u32) -> Self {
        Self {
            version,
            value: text.plain(),
            ids: text.letters().map(|letter| letter.id).collect(),
        }
    }
}

/// Typing that is one step of undo.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Burst {
    last: Millis,
    characters: usize,
    /// The entry of the history that it is; another says that something else was done.
    turn: u64,
}

/// Edits that come from what was typed, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written {
    /// What was typed.
    pub(super) edits: Vec<TextEdit>,
    /// What follows from it by itself, to be undone by itself.
    pub(super) follow_ups: Vec<TextEdit>,
}

/// A text that is being written into.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typing {
    pub(super) id: ElementId,
    /// What the field told last.
    pub(super) held: Content,
    /// What it has to take over.
    offer: Option<Content>,
    /// The offer moves the caret: where the field had it is told too late.
    placed: bool,
    pub(super) marked: Marked,
    /// What is typed next is set like this, whatever stands before it.
    pub(super) next_marks: Option<Marks>,
    composing: bool,
    burst: Option<Burst>,
    /// Whether the element was there; it may still be on its way to the board.
    seen: bool,
    /// The place from which a pointer marks text.
    pub(super) marking: Option<usize>,
    /// Where the caret tries to stay while it goes up and down.
    pub(super) goal: Option<f64>,
    /// The name that is written, where it is no text.
    pub(super) name: Option<Naming>,
}

impl Typing {
    /// Begins with the caret at the end of the text.
    pub(super) fn new(id: ElementId, text: Option<&RichText>) -> Self {
        let held = text.map_or_else(Content::default, |text| Content::of(text, 0));
        Self {
            id,
            marked: Marked::at(held.ids.last().copied()),
            held,
            offer: None,
            placed: false,
            next_marks: None,
            composing: false,
            burst: None,
            seen: text.is_some(),
            marking: None,
            goal: None,
            name: None,
        }
    }

    /// What is written into: the text of its element, or its name.
    pub(super) fn text<'a>(&self, element: &'a Element) -> Cow<'a, RichText> {
        match &self.name {
            Some(naming) => Cow::Owned(naming.text.clone()),
            None => Cow::Borrowed(&element.text),
        }
    }

    /// What the field held at a version that counts still.
    pub(super) fn known(&self, version: u32) -> Option<&str> {
        let known = self.offer.iter().chain([&self.held]);
        let known = known.into_iter().find(|content| content.version == version);
        known.map(|content| content.value.as_str())
    }

    /// Whether the element was there once.
    pub(super) const fn was_seen(&self) -> bool {
        self.seen
    }

    /// The content that the field should have, and the marked part of it.
    pub(super) fn field(&self, text: &RichText) -> (&str, u32, (u32, u32)) {
        let content = self.offer.as_ref().unwrap_or(&self.held);
        let Range { start, end } = self.range(text);
        let range = (units(&content.value, start), units(&content.value, end));
        (&content.value, content.version, range)
    }

    /// The marked characters, or the caret twice.
    pub(super) fn range(&self, text: &RichText) -> Range<usize> {
        self.marked.range(text)
    }

    /// The text changed, by whomever.
    pub(super) fn follow(&mut self, text: &RichText) {
        self.seen = true;
        let current = self.offer.as_ref().unwrap_or(&self.held);
        let same = text
            .letters()
            .map(|letter| letter.id)
            .eq(current.ids.iter().copied());
        if !same && !self.composing {
            self.push(text);
        }
    }

    /// What is typed next is a step of undo of its own.
    pub(super) const fn rest(&mut self) {
        self.burst = None;
        if let Some(naming) = &mut self.name {
            naming.step = None;
        }
    }

    /// Makes the field take over the text and the marked part.
    pub(super) fn push(&mut self, text: &RichText) {
        let latest = self.offer.as_ref().unwrap_or(&self.held).version;
        self.offer = Some(Content::of(text, latest.max(self.held.version) + 1));
    }

    /// Puts the caret somewhere, on request of the editor and not of the field.
    pub(super) fn mark(&mut self, marked: Marked, text: &RichText) {
        self.marked = marked;
        self.next_marks = None;
        self.burst = None;
        if !self.composing {
            self.push(text);
            self.placed = true;
        }
    }

    /// Sets marked characters otherwise, or those that are typed next.
    pub(super) fn toggle(&mut self, mark: Marks, text: &RichText) -> Option<TextEdit> {
        let (range, now) = (self.range(text), self.marks(text));
        let on = !now.has(mark);
        self.burst = None;
        if range.is_empty() {
            self.next_marks = Some(now.set(mark, on));
            return None;
        }
        Some(TextEdit::Mark {
            spans: text.spans(range),
            marks: mark,
            on,
        })
    }

    /// How all marked characters are set, or what is typed next.
    pub(super) fn marks(&self, text: &RichText) -> Marks {
        let range = self.range(text);
        if range.is_empty() {
            let like = || marks_at(text, range.start);
            return self.next_marks.unwrap_or_else(like);
        }
        let has = |mark: Marks| {
            let mut letters = text.letters().skip(range.start).take(range.len());
            letters.all(|letter| letter.marks.has(mark))
        };
        let bold = Marks::NONE.set(Marks::BOLD, has(Marks::BOLD));
        bold.set(Marks::ITALIC, has(Marks::ITALIC))
    }

    /// Whether what was typed now belongs to the step of undo before it; `steps` is the
    /// number of those.
    pub(super) fn goes_on(&self, now: Millis, turn: u64) -> bool {
        self.burst.is_some_and(|burst| {
            now.saturating_sub(burst.last) <= PAUSE_MS
                && burst.characters < MAX_BURST
                && burst.turn == turn
        })
    }

    /// Takes note of a step of undo, or of more in it.
    pub(super) fn noted(&mut self, goes_on: bool, count: usize, now: Millis, turn: u64) {
        let before = self
            .burst
            .filter(|_| goes_on)
            .map_or(0, |burst| burst.characters);
        self.burst = Some(Burst {
            last: now,
            characters: before + count,
            turn,
        });
    }

    /// What was changed in the field, as edits of `me` on the text as it is now.
    pub(super) fn written(&mut self, state: &FieldState, text: &RichText, me: ClientId) -> Written {
        if let Some(offer) = self.offer.take_if(|offer| offer.version == state.version) {
            self.held = offer;
            self.placed = false;
        }
        self.composing = state.composing;
        if state.version != self.held.version {
            // It holds what is long gone, and takes over what was offered soon.
            return Written::default();
        }
        let caret = characters(&state.value, state.range.1);
        let mut now = text.clone();
        let mut written = Written::default();
        match difference(&self.held.value, &state.value, caret) {
            Some(change) => {
                self.placed = false;
                self.goal = None;
                written.edits = self.replace(&change, &mut now, me);
                self.held.value.clone_from(&state.value);
                self.take_range(state);
                if !state.composing && self.name.is_none() {
                    written.follow_ups = self.lists(&change.new, &mut now, me);
                }
            }
            None if self.placed => return written,
            None => {
                let before = self.marked;
                // Where it was put, it may stand for a letter that is gone and comes back.
                if !self.stays(state, &now) {
                    self.take_range(state);
                }
                if self.marked != before {
                    self.goal = None;
                    self.next_marks = None;
                    self.burst = None;
                }
            }
        }
        self.settle(&now);
        written
    }

    /// Whether the field has the caret where it shows it for the text as it is.
    fn stays(&self, state: &FieldState, now: &RichText) -> bool {
        let (start, end) = state.range;
        let told = characters(&state.value, start)..characters(&state.value, end);
        self.range(now) == told && self.holds(now)
    }

    /// Whether the field holds this text.
    fn holds(&self, now: &RichText) -> bool {
        let letters = now.letters().map(|letter| letter.id);
        letters.eq(self.held.ids.iter().copied())
    }

    /// Offers the text where it is not what the field holds.
    fn settle(&mut self, now: &RichText) {
        if self.holds(now) {
            self.offer = None;
        } else if !self.composing {
            self.push(now);
        }
    }

    fn take_range(&mut self, state: &FieldState) {
        let before = |units: u32| {
            let place = characters(&self.held.value, units);
            let index = place.checked_sub(1)?;
            self.held.ids.get(index).copied()
        };
        self.marked = self
            .marked
            .taken(before(state.range.0), before(state.range.1));
    }
}
