//! The text that the user edits, as their text field holds it: characters with ids.

use std::borrow::Cow;
use std::ops::Range;

use shared::id::{ClientId, ElementId, Millis};
use shared::limits::MAX_TEXT_CHARS;
use shared::model::{CharId, Element, Marks, Replacement, RichText, TextEdit, replacement};
use shared::typeset::previous_cluster;

use super::burst::Burst;
use super::caret::TextRange;
use super::edits::marks_at;
use super::field_units::{characters, units};
use super::name::Naming;
use crate::input::FieldState;

/// The content of a text field, with the ids of its characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    version: u32,
    value: String,
    pub(super) ids: Vec<CharId>,
}

/// Shortens new text, by whole clusters, until the whole text has room for it. Returns the number of
/// characters that are left out.
fn shorten(change: &mut Replacement, text: &RichText) -> usize {
    let kept = text.chars().count().saturating_sub(change.gone.len());
    let (room, count) = (
        MAX_TEXT_CHARS.saturating_sub(kept),
        change.new.chars().count(),
    );
    if count <= room {
        return 0;
    }
    let cut = previous_cluster(&change.new, room + 1);
    change.new = change.new.chars().take(cut).collect();
    count - cut
}

impl Content {
    fn of(text: &RichText, version: u32) -> Self {
        Self {
            version,
            value: text.plain(),
            ids: text.chars().map(|letter| letter.id).collect(),
        }
    }
}

/// The edits that follow from a change of the field, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FieldEdits {
    /// The edits of the user.
    pub(super) edits: Vec<TextEdit>,
    /// Automatic edits that follow from them, such as bullets. They are undo steps of their own.
    pub(super) follow_ups: Vec<TextEdit>,
    /// Characters at the end of the new text that had no room.
    pub(super) left_out: usize,
}

/// The text that the user edits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EditedText {
    pub(super) id: ElementId,
    /// The content that the field reported last.
    pub(super) reported: Content,
    /// The content that the field has to take over.
    offered: Option<Content>,
    /// Whether the offer moves the caret. A caret that the field reports before it takes over the
    /// offer is out of date.
    moves_caret: bool,
    pub(super) marked: TextRange,
    /// The marks of the text that is typed next, if they were chosen.
    pub(super) next_marks: Option<Marks>,
    /// While an input method composes: the id of the first character of its text.
    composed_from: Option<CharId>,
    burst: Option<Burst>,
    /// Whether the element was on the board once; it may still be on its way.
    was_on_board: bool,
    /// The place from which a pointer marks text.
    pub(super) marking: Option<usize>,
    /// The horizontal place that the caret tries to keep when it goes up and down.
    pub(super) goal: Option<f64>,
    /// The name of a frame, if that is edited.
    pub(super) name: Option<Naming>,
}

impl EditedText {
    /// Begins with the caret at the end of the text.
    pub(super) fn new(id: ElementId, text: Option<&RichText>) -> Self {
        let reported = text.map_or_else(Content::default, |text| Content::of(text, 0));
        Self {
            id,
            marked: TextRange::at(reported.ids.last().copied()),
            reported,
            offered: None,
            moves_caret: false,
            next_marks: None,
            composed_from: None,
            burst: None,
            was_on_board: text.is_some(),
            marking: None,
            goal: None,
            name: None,
        }
    }

