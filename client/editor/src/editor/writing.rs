//! Writing on elements: from what the text field holds to ops and steps of undo.
//!
//! What a change of the field means is the session's affair ([`crate::text`]); where
//! the caret is shown and how it is moved, [`super::caret`]'s.

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::{Board, Body, Element, Marks, TextEdit};
use shared::op::{Guard, Op};

use super::caret::Place;
use super::route::{World, commit};
use super::{Access, Editor, Pointing};
use crate::document::pack;
use crate::input::FieldState;
use crate::output::Effect;
use crate::text::Typing;
use crate::tools::Entry;

impl Editor {
    /// The element whose text has the keyboard.
    #[must_use]
    pub fn writes_on(&self) -> Option<ElementId> {
        self.typing.as_ref().map(|typing| typing.id)
    }

    /// Gives the keyboard to the text of an element, with the caret at its end. The
    /// element may still be on its way to the board.
    pub(super) fn begin_typing(&mut self, id: ElementId, world: &mut World<'_>) {
        self.end_typing(world);
        if self.access == Access::View {
            return;
        }
        let typing = match world.board.get(id) {
            None => Typing::new(id, None),
            Some(element) if element.body.has_text() => Typing::new(id, Some(&element.text)),
            Some(element) if takes_words(element) => {
                Typing::naming(id, self.me, &element.props.name())
            }
            Some(_) => return,
        };
        self.typing = Some(typing);
        world.effects.push(Effect::Typing);
        world.effects.push(Effect::Redraw);
    }

    /// The same, with the caret where the pointer is; a name stays marked.
    pub(super) fn begin_typing_here(&mut self, id: ElementId, world: &mut World<'_>) {
        self.begin_typing(id, world);
        let (Pointing::Shown(Some([x, y])) | Pointing::Due(Some([x, y]))) = self.pointing else {
            return;
        };
        let at = BoardPoint::new(x.into(), y.into());
        let Some(place) = world.board.get(id).and_then(|element| Place::of(element)) else {
            return;
        };
        let is_name = self.typing.as_ref().is_some_and(Typing::is_naming);
        if place.has(at, 0.0) && !is_name {
            let letter = place.letter_at(at);
            self.put_caret(letter, letter, world);
        }
    }

    /// Takes over what the field holds now.
    pub(super) fn typed(&mut self, state: &FieldState, world: &mut World<'_>) {
        let me = self.me;
        let Some((typing, element)) = self.writing(world.board) else {
            return;
        };
        if typing.id != state.id {
            return;
        }
        if typing.is_naming() {
            return self.typed_name(state, world);
        }
        let written = typing.written(state, &element.text, me);
        if !written.edits.is_empty() {
            self.arbiter.typed();
            self.will_show_caret();
        }
        self.submit_edits(element, &written.edits, Joining::WhileTyping, world);
        self.submit_edits(element, &written.follow_ups, Joining::Never, world);
        world.effects.push(Effect::Typing);
        world.effects.push(Effect::Redraw);
    }

    fn submit_edits(
        &mut self,
        element: &Element,
        edits: &[TextEdit],
        joining: Joining,
        world: &mut World<'_>,
    ) {
        if edits.is_empty() {
            return;
        }
        let turn = self.history.turn();
        let typing = self.typing.as_ref();
        let goes_on = joining == Joining::WhileTyping
            && (typing.is_some_and(|typing| typing.goes_on(world.now, turn))
                || self.begins_words(element));
        let edit = |edit: &TextEdit| Op::Text {
            id: element.id,
            edit: edit.clone(),
        };
        let entry = if goes_on { Entry::Same } else { Entry::New };
        self.submit(edits.iter().map(edit).collect(), entry, world);
        let turn = self.history.turn();
        if let (Joining::WhileTyping, Some(typing)) = (joining, &mut self.typing) {
            let count = edits.iter().map(characters_of).sum();
            typing.noted(goes_on, count, world.now, turn);
        }
    }

