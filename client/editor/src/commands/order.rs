//! Changes the stacking order of the selection.

use std::sync::Arc;

use shared::id::ElementId;
use shared::model::{Board, Element, OrderKey, Prop, sort_from_bottom};
use shared::op::Op;
use std::collections::BTreeSet;

use super::availability::has_unlocked;
use super::command::Section;
use super::menu_part::MenuPart;
use super::style::set;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::update::Update;

commands! { Section::Arrange;
    /// Brings the selection in front of everything.
    TO_FRONT {
        label: "Bring to front",
        keys: &["]", "Ctrl+Shift+]", "Ctrl+Alt+]"],
        menu: &[MenuPart::Order],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| restack_wholly(Toward::Viewer, editor, update),
    }
    /// Brings the selection in front of the next element that it overlaps.
    FORWARD {
        label: "Bring forward",
        keys: &["Ctrl+]"],
        menu: &[MenuPart::Order],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| restack_by_one(Toward::Viewer, editor, update),
    }
    /// Sends the selection behind the next element that it overlaps.
    BACKWARD {
        label: "Send backward",
        keys: &["Ctrl+["],
        menu: &[MenuPart::Order],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| restack_by_one(Toward::Ground, editor, update),
    }
    /// Sends the selection behind everything.
    TO_BACK {
        label: "Send to back",
        keys: &["[", "Ctrl+Shift+[", "Ctrl+Alt+["],
        menu: &[MenuPart::Order],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| restack_wholly(Toward::Ground, editor, update),
    }
}

/// A direction through the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Toward {
    /// To the front.
    Viewer,
    /// To the back.
    Ground,
}

/// Brings the selection in front of, or behind, everything.
fn restack_wholly(toward: Toward, editor: &mut Editor, update: &mut Update<'_>) {
    let board = update.board;
    let chosen = in_stack(editor, board);
    let others_beyond = match toward {
        Toward::Viewer => board.from_top().position(|e| !editor.selection().has(e.id)),
        Toward::Ground => board.in_order().position(|e| !editor.selection().has(e.id)),
    };
    // They are all there already.
    if others_beyond.is_none_or(|count| count >= chosen.len()) {
        return;
    }
    let keys = match toward {
        Toward::Viewer => {
            let next = |key: &OrderKey| Some(OrderKey::above(Some(key)));
            let first = OrderKey::above(board.top());
            std::iter::successors(Some(first), next)
                .take(chosen.len())
                .collect()
        }
        Toward::Ground => {
            let next = |key: &OrderKey| Some(OrderKey::below(Some(key)));
            let first = OrderKey::below(board.bottom());
            let mut keys: Vec<_> = std::iter::successors(Some(first), next)
                .take(chosen.len())
                .collect();
            keys.reverse();
            keys
        }
    };
    editor
        .history
        .submit(stacked(&chosen, keys), UndoStep::New, update);
}

/// Moves the selection past the next element that it overlaps.
fn restack_by_one(toward: Toward, editor: &mut Editor, update: &mut Update<'_>) {
    let board = update.board;
    let chosen = in_stack(editor, board);
    let Some(passed) = next_overlapping(editor, board, &chosen, toward) else {
        return;
    };
    let key = &passed.props.z;
    let is_short = |element: &&Arc<Element>| {
        let place = element.stacking();
        match toward {
            Toward::Viewer => place < (key, passed.id),
            Toward::Ground => place > (key, passed.id),
        }
    };
    let moved: Vec<&Arc<Element>> = chosen.into_iter().filter(is_short).collect();
    let keys = match toward {
        Toward::Viewer => {
            let beyond = board.in_order().map(|e| &e.props.z).find(|z| *z > key);
            keys_between(Some(key), beyond, moved.len())
        }
        Toward::Ground => {
            let beyond = board.from_top().map(|e| &e.props.z).find(|z| *z < key);
            keys_between(beyond, Some(key), moved.len())
        }
    };
    // Keys get too long only after hundreds of swaps in one place.
    if keys.iter().all(OrderKey::is_valid) {
        editor
            .history
            .submit(stacked(&moved, keys), UndoStep::New, update);
    } else {
        restack_wholly(toward, editor, update);
    }
}

/// The selected elements that are not locked, from the bottom up.
fn in_stack<'a>(editor: &'a Editor, board: &'a Board) -> Vec<&'a Arc<Element>> {
    let mut chosen: Vec<&Arc<Element>> = editor.selection().unlocked(board).collect();
    sort_from_bottom(&mut chosen);
    chosen
}

/// The nearest element in that direction that overlaps a chosen one which is not past it yet.
fn next_overlapping<'a>(
    editor: &Editor,
    board: &'a Board,
    chosen: &[&Arc<Element>],
    toward: Toward,
) -> Option<&'a Arc<Element>> {
    let mut found: BTreeSet<(&OrderKey, ElementId)> = BTreeSet::new();
    for element in chosen {
        let Some(bounds) = editor.index().bounds_of(element.id) else {
            continue;
        };
        let own = element.stacking();
        let others = editor.index().touching(bounds);
        let places = others
            .filter(|id| !editor.selection().has(*id))
            .filter_map(|id| board.get(id).map(|other| (&other.props.z, id)));
        found.extend(places.filter(|place| match toward {
            Toward::Viewer => *place > own,
            Toward::Ground => *place < own,
        }));
    }
    let (_, id) = match toward {
        Toward::Viewer => found.pop_first()?,
        Toward::Ground => found.pop_last()?,
    };
    board.get(id)
}

fn stacked(elements: &[&Arc<Element>], keys: Vec<OrderKey>) -> Vec<Op> {
    let pairs = elements.iter().zip(keys);
    pairs
        .map(|(element, key)| set(element.id, Prop::Z(key)))
        .collect()
}

/// `count` keys in ascending order between two; halving keeps them short.
fn keys_between(low: Option<&OrderKey>, high: Option<&OrderKey>, count: usize) -> Vec<OrderKey> {
    if count == 0 {
        return Vec::new();
    }
    let middle = match (low, high) {
        (Some(low), None) => OrderKey::above(Some(low)),
        (None, Some(high)) => OrderKey::below(Some(high)),
        (Some(_), Some(_)) | (None, None) => OrderKey::between(low, high),
    };
    let before = (count - 1) / 2;
    let mut keys = keys_between(low, Some(&middle), before);
    let after = keys_between(Some(&middle), high, count - 1 - before);
    keys.push(middle);
    keys.extend(after);
    keys
}
