//! Three rectangles in a row and hands that select, drag and pull.

use shared::geometry::BoardRect;
use shared::id::{ElementId, GroupId};
use shared::model::place::box_of;
use shared::model::{Filling, NewElement, Outline, Prop};
use shared::op::{Guard, Op};
use std::collections::BTreeSet;

use super::desk::{Desk, OTHER, element_id, shape};
use crate::view::overlay::HandleKind;
use crate::{Modifiers, ToolKind};

pub(super) const SHIFT: Modifiers = Modifiers {
    shift: true,
    ctrl: false,
    alt: false,
    meta: false,
};
pub(super) const ALT: Modifiers = Modifiers {
    shift: false,
    ctrl: false,
    alt: true,
    meta: false,
};
pub(super) const CTRL: Modifiers = Modifiers {
    shift: false,
    ctrl: true,
    alt: false,
    meta: false,
};

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

/// A rectangle that one does not see through.
pub(super) fn solid(number: u64, place: BoardRect) -> NewElement {
    let mut new = shape(number, Outline::Rectangle, place);
    new.props.set(Prop::Filling(Filling::Solid));
    new
}

/// Three solid rectangles in a row, at 100, 300 and 500, Select in hand.
pub(super) fn row() -> Desk {
    let mut desk = Desk::new();
    for (number, x) in [(1, 100.0), (2, 300.0), (3, 500.0)] {
        desk.put(OTHER, solid(number, rect(x, 100.0, 100.0, 100.0)));
    }
    let mut prefs = *desk.editor.prefs();
    prefs.snap = false;
    desk.editor.set_prefs(prefs);
    desk.pick(ToolKind::Select);
    desk.log.clear();
    desk
}

pub(super) fn ids(numbers: &[u64]) -> BTreeSet<ElementId> {
    numbers.iter().map(|number| element_id(*number)).collect()
}

pub(super) fn selected(desk: &Desk) -> BTreeSet<ElementId> {
    desk.editor.selection().ids.clone()
}

/// Upper left corner and size of an element, rounded.
pub(super) fn place(desk: &Desk, number: u64) -> [i64; 4] {
    let element = desk.board.get(element_id(number)).expect("gone");
    let (rect, _) = box_of(&desk.board, element);
    [rect.x0, rect.y0, rect.width(), rect.height()].map(|value| value.round() as i64)
}

pub(super) fn set(desk: &mut Desk, number: u64, prop: Prop) {
    let id = element_id(number);
    desk.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

pub(super) fn group(desk: &mut Desk, numbers: &[u64], groups: &[u8]) {
    for number in numbers {
        let groups = groups.iter().map(|group| GroupId::from_bytes([*group; 16]));
        set(desk, *number, Prop::Groups(groups.collect()));
    }
}

pub(super) fn double_click(desk: &mut Desk, x: f64, y: f64) {
    desk.click(x, y);
    desk.now += 100;
    desk.down(x, y);
    desk.up(x, y);
}

pub(super) fn handle(desk: &Desk, kind: HandleKind) -> (f64, f64) {
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    let found = overlay.handles.iter().find(|handle| handle.kind == kind);
    let at = found.unwrap_or_else(|| panic!("no {kind:?}")).at;
    (at.x, at.y)
}

/// Drags a handle of what is selected by a way.
pub(super) fn pull(desk: &mut Desk, kind: HandleKind, (x, y): (f64, f64)) {
    desk.now += 1_000;
    let from = handle(desk, kind);
    let to = (from.0 + x, from.1 + y);
    desk.draw(&[from, (from.0 + x / 2.0, from.1 + y / 2.0), to]);
}

pub(super) const RIGHT: HandleKind = HandleKind::Stretch { x: 1, y: 0 };
pub(super) const LOWER_RIGHT: HandleKind = HandleKind::Stretch { x: 1, y: 1 };
