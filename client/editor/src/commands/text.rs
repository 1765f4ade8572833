//! Bold and italic text.

use std::sync::Arc;

use shared::model::{Board, Element, Marks, TextEdit};
use shared::op::Op;

use super::availability::Availability;
use super::availability::any_unlocked;
use super::command::{KeyScope, Section};
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::update::Update;

commands! { Section::Text;
    /// Makes text bold, or no longer.
    BOLD {
        label: "Bold",
        keys: &["Ctrl+B"],
        scope: KeyScope::BoardAndText,
        access: Access::Edit,
        when: has_text,
        run: |editor, update| toggle(Marks::BOLD, editor, update),
    }
    /// Makes text italic, or no longer.
    ITALIC {
        label: "Italic",
        keys: &["Ctrl+I"],
        scope: KeyScope::BoardAndText,
        access: Access::Edit,
        when: has_text,
        run: |editor, update| toggle(Marks::ITALIC, editor, update),
    }
}

fn has_text(editor: &Editor, board: &Board) -> Availability {
    let any = editor.text.edits_text() || any_unlocked(editor, board, |it| it.body.has_text());
    Availability::when(any, "Select something with text first.")
}

/// Sets a mark of the edited text, else of all text of the selection. If all of that text has the
/// mark, clears it.
fn toggle(mark: Marks, editor: &mut Editor, update: &mut Update<'_>) {
    if editor.text.is_active() {
        return editor.text.toggle_mark(mark, &mut editor.history, update);
    }
    let unlocked = editor.selection().unlocked(update.board);
    let with_text: Vec<&Arc<Element>> = unlocked
        .filter(|element| element.body.has_text() && !element.text.is_empty())
        .collect();
    let has_mark = |element: &&Arc<Element>| {
        let mut stretches = element.text.runs();
        stretches.all(|stretch| stretch.marks.has(mark))
    };
    let on = !with_text.iter().all(has_mark);
    let ops = with_text.into_iter().map(|element| Op::Text {
        id: element.id,
        edit: TextEdit::Mark {
            spans: element.text.spans(0..element.text.len()),
            marks: mark,
            on,
        },
    });
    let ops = ops.collect();
    editor.history.submit(ops, UndoStep::New, update);
}
