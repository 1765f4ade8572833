//! Groups, locks and protection.

use shared::id::GroupId;
use shared::limits::MAX_GROUPS;
use shared::model::{Board, Groups, Prop};

use super::availability::Availability;
use super::availability::{PROTECTED, any_unlocked, has_selection, needs_units};
use super::command::Section;
use super::connect::{can_connect, connect};
use super::menu_part::MenuPart;
use super::style::set;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::update::Update;

commands! { Section::Arrange;
    /// Makes a group of the selection.
    GROUP {
        label: "Group",
        keys: &["Ctrl+G"],
        menu: &[MenuPart::Group],
        access: Access::Edit,
        when: |editor, board| needs_units(editor, board, 2, "Select at least two elements first."),
        run: group,
    }
    /// Dissolves the outermost selected groups.
    UNGROUP {
        label: "Ungroup",
        keys: &["Ctrl+Shift+G"],
        menu: &[MenuPart::Group],
        access: Access::Edit,
        when: |editor, board| {
            let any = any_unlocked(editor, board, |it| !it.props.groups().is_empty());
            Availability::when(any, "Select a group first.")
        },
        run: ungroup,
    }
    /// Makes an arrow from each selected element to the next one in reading order.
    CONNECT {
        label: "Connect with an arrow",
        menu: &[MenuPart::Group],
        access: Access::Edit,
        when: can_connect,
        run: connect,
    }
    /// Locks the selection; unlocks it if all of it is locked. What owners protect stays locked.
    TOGGLE_LOCK {
        label: "Lock or unlock",
        keys: &["Ctrl+Shift+L"],
        menu: &[MenuPart::Group],
        access: Access::Edit,
        when: has_unprotected,
        run: toggle_lock,
    }
    /// Locks the selection so that only owners change and unlock it; removes the protection if all
    /// of it is protected.
    TOGGLE_PROTECTION {
        label: "Protect or remove protection",
        menu: &[MenuPart::Group],
        access: Access::Own,
        when: has_selection,
        run: toggle_protection,
    }
    /// Unlocks everything that owners do not protect.
    UNLOCK_ALL {
        label: "Unlock all",
        menu: &[MenuPart::BoardEdit],
        access: Access::Edit,
        when: any_locked,
        run: unlock_all,
    }
}

fn any_locked(_: &Editor, board: &Board) -> Availability {
    let mut elements = board.elements();
    let any = elements.any(|element| element.props.locked() && !element.props.protected());
    Availability::when(any, "Nothing is locked.")
}

/// Groups the selection. The new group lies inside the open group.
fn group(editor: &mut Editor, update: &mut Update<'_>) {
    if editor.selection().units(update.board).len() < 2 {
        return;
    }
    let group = GroupId::from_bytes(*update.fresh_id().as_bytes());
    let within = editor.selection().within;
    let mut ops = Vec::new();
    for element in editor.selection().unlocked(update.board) {
        let mut groups = element.props.groups();
        if groups.len() >= MAX_GROUPS {
            return update.notify("Groups cannot be nested any deeper.");
        }
        let level = level(&groups, within);
        groups.insert(level, group);
        ops.push(set(element.id, Prop::Groups(groups)));
    }
    editor.history.submit(ops, UndoStep::New, update);
}

fn ungroup(editor: &mut Editor, update: &mut Update<'_>) {
    let within = editor.selection().within;
    let unlocked = editor.selection().unlocked(update.board);
    let ops = unlocked.filter_map(|element| {
        let mut groups = element.props.groups();
        let outermost = level(&groups, within).checked_sub(1)?;
        groups.remove(outermost);
        Some(set(element.id, Prop::Groups(groups)))
    });
    let ops = ops.collect();
    editor.history.submit(ops, UndoStep::New, update);
}

/// The number of an element's groups that lie inside the open group. If no group is open, all of
/// them count.
fn level(groups: &Groups, within: Option<GroupId>) -> usize {
    within
        .and_then(|within| groups.iter().position(|group| *group == within))
        .unwrap_or(groups.len())
}

/// Something that owners do not protect must be selected.
fn has_unprotected(editor: &Editor, board: &Board) -> Availability {
    let mut selected = editor.selection().elements(board);
    match has_selection(editor, board) {
        Availability::Ready if selected.all(|element| element.props.protected()) => PROTECTED,
        other => other,
    }
}

fn toggle_lock(editor: &mut Editor, update: &mut Update<'_>) {
    let selection = editor.selection();
    let free = || {
        let selected = selection.elements(update.board);
        selected.filter(|element| !element.props.protected())
    };
    let lock = free().any(|element| !element.props.locked());
    let ops = free()
        .filter(|element| element.props.locked() != lock)
        .map(|element| set(element.id, Prop::Locked(lock)));
    let ops = ops.collect();
    editor.history.submit(ops, UndoStep::New, update);
}

/// A protected element is locked too, so that every gesture leaves it as it is.
fn toggle_protection(editor: &mut Editor, update: &mut Update<'_>) {
    let selection = editor.selection();
    let protect = selection
        .elements(update.board)
        .any(|element| !element.props.protected());
    let mut ops = Vec::new();
    for element in selection.elements(update.board) {
        for prop in [Prop::Locked(protect), Prop::Protected(protect)] {
            if element.props.get(prop.key()) != prop {
                ops.push(set(element.id, prop));
            }
        }
    }
    editor.history.submit(ops, UndoStep::New, update);
}

fn unlock_all(editor: &mut Editor, update: &mut Update<'_>) {
    let elements = update.board.elements();
    let ops = elements
        .filter(|element| element.props.locked() && !element.props.protected())
        .map(|element| set(element.id, Prop::Locked(false)))
        .collect();
    editor.history.submit(ops, UndoStep::New, update);
}
