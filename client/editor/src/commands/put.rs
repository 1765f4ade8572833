//! Puts many elements on the board, a part of them in each animation frame, so that the page goes on
//! and the user can stop.

use shared::model::NewElement;
use shared::op::Op;

use crate::document::history::UndoStep;
use crate::document::pending_put::PendingPut;
use crate::editor::Editor;
use crate::output::UiCommand;
use crate::selection::Selection;
use crate::update::Update;

/// Elements that go to the board in one frame: as many as one commit takes. Strokes take some
/// milliseconds.
pub(crate) const AT_ONCE: usize = shared::limits::MAX_OPS_PER_COMMIT;

/// Puts elements on the board and selects them, as one undo step. Elements that were still on their
/// way come first.
pub(super) fn put(
    mut elements: Vec<NewElement>,
    selection: Selection,
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    while !editor.pending_put.is_empty() {
        go_on(editor, update);
    }
    let count = elements.len();
    let rest = elements.split_off(count.min(AT_ONCE));
    submit(elements, UndoStep::New, editor, update);
    if rest.is_empty() {
        return editor.document.select(selection, update);
    }
    editor.pending_put = PendingPut {
        rest: rest.into(),
        selection,
        step: editor.history.revision(),
    };
    update.ui(UiCommand::PutBegan(count));
}

/// Puts the next part on the board.
pub(crate) fn go_on(editor: &mut Editor, update: &mut Update<'_>) {
    if editor.pending_put.is_empty() {
        return;
    }
    if !update.may_edit() {
        return stop(editor, update);
    }
    let pending = &mut editor.pending_put;
    let next = pending.rest.len().min(AT_ONCE);
    let part: Vec<NewElement> = pending.rest.drain(..next).collect();
    let step = if pending.step == editor.history.revision() {
        UndoStep::Same
    } else {
        UndoStep::New
    };
    submit(part, step, editor, update);
    editor.pending_put.step = editor.history.revision();
    if editor.pending_put.is_empty() {
        stop(editor, update);
    }
}

/// Leaves out the elements that are not on the board yet, and selects the others.
pub(crate) fn stop(editor: &mut Editor, update: &mut Update<'_>) {
    let pending = std::mem::take(&mut editor.pending_put);
    editor.document.select(pending.selection, update);
    update.ui(UiCommand::PutEnded);
}

fn submit(elements: Vec<NewElement>, step: UndoStep, editor: &mut Editor, update: &mut Update<'_>) {
    let ops = elements.into_iter().map(|new| Op::Put(Box::new(new)));
    editor.history.submit(ops.collect(), step, update);
}