    /// The text that is edited: that of the element, or its name.
    pub(super) fn text<'a>(&self, element: &'a Element) -> Cow<'a, RichText> {
        match &self.name {
            Some(naming) => Cow::Owned(naming.text.clone()),
            None => Cow::Borrowed(&element.text),
        }
    }

    /// The content of the field at a version, if that is still valid.
    pub(super) fn known(&self, version: u32) -> Option<&str> {
        let known = self.offered.iter().chain([&self.reported]);
        let known = known.into_iter().find(|content| content.version == version);
        known.map(|content| content.value.as_str())
    }

    /// Whether the element was on the board once.
    pub(super) const fn was_ever_on_board(&self) -> bool {
        self.was_on_board
    }

    /// The content that the field should have, and the marked part of it.
    pub(super) fn field(&self, text: &RichText) -> (&str, u32, (u32, u32)) {
        let content = self.offered.as_ref().unwrap_or(&self.reported);
        let Range { start, end } = self.range(text);
        let range = (units(&content.value, start), units(&content.value, end));
        (&content.value, content.version, range)
    }

    /// The marked characters, or the caret twice.
    pub(super) fn range(&self, text: &RichText) -> Range<usize> {
        self.marked.range(text)
    }

    /// The text changed, by this user or another one.
    pub(super) fn follow(&mut self, text: &RichText) {
        self.was_on_board = true;
        let current = self.offered.as_ref().unwrap_or(&self.reported);
        let same = text
            .chars()
            .map(|letter| letter.id)
            .eq(current.ids.iter().copied());
        if !same && !self.is_composing() {
            self.offer(text);
        }
    }

    /// The next typed text is an undo step of its own.
    pub(super) const fn end_burst(&mut self) {
        self.burst = None;
        if let Some(naming) = &mut self.name {
            naming.step = None;
        }
    }

    /// Makes the field take over the text and the marked part.
    pub(super) fn offer(&mut self, text: &RichText) {
        let latest = self.offered.as_ref().unwrap_or(&self.reported).version;
        self.offered = Some(Content::of(text, latest.max(self.reported.version) + 1));
    }

    /// Moves the caret on behalf of the editor, and makes the field take it over.
    pub(super) fn mark(&mut self, marked: TextRange, text: &RichText) {
        self.marked = marked;
        self.next_marks = None;
        self.burst = None;
        if !self.is_composing() {
            self.offer(text);
            self.moves_caret = true;
        }
    }

    /// Sets or clears a mark of the marked characters, or of those that are typed next.
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

    /// The marks that all marked characters have, or that the next typed text has.
    pub(super) fn marks(&self, text: &RichText) -> Marks {
        let range = self.range(text);
        if range.is_empty() {
            let like = || marks_at(text, range.start);
            return self.next_marks.unwrap_or_else(like);
        }
        let has = |mark: Marks| {
            let mut letters = text.chars().skip(range.start).take(range.len());
            letters.all(|letter| letter.marks.has(mark))
        };
        let bold = Marks::NONE.set(Marks::BOLD, has(Marks::BOLD));
        bold.set(Marks::ITALIC, has(Marks::ITALIC))
    }

    /// Whether text that is typed now belongs to the undo step before it.
    pub(super) fn continues_burst(&self, typed: &str, now: Millis, revision: u64) -> bool {
        self.burst
            .is_some_and(|burst| burst.continues(typed, now, revision))
    }

    /// Records a new undo step, or more text of the last one.
    pub(super) fn record_burst(&mut self, goes_on: bool, typed: &str, now: Millis, revision: u64) {
        let before = self.burst.filter(|_| goes_on);
        let new = || Burst::new(typed, now, revision);
        self.burst = Some(before.map_or_else(new, |burst| burst.grown(typed, now, revision)));
    }

    /// The changes of the field, as edits of `me` on the current text.
    pub(super) fn take_field(
        &mut self,
        state: &FieldState,
        text: &RichText,
        me: ClientId,
    ) -> FieldEdits {
        if let Some(offer) = self.offered.take_if(|offer| offer.version == state.version) {
            self.reported = offer;
            self.moves_caret = false;
        }
        self.composed_from = match self.composed_from {
            _ if !state.composing => None,
            None => Some(CharId {
                by: me,
                no: text.next_of(me),
            }),
            going_on => going_on,
        };
        if state.version != self.reported.version {
            // The field still holds an old content, and will soon take over the offered one.
            return FieldEdits::default();
        }
        let caret = characters(&state.value, state.range.1);
        let mut now = text.clone();
        let mut written = FieldEdits::default();
        match replacement(&self.reported.value, &state.value, caret) {
            Some(mut change) => {
                written.left_out = shorten(&mut change, text);
                self.moves_caret = false;
                self.goal = None;
                written.edits = self.replace(&change, &mut now, me);
                self.reported.value.clone_from(&state.value);
                self.take_range(state);
                if !state.composing && self.name.is_none() {
                    written.follow_ups = self.lists(&change.new, &mut now, me);
                }
            }
            None if self.moves_caret => return written,
            None => {
                let before = self.marked;
                // The caret may stand after a letter that was deleted and may come back.
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
        if written.left_out > 0 {
            let last = now.next_of(me).checked_sub(1);
            self.marked = TextRange::at(last.map(|no| CharId { by: me, no }));
            self.reported = Content::of(&now, state.version);
            self.offer(&now);
            self.moves_caret = true;
        }
        written
    }

    /// Whether the field reports the caret at its place in the current text.
    fn stays(&self, state: &FieldState, now: &RichText) -> bool {
        let (start, end) = state.range;
        let told = characters(&state.value, start)..characters(&state.value, end);
        self.range(now) == told && self.holds(now)
    }

    /// Whether the field holds this text.
    fn holds(&self, now: &RichText) -> bool {
        let letters = now.chars().map(|letter| letter.id);
        letters.eq(self.reported.ids.iter().copied())
    }

    /// Offers the text to the field if the field holds another one.
    fn settle(&mut self, now: &RichText) {
        if self.holds(now) {
            self.offered = None;
        } else if !self.is_composing() {
            self.offer(now);
        }
    }

    const fn is_composing(&self) -> bool {
        self.composed_from.is_some()
    }

    /// The characters that an input method has composed so far. They are known by their ids, so
    /// text that others type before them does not matter.
    pub(super) fn composed(&self, text: &RichText) -> Option<Range<usize>> {
        let first = self.composed_from?;
        let is_composed = |id: CharId| id.by == first.by && id.no >= first.no;
        let mut places = text.chars().enumerate();
        let places = places.by_ref().filter(|(_, letter)| is_composed(letter.id));
        let mut places = places.map(|(place, _)| place);
        let start = places.next()?;
        Some(start..places.last().unwrap_or(start) + 1)
    }

    fn take_range(&mut self, state: &FieldState) {
        let before = |units: u32| {
            let place = characters(&self.reported.value, units);
            let index = place.checked_sub(1)?;
            self.reported.ids.get(index).copied()
        };
        self.marked = self
            .marked
            .taken(before(state.range.0), before(state.range.1));
    }
}
