//! Three rectangles in a row, and functions to select and drag them.

use shared::geometry::BoardRect;
use shared::id::{ElementId, GroupId};
use shared::model::layout::oriented_box;
use shared::model::{Filling, NewElement, Outline, Prop};
use shared::op::{Guard, Op};
use std::collections::BTreeSet;

use super::rig::{OTHER, Rig, element_id, shape};
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

/// A filled rectangle.
pub(super) fn solid(number: u64, place: BoardRect) -> NewElement {
    let mut new = shape(number, Outline::Rectangle, place);
    new.props.set(Prop::Filling(Filling::Solid));
    new
}

/// Three filled rectangles in a row, at 100, 300 and 500, with Select active.
pub(super) fn row() -> Rig {
    let mut rig = Rig::new();
    for (number, x) in [(1, 100.0), (2, 300.0), (3, 500.0)] {
        rig.put(OTHER, solid(number, rect(x, 100.0, 100.0, 100.0)));
    }
    let mut prefs = *rig.editor.prefs();
    prefs.snap = false;
    rig.editor.set_prefs(prefs);
    rig.pick(ToolKind::Select);
    rig.log.clear();
    rig
}

pub(super) fn ids(numbers: &[u64]) -> BTreeSet<ElementId> {
    numbers.iter().map(|number| element_id(*number)).collect()
}

pub(super) fn selected(rig: &Rig) -> BTreeSet<ElementId> {
    rig.editor.selection().ids.clone()
}

/// Upper left corner and size of an element, rounded.
pub(super) fn place(rig: &Rig, number: u64) -> [i64; 4] {
    let element = rig.board.get(element_id(number)).expect("gone");
    let (rect, _) = oriented_box(&rig.board, element);
    [rect.x0, rect.y0, rect.width(), rect.height()].map(|value| value.round() as i64)
}

pub(super) fn set(rig: &mut Rig, number: u64, prop: Prop) {
    let id = element_id(number);
    rig.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
}

pub(super) fn group(rig: &mut Rig, numbers: &[u64], groups: &[u8]) {
    for number in numbers {
        let groups = groups.iter().map(|group| GroupId::from_bytes([*group; 16]));
        set(rig, *number, Prop::Groups(groups.collect()));
    }
}

pub(super) fn double_click(rig: &mut Rig, x: f64, y: f64) {
    rig.click(x, y);
    rig.now += 100;
    rig.down(x, y);
    rig.up(x, y);
}

pub(super) fn handle(rig: &Rig, kind: HandleKind) -> (f64, f64) {
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    let found = overlay.handles.iter().find(|handle| handle.kind == kind);
    let at = found.unwrap_or_else(|| panic!("no {kind:?}")).at;
    (at.x, at.y)
}

/// Drags a handle of the selection by a way.
pub(super) fn pull(rig: &mut Rig, kind: HandleKind, (x, y): (f64, f64)) {
    rig.now += 1_000;
    let from = handle(rig, kind);
    let to = (from.0 + x, from.1 + y);
    rig.draw(&[from, (from.0 + x / 2.0, from.1 + y / 2.0), to]);
}

pub(super) const RIGHT: HandleKind = HandleKind::Stretch { x: 1, y: 0 };
pub(super) const LOWER_RIGHT: HandleKind = HandleKind::Stretch { x: 1, y: 1 };