    /// Whether these are the first words of a text or sticky note that was made just now:
    /// to undo them alone would leave something empty, which nobody made.
    fn begins_words(&self, element: &Element) -> bool {
        let is_for_words = match &element.body {
            Body::Text | Body::Sticky { .. } => true,
            Body::Shape(_) | Body::Stroke(_) | Body::Line | Body::Frame => false,
        };
        is_for_words && element.text.is_untouched() && self.history.has_just_put(element.id)
    }

    /// The session with its element, if it is on the board.
    pub(super) fn writing<'a>(&mut self, board: &'a Board) -> Option<(&mut Typing, &'a Element)> {
        let typing = self.typing.as_mut()?;
        let element = board.get(typing.id)?;
        Some((typing, element))
    }

    /// Takes over what others, or undo, did to the text that is written into.
    pub(super) fn follow_text(&mut self, board: &Board) {
        if let Some((typing, element)) = self.writing(board) {
            if typing.is_naming() {
                typing.renamed(&element.props.name());
            }
            typing.follow(&typing.text(element));
        } else if let Some(typing) = self.typing.take_if(|typing| typing.was_seen()) {
            self.lose_text(typing.id, board);
        }
    }

    /// Leaves the text, if one was written into. A text by itself on which nothing
    /// stands goes from the board.
    pub(super) fn end_typing(&mut self, world: &mut World<'_>) {
        let Some(typing) = self.typing.take() else {
            return;
        };
        world.effects.push(Effect::Typing);
        world.effects.push(Effect::Redraw);
        if let Some(naming) = &typing.name {
            return self.end_naming(typing.id, naming, world);
        }
        if let Some(element) = world.board.get(typing.id)
            && matches!(element.body, Body::Text)
            && element.text.is_empty()
            && self.access == Access::Edit
        {
            self.remove_empty(element, world);
        }
    }

    /// One's own text that was never written on goes without a step of undo, and so does
    /// one that was made, written and emptied in one; what was written before can be
    /// brought back. Somebody else's text on which nothing
    /// stood yet stays: they may be about to type.
    fn remove_empty(&mut self, element: &Element, world: &mut World<'_>) {
        let delete = Op::Delete {
            ids: vec![element.id],
        };
        let is_mine = element.is_untouched_by_others(self.me);
        let was_written =
            element.text.next_of(self.me) > 0 && !self.history.has_just_put(element.id);
        if is_mine && !was_written && self.history.forget(element.id) {
            // What somebody types into it at this moment is not taken away.
            commit(pack(vec![(delete, Guard::MineOnly)]), world);
        } else if is_mine || !element.text.is_untouched() {
            self.submit(vec![delete], Entry::Same, world);
        }
    }

    /// How what is typed next is set, or the marked text; nothing for names.
    pub(super) fn marks_at_caret(&self, board: &Board) -> Option<Marks> {
        let typing = self.typing.as_ref().filter(|typing| !typing.is_naming())?;
        Some(typing.marks(&board.get(typing.id)?.text))
    }

    /// Sets the marked text otherwise, or what is typed next. Names are set as they are.
    pub(super) fn mark_typing(&mut self, mark: Marks, world: &mut World<'_>) {
        if let Some((typing, element)) = self.writing(world.board)
            && !typing.is_naming()
        {
            let edits = Vec::from_iter(typing.toggle(mark, &element.text));
            self.submit_edits(element, &edits, Joining::Never, world);
            world.effects.push(Effect::Typing);
        }
    }
}

/// Whether edits may become part of the step of undo before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joining {
    WhileTyping,
    Never,
}

/// Whether there is something to write on an element: a text, or the name of a frame.
pub(super) fn takes_words(element: &Element) -> bool {
    element.body.has_text() || matches!(element.body, Body::Frame)
}

fn characters_of(edit: &TextEdit) -> usize {
    match edit {
        TextEdit::Insert { text, .. } => text.chars().count(),
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            spans.iter().map(|span| span.len as usize).sum()
        }
    }
}
