//! Arrows between the selection, made without a pointer.

use std::sync::Arc;

use shared::id::ElementId;
use shared::limits::MAX_ELEMENTS;
use shared::model::layout::can_anchor;
use shared::model::reading_order::in_rows;
use shared::model::{Anchor, Board, Element};
use shared::op::Op;

use super::availability::Availability;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::selection::Selection;
use crate::tool_kind::ToolKind;
use crate::tools::line;
use crate::update::Update;

pub(super) fn can_connect(editor: &Editor, board: &Board) -> Availability {
    Availability::when(
        bindable(editor, board).count() > 1,
        "Select at least two shapes, texts, notes or frames first.",
    )
}

/// The selected elements that an arrow can be bound to. Locked ones count, because an arrow does
/// not change them.
fn bindable<'a>(editor: &'a Editor, board: &'a Board) -> impl Iterator<Item = &'a Arc<Element>> {
    let selected = editor.selection().elements(board);
    selected.filter(|element| can_anchor(element))
}

/// Makes an arrow, as the Arrow tool would, from the middle of each element to the next one in
/// reading order, and selects the arrows.
pub(super) fn connect(editor: &mut Editor, update: &mut Update<'_>) {
    let ends = bindable(editor, update.board).map(|element| element.id);
    let order = in_rows(editor.document.boxes(ends));
    if order.len() + update.board.len() > MAX_ELEMENTS {
        return update.notify("There is no room for so much on this board.");
    }
    let ctx = editor.tool_ctx(ToolKind::Arrow, update.now, update.board);
    let middle = |to: ElementId| Anchor { to, at: [0.5; 2] };
    let mut arrows = Vec::new();
    for (from, to) in order.iter().zip(order.iter().skip(1)) {
        let ends = [*from, *to].map(middle);
        arrows.extend(line::between(&ctx, update.fresh_id(), ends));
    }
    if arrows.is_empty() {
        return update.notify("An arrow needs some way between its ends.");
    }
    let made = Selection::of(arrows.iter().map(|arrow| arrow.id));
    let ops = arrows.into_iter().map(|arrow| Op::Put(Box::new(arrow)));
    editor.history.submit(ops.collect(), UndoStep::New, update);
    editor.document.select(made, update);
}
