//! Going to elements by keys or from a list: they are selected, shown and announced.

use shared::id::ElementId;
use shared::model::units::Unit;
use shared::model::{Board, affected};

use crate::document::outline::OutlineItem;
use crate::editor::Editor;
use crate::output::UiCommand;
use crate::selection::{self, Selection};
use crate::tool_kind::ToolKind;
use crate::update::Update;

/// Selects an element with its group, brings it into view and announces it.
pub(crate) fn go_to(id: ElementId, editor: &mut Editor, update: &mut Update<'_>) {
    let unit = selection::unit(update.board, id, editor.selection().within);
    go_to_all(id, unit, editor, update);
}

/// Selects elements with their groups, brings them into view and announces the first one.
pub(crate) fn select_and_show(wanted: &[ElementId], editor: &mut Editor, update: &mut Update<'_>) {
    let mut there = wanted.to_vec();
    there.retain(|id| update.board.get(*id).is_some());
    let chosen = selection::units(update.board, there, None);
    if let Some(first) = chosen.ids.first().copied() {
        pick_select(editor, update);
        go_to_all(first, chosen, editor, update);
    }
}

fn go_to_all(first: ElementId, unit: Selection, editor: &mut Editor, update: &mut Update<'_>) {
    if let Some(extent) = affected::extent(update.board, &unit.ids) {
        editor.view.bring_into_view(extent, update);
    }
    let words = describe(update.board, &unit.ids, first);
    editor.document.select(unit, update);
    update.ui(UiCommand::Announce(words));
}

fn describe(board: &Board, unit: &Unit, id: ElementId) -> String {
    let Some(element) = board.get(id) else {
        return String::new();
    };
    let words = OutlineItem::of(element).words();
    let locked = if element.props.protected() {
        ", protected"
    } else if element.props.locked() {
        ", locked"
    } else {
        ""
    };
    if unit.len() > 1 {
        let count = unit.len().to_string();
        return ["Group of ", &count, ": ", &words, locked].concat();
    }
    [&words, locked].concat()
}

/// Makes Select the active tool, unless the user may only look.
pub(super) fn pick_select(editor: &mut Editor, update: &mut Update<'_>) {
    if update.may_edit() {
        editor.pick_tool(ToolKind::Select, update);
    }
}
