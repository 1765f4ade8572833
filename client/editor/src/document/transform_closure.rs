//! What moves when something is moved, stretched or turned, and the ops of it.
//!
//! Frames carry what is in them, locked or not: a lock holds an element where it is in
//! its frame. Locked elements themselves stay where they are; a line goes with what both its
//! ends hold on to; a line that is moved without what it holds on to lets go; and what
//! ends up in another frame, or in none, belongs there. Knows the board; it must not know pointers or keys.

use std::borrow::Borrow;

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::place::bounds;
use shared::model::transform::transformed;
use shared::model::{Anchor, Board, Body, Element, Prop, Transform};
use shared::op::Op;
use std::collections::BTreeSet;

use crate::document::frames::frame_at;
use crate::document::index::Index;

/// What is moved along when these are moved: those that are not locked, all that is in
/// the frames among them, and lines between what is moved.
#[must_use]
pub fn carried(board: &Board, ids: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let mut all = BTreeSet::new();
    for element in ids.iter().filter_map(|id| board.get(*id)) {
        if element.props.locked() {
            continue;
        }
        all.insert(element.id);
        if matches!(element.body, Body::Frame) {
            let members = board.followers(element.id);
            let inside = members.filter(|member| member.props.frame() == Some(element.id));
            all.extend(inside.map(|member| member.id));
        }
    }
    let mut lines = Vec::new();
    for id in &all {
        let followers = board.followers(*id);
        let between = followers.filter(|line| !line.props.locked() && is_between(line, &all));
        lines.extend(between.map(|line| line.id));
    }
    all.extend(lines);
    all
}

/// What a transform of these changes: like [`carried`], but a frame that is stretched
/// does not stretch what is in it.
#[must_use]
pub fn moved_by(
    board: &Board,
    ids: impl IntoIterator<Item = impl Borrow<ElementId>>,
    transform: &Transform,
) -> BTreeSet<ElementId> {
    let ids: BTreeSet<ElementId> = ids.into_iter().map(|id| *id.borrow()).collect();
    without_held(board, carried(board, &ids), &ids, transform)
}

/// The same of what [`carried`] gave for these.
pub(crate) fn without_held(
    board: &Board,
    mut all: BTreeSet<ElementId>,
    ids: &BTreeSet<ElementId>,
    transform: &Transform,
) -> BTreeSet<ElementId> {
    if is_stretch(transform) {
        all.retain(|id| {
            let frame = board.get(*id).and_then(|element| element.props.frame());
            ids.contains(id) || !frame.is_some_and(|frame| ids.contains(&frame))
        });
    }
    all
}

/// Whether something gets larger or smaller; a mirror image does not.
fn is_stretch(transform: &Transform) -> bool {
    match transform {
        Transform::Move(_) | Transform::Turn { .. } => false,
        Transform::Scale {
            about: _,
            by,
            angle: _,
        } => by.iter().any(|by| by.abs() != 1.0),
    }
}

/// Whether both ends of a line hold on to some of these.
fn is_between(line: &Element, carried: &BTreeSet<ElementId>) -> bool {
    let holds = |end: Option<Anchor>| end.is_some_and(|anchor| carried.contains(&anchor.to));
    holds(line.props.start()) && holds(line.props.end())
}

/// What a transform of all of these, as [`carried`] gives them, makes of one of them.
#[must_use]
pub fn changed(
    board: &Board,
    element: &Element,
    carried: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Vec<Prop> {
    let mut props = transformed(board, element, transform);
    if is_torn_off(element, carried) {
        props.push(Prop::Start(None));
        props.push(Prop::End(None));
    }
    props.retain(|prop| element.props.get(prop.key()) != *prop);
    props
}

/// What a transform of all of these, as [`carried`] gives them, sets. Nothing if one of
/// them would become what cannot be.
#[must_use]
pub(crate) fn ops(
    board: &Board,
    index: &Index,
    carried: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Vec<Op> {
    let mut ops = Vec::new();
    for element in carried.iter().filter_map(|id| board.get(*id)) {
        let mut props = changed(board, element, carried, transform);
        props.extend(frame_after(board, index, element, carried, transform));
        let id = element.id;
        ops.extend(props.into_iter().map(|prop| Op::Set { id, prop }));
    }
    let sound = ops.iter().all(|op| op.validate().is_ok());
    if sound { ops } else { Vec::new() }
}

/// Whether a line holds on to something, but to nothing that comes along.
fn is_torn_off(element: &Element, carried: &BTreeSet<ElementId>) -> bool {
    let ends = [element.props.start(), element.props.end()];
    let mut holds = ends.into_iter().flatten().peekable();
    holds.peek().is_some() && !holds.any(|anchor| carried.contains(&anchor.to))
}

/// The frame that its middle lies in afterwards, if that is another one; nothing to
/// change if its frame comes along, or is locked and so takes no part.
fn frame_after(
    board: &Board,
    index: &Index,
    element: &Element,
    carried: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Option<Prop> {
    let frame = element.props.frame();
    let is_locked = |id| board.get(id).is_some_and(|frame| frame.props.locked());
    let comes_along = frame.is_some_and(|id| carried.contains(&id) || is_locked(id));
    if matches!(element.body, Body::Frame) || comes_along {
        return None;
    }
    let middle = transform.affine() * bounds(board, element).center();
    let found = frame_at(board, index, middle.into(), &|id| carried.contains(&id));
    (found != frame).then_some(Prop::Frame(found))
}

/// The smallest rectangle around all of these.
#[must_use]
pub(crate) fn extent(board: &Board, ids: &BTreeSet<ElementId>) -> Option<BoardRect> {
    ids.iter()
        .filter_map(|id| board.get(*id))
        .map(|element| bounds(board, element))
        .reduce(|all, one| all.union(one))
}
