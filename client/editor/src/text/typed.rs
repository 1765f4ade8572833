//! Turns the content of the text field into ops and undo steps.

use shared::id::ElementId;
use shared::model::{Body, Element, Prop, TextEdit};
use shared::op::{Guard, Op, pack};

use super::{Naming, TextEditing, text_changed};
use crate::document::History;
use crate::document::history::{UndoStep, send};
use crate::input::FieldState;
use crate::update::Update;

/// Whether edits may become part of the undo step before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joining {
    WhileTyping,
    Never,
}

impl TextEditing {
    /// Takes over the content of the text field; returns whether the text changed.
    pub(crate) fn typed(
        &mut self,
        state: &FieldState,
        history: &mut History,
        update: &mut Update<'_>,
    ) -> bool {
        let me = update.me;
        let Some((edited, element)) = self.edited_on(update.board) else {
            return false;
        };
        if edited.id != state.id {
            return false;
        }
        if edited.is_naming() {
            return self.typed_name(state, history, update);
        }
        let written = edited.take_field(state, &element.text, me);
        let changed = !written.edits.is_empty();
        if written.left_out > 0 {
            update.notify_left_out(written.left_out);
        }
        if changed {
            self.scroll_to_caret();
        }
        self.submit_edits(
            element,
            &written.edits,
            Joining::WhileTyping,
            history,
            update,
        );
        self.submit_edits(
            element,
            &written.follow_ups,
            Joining::Never,
            history,
            update,
        );
        text_changed(update);
        changed
    }

    /// Takes over the content of the text field as the name of a frame.
    fn typed_name(
        &mut self,
        state: &FieldState,
        history: &mut History,
        update: &mut Update<'_>,
    ) -> bool {
        let Some((edited, element)) = self.edited_on(update.board) else {
            return false;
        };
        if edited.is_enter_typed(state) {
            self.end(history, update);
            return false;
        }
        let name = edited.take_name(state);
        let name = name.filter(|name| *name != element.props.name());
        let changed = name.is_some();
        if let Some(name) = name {
            self.rename(element, name, history, update);
        }
        text_changed(update);
        changed
    }

    /// The first change of a name is an undo step; all later changes belong to the same step.
    fn rename(
        &mut self,
        element: &Element,
        name: String,
        history: &mut History,
        update: &mut Update<'_>,
    ) {
        let step = self.naming().and_then(|naming| naming.step);
        if step == Some(history.revision()) {
            return send_name(element.id, name, update);
        }
        history.submit(vec![set_name(element.id, name)], UndoStep::New, update);
        if let Some(naming) = self.naming() {
            naming.step = Some(history.revision());
        }
    }

    fn naming(&mut self) -> Option<&mut Naming> {
        self.edited.as_mut()?.name.as_mut()
    }

    pub(super) fn submit_edits(
        &mut self,
        element: &Element,
        edits: &[TextEdit],
        joining: Joining,
        history: &mut History,
        update: &mut Update<'_>,
    ) {
        if edits.is_empty() {
            return;
        }
        let revision = history.revision();
        let edited = self.edited.as_ref();
        let typed = typed_text(edits);
        let goes_on = joining == Joining::WhileTyping
            && (edited.is_some_and(|edited| edited.continues_burst(typed, update.now, revision))
                || is_first_text(element, history));
        let edit = |edit: &TextEdit| Op::Text {
            id: element.id,
            edit: edit.clone(),
        };
        let step = if goes_on {
            UndoStep::Same
        } else {
            UndoStep::New
        };
        history.submit(edits.iter().map(edit).collect(), step, update);
        if let (Joining::WhileTyping, Some(edited)) = (joining, &mut self.edited) {
            edited.record_burst(goes_on, typed, update.now, history.revision());
        }
    }
}

/// Whether an element is a text or sticky note that was just made and has no text yet. To undo the
/// first text alone would leave an empty element.
fn is_first_text(element: &Element, history: &History) -> bool {
    let is_for_text = match &element.body {
        Body::Text | Body::Sticky { .. } => true,
        Body::Shape(_)
        | Body::Stroke(_)
        | Body::Line
        | Body::Frame
        | Body::Path(_)
        | Body::Image => false,
    };
    is_for_text && element.text.is_untouched() && history.has_just_put(element.id)
}

/// Deletes a text element without text. This is no undo step of its own if this user made the
/// element and it never had text, or if it was made, filled and emptied in one step. Another user's
/// element that never had text stays: they may be about to type.
pub(super) fn delete_empty(element: &Element, history: &mut History, update: &mut Update<'_>) {
    let delete = Op::Delete {
        ids: vec![element.id],
    };
    let is_mine = element.is_untouched_by_others(update.me);
    let had_text = element.text.next_of(update.me) > 0 && !history.has_just_put(element.id);
    if is_mine && !had_text && history.forget(element.id) {
        // If another user types into it at this moment, it stays.
        send(pack(vec![(delete, Guard::MineOnly)]), update);
    } else if is_mine || !element.text.is_untouched() {
        history.submit(vec![delete], UndoStep::Same, update);
    }
}

/// The editing of a name ended. An empty name is not accepted: the old one comes back.
pub(super) fn end_naming(
    id: ElementId,
    naming: &Naming,
    history: &mut History,
    update: &mut Update<'_>,
) {
    let Some(element) = update.board.get(id).filter(|_| naming.step.is_some()) else {
        return;
    };
    let written = element.props.name();
    let name = match written.trim() {
        "" => &naming.before,
        name => name,
    };
    if naming.step == Some(history.revision()) && *name == naming.before {
        history.forget_last(id);
    }
    if name != written {
        send_name(id, name.to_owned(), update);
    }
}

fn set_name(id: ElementId, name: String) -> Op {
    Op::Set {
        id,
        prop: Prop::Name(name),
    }
}

/// Changes the name as part of an undo step that exists already.
fn send_name(id: ElementId, name: String, update: &mut Update<'_>) {
    send(pack(vec![(set_name(id, name), Guard::Any)]), update);
}

/// The text that was typed.
fn typed_text(edits: &[TextEdit]) -> &str {
    let typed = edits.iter().find_map(|edit| match edit {
        TextEdit::Insert { text, .. } => Some(text.as_str()),
        TextEdit::Delete(_) | TextEdit::Restore(_) | TextEdit::Mark { .. } => None,
    });
    typed.unwrap_or_default()
}
