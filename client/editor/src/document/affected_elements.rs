//! The ops of a transform of the selected elements and of those that go along.
//!
//! An element whose middle ends up in another frame, or in none, belongs there. Stretching a frame
//! does the same to the elements around its edge.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::rc::Rc;

use shared::id::ElementId;
use shared::model::affected::{affected, changed_props, frame_after};
use shared::model::layout::{bounds, is_within_frame};
use shared::model::{Board, Body, Element, Prop, Transform};
use shared::op::Op;

use crate::document::frames::{frame_at, lying_in, put_in_frame};
use crate::document::index::Index;

/// The elements that a transform of `ids` changes: those of [`affected`], but a stretched frame
/// does not stretch the elements in it.
#[must_use]
pub fn affected_by_transform(
    board: &Board,
    ids: impl IntoIterator<Item = impl Borrow<ElementId>>,
    transform: &Transform,
) -> BTreeSet<ElementId> {
    let ids: BTreeSet<ElementId> = ids.into_iter().map(|id| *id.borrow()).collect();
    let all = Rc::new(affected(board, &ids));
    Rc::unwrap_or_clone(without_frame_contents(board, &all, &ids, transform))
}

/// The elements of `all`, those [`affected`] by `ids`, without the contents of stretched frames. If
/// these are all of them, the set is the same one.
pub(crate) fn without_frame_contents(
    board: &Board,
    all: &Rc<BTreeSet<ElementId>>,
    ids: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Rc<BTreeSet<ElementId>> {
    let stays = |id: &&ElementId| {
        let frame = board.get(**id).and_then(|element| element.props.frame());
        ids.contains(id) || !frame.is_some_and(|frame| ids.contains(&frame))
    };
    if is_stretch(transform) && !all.iter().all(|id| stays(&id)) {
        Rc::new(all.iter().filter(stays).copied().collect())
    } else {
        Rc::clone(all)
    }
}

/// Whether a transform changes sizes; a mirror image does not.
fn is_stretch(transform: &Transform) -> bool {
    match transform {
        Transform::Move(_) | Transform::Rotate { .. } => false,
        Transform::Scale {
            about: _,
            by,
            angle: _,
        } => by.iter().any(|by| by.abs() != 1.0),
    }
}

/// The ops that transform the [`affected`] elements. None if one of them would leave the limits.
#[must_use]
pub(crate) fn ops(
    board: &Board,
    index: &Index,
    affected: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Vec<Op> {
    let mut ops = Vec::new();
    for element in affected.iter().filter_map(|id| board.get(*id)) {
        let props = changed_props(board, element, affected, transform);
        if is_stretch(transform) && matches!(element.body, Body::Frame) {
            ops.extend(stretched_frame_ops(board, index, element, &props, affected));
        }
        let found = |at| frame_at(board, index, at, &|id| affected.contains(&id));
        let frame = frame_after(board, element, affected, transform, &found);
        let id = element.id;
        let props = props.into_iter().chain(frame);
        ops.extend(props.map(|prop| Op::Set { id, prop }));
    }
    let sound = ops.iter().all(|op| op.validate().is_ok());
    if sound { ops } else { Vec::new() }
}

/// The ops by which elements enter and leave a frame that is stretched, given the properties that
/// change: those with their middle outside would be clipped away, so they go to the frame that their
/// middle lies in. Those that lie in it as a whole and have no frame belong to it as to a new one.
fn stretched_frame_ops(
    board: &Board,
    index: &Index,
    frame: &Element,
    props: &[Prop],
    affected: &BTreeSet<ElementId>,
) -> Vec<Op> {
    let mut after = frame.clone();
    for prop in props {
        after.props.set(prop.clone());
    }
    let middle = |element: &Element| bounds(board, element).center().into();
    let leavers = board.dependents(frame.id).filter(|element| {
        let is_member = element.props.frame() == Some(frame.id) && !element.props.locked();
        let stays = is_within_frame(&after, middle(element));
        is_member && !affected.contains(&element.id) && !stays
    });
    let ops = leavers.map(|element| {
        let is_affected = |id| affected.contains(&id);
        let found = frame_at(board, index, middle(element), &is_affected);
        put_in_frame(element.id, found)
    });
    let mut ops: Vec<Op> = ops.collect();
    let has_frame = |id| {
        let frame = board.get(id).and_then(|element| element.props.frame());
        frame.is_some_and(|frame| board.get(frame).is_some())
    };
    let inside = lying_in(board, index, &after).into_iter();
    let entering = inside.filter(|id| !affected.contains(id) && !has_frame(*id));
    ops.extend(entering.map(|id| put_in_frame(id, Some(frame.id))));
    ops
}
