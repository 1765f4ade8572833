//! Undo and redo.

use shared::model::Board;

use super::availability::Availability;
use super::command::{Scope, Section};
use crate::editor::Editor;
use crate::local_user::Access;

const BUSY: Availability = Availability::Not("Finish what you are drawing first.");

commands! { Section::Edit;
    /// Undoes the last gesture of this user.
    UNDO {
        label: "Undo",
        keys: &["Ctrl+Z"],
        scope: Scope::BoardAndText,
        access: Access::Edit,
        when: can_undo,
        run: |editor, update| {
            editor.text.start_undo_step();
            editor.history.send_undo(update);
        },
    }
    /// Redoes the gesture that was undone last.
    REDO {
        label: "Redo",
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        scope: Scope::BoardAndText,
        access: Access::Edit,
        when: can_redo,
        run: |editor, update| {
            editor.text.start_undo_step();
            editor.history.send_redo(update);
        },
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
