//! Undo and redo.

use std::rc::Rc;

use shared::model::Board;

use super::availability::Availability;
use super::command::{KeyScope, Section};
use super::stop_putting;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::selection::Selection;
use crate::update::Update;

const BUSY: Availability = Availability::Not("Finish what you are drawing first.");

commands! { Section::Edit;
    /// Undoes the last gesture of this user.
    UNDO {
        label: "Undo",
        keys: &["Ctrl+Z"],
        scope: KeyScope::BoardAndText,
        access: Access::Edit,
        when: can_undo,
        run: |editor, update| {
            editor.text.start_undo_step();
            stop_pending(editor, update);
            let selected = editor.history.send_undo(update);
            select_again(selected, editor, update);
        },
    }
    /// Redoes the gesture that was undone last.
    REDO {
        label: "Redo",
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        scope: KeyScope::BoardAndText,
        access: Access::Edit,
        when: can_redo,
        run: |editor, update| {
            editor.text.start_undo_step();
            let selected = editor.history.send_redo(update);
            select_again(selected, editor, update);
        },
    }
}

/// Selects the elements that were selected before the gesture, as far as they are on the board. The
/// selection stays if there are none, if a text is edited, or if the tool selects nothing.
fn select_again(selected: Option<Rc<Selection>>, editor: &mut Editor, update: &mut Update<'_>) {
    let may_select = !editor.tool().changes_board() && editor.edited_element().is_none();
    let Some(selected) = selected.filter(|_| may_select) else {
        return;
    };
    let mut selected = Rc::unwrap_or_clone(selected);
    selected.ids.retain(|id| update.will_have(*id));
    if !selected.is_empty() {
        editor.document.select(selected, update);
    }
}

/// Elements of a large paste that are still on their way are left out.
fn stop_pending(editor: &mut Editor, update: &mut Update<'_>) {
    if !editor.pending_put.is_empty() {
        stop_putting(editor, update);
    }
}

/// Undo is not available during a gesture: a part of the gesture may be on the board already.
fn can_undo(editor: &Editor, _: &Board) -> Availability {
    if editor.is_busy() {
        return BUSY;
    }
    let why = "You have done nothing that could be undone.";
    Availability::when(editor.history.can_undo(), why)
}

fn can_redo(editor: &Editor, _: &Board) -> Availability {
    if editor.is_busy() {
        return BUSY;
    }
    Availability::when(editor.history.can_redo(), "You have undone nothing.")
}
