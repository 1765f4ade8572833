//! Selecting by keys, entering the selection, and Escape.

use shared::id::GroupId;
use shared::model::reading_order::in_rows;
use shared::model::{Board, Color};

use super::availability::Availability;
use super::availability::{has_elements, has_selection, locked, makes_by_key};
use super::command::{KeyAction, Section};
use super::go::go_to;
use super::go::pick_select;
use super::menu;
use super::menu_part::MenuPart;
use super::place::place;
use crate::document::reading::Direction;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::selection::{self, Selection};
use crate::text::takes_text;
use crate::tools::select::can_crop;
use crate::update::Update;

commands! { Section::Select;
    /// Selects everything that is not locked; inside an open group, all of that group.
    SELECT_ALL {
        label: "Select all",
        keys: &["Ctrl+A"],
        menu: &[MenuPart::BoardEdit],
        when: has_elements,
        run: select_all,
    }
    /// Selects all elements that are not locked and have a colour of the selection.
    SELECT_SAME_COLOR {
        label: "Select same colour",
        menu: &[MenuPart::Style],
        when: has_selection,
        run: select_same_color,
    }
    /// Selects the next element in reading order; after the last one, the first.
    SELECT_NEXT {
        label: "Select next",
        keys: &["Tab"],
        key_action: KeyAction::GoToElement(Direction::Next),
        when: has_elements,
        run: |editor, update| step(Direction::Next, editor, update),
    }
    /// Selects the previous element in reading order; before the first one, the last.
    SELECT_PREVIOUS {
        label: "Select previous",
        keys: &["Shift+Tab"],
        key_action: KeyAction::GoToElement(Direction::Previous),
        when: has_elements,
        run: |editor, update| step(Direction::Previous, editor, update),
    }
    /// Cancels the gesture, ends text editing, closes the group or clears the selection: one of
    /// these per press.
    CANCEL {
        label: "Cancel, or select nothing",
        keys: &["Escape", "Shift+Escape"],
        run: cancel,
    }
    /// Edits the text of the selection, opens its group, or crops its image.
    ENTER {
        label: "Write, rename, crop, or open the group",
        keys: &["Enter"],
        access: Access::Edit,
        when: can_enter,
        run: enter,
    }
    /// Opens the context menu of the selection.
    CONTEXT_MENU {
        label: "Menu of the selection",
        keys: &["Shift+F10", "ContextMenu"],
        run: menu::open_menu,
    }
}

fn select_all(editor: &mut Editor, update: &mut Update<'_>) {
    let within = editor.selection().within;
    let elements = update.board.elements();
    let free = elements
        .filter(|element| !element.props.locked() && is_inside(within, &element.props.groups()));
    let ids = free.map(|element| element.id).collect();
    editor.document.select(Selection { ids, within }, update);
    pick_select(editor, update);
}

/// Groups are selected as a whole; inside an open group, only its members are.
fn select_same_color(editor: &mut Editor, update: &mut Update<'_>) {
    let within = editor.selection().within;
    let selected = editor.selection().elements(update.board);
    let colors: Vec<Color> = selected.map(|element| element.props.color).collect();
    let elements = update.board.elements();
    let same = elements.filter(|element| {
        let props = &element.props;
        !props.locked() && colors.contains(&props.color) && is_inside(within, &props.groups())
    });
    let ids = same.map(|element| element.id).collect();
    let selection = selection::units(update.board, ids, within);
    editor.document.select(selection, update);
}

/// Whether an element of these groups is inside the open group. If no group is open, every element
/// is.
fn is_inside(within: Option<GroupId>, groups: &[GroupId]) -> bool {
    within.is_none_or(|group| groups.contains(&group))
}

fn step(direction: Direction, editor: &mut Editor, update: &mut Update<'_>) {
    let document = &editor.document;
    let next = document.neighbour(direction, update.board);
    let next = next.or_else(|| document.end_of_board(direction, update.board));
    if let Some(id) = next {
        go_to(id, editor, update);
    }
}

/// Cancels the gesture; else stops editing text; else stops cropping; else closes the group; else selects nothing; else
/// makes Select the active tool.
fn cancel(editor: &mut Editor, update: &mut Update<'_>) {
    if editor.end_unfinished(update) || editor.cancel_gesture(update) {
        return;
    }
    if editor.text.is_active() {
        return editor.end_text(update);
    }
    if editor.document.cropping().is_some() {
        return editor.document.crop(None, update);
    }
    let Selection { ids, within } = editor.selection();
    let Some(first) = ids.first().copied() else {
        editor.document.let_tab_leave();
        return pick_select(editor, update);
    };
    // A group that was open is selected as a whole again.
    let whole = match within {
        Some(_) => selection::unit(update.board, first, None),
        None => Selection::none(),
    };
    editor.document.let_tab_leave();
    editor.document.select(whole, update);
}

fn can_enter(editor: &Editor, board: &Board) -> Availability {
    let nothing_selected = editor.selection().is_empty();
    let mut unlocked = editor.selection().unlocked(board);
    match (unlocked.next(), unlocked.next()) {
        (Some(element), None) if takes_text(element) || can_crop(element) => Availability::Ready,
        (Some(element), Some(_)) if !element.props.groups().is_empty() => Availability::Ready,
        (None, _) if nothing_selected && makes_by_key(editor.tool()) => Availability::Ready,
        (None, _) if !nothing_selected => locked(editor, board),
        (Some(_) | None, _) => {
            Availability::Not("Select one shape, text, note, frame or image, or a group, first.")
        }
    }
}

/// With nothing selected, the active tool makes an element.
fn enter(editor: &mut Editor, update: &mut Update<'_>) {
    if editor.end_unfinished(update) {
        return;
    }
    if editor.selection().is_empty() {
        return place(editor, update);
    }
    let unlocked = editor.document.unlocked_ids(update.board);
    let boxes = editor.document.boxes(unlocked.iter().copied());
    let Some(first) = in_rows(boxes).first().copied() else {
        return;
    };
    if unlocked.len() > 1 {
        let within = editor.selection().within;
        if let Some(opened) = selection::opened(update.board, first, within) {
            editor.document.select(opened, update);
        }
    } else if update.board.get(first).is_some_and(|it| takes_text(it)) {
        editor.edit_text(first, update);
        editor.text.scroll_to_caret();
    } else if update.board.get(first).is_some_and(|it| can_crop(it)) {
        editor.crop(first, update);
    }
}
