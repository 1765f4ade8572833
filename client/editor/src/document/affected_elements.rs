//! The elements that a transform affects besides the selected ones, and the ops of the transform.
//!
//! A frame takes the elements in it along, also locked ones: a lock holds an element where it is in
//! its frame. A locked element that is selected itself stays, and one that owners protect stays in any case. A line goes along if both its ends
//! are bound to elements that move; a line that is moved without them is unbound. An element whose
//! middle ends up in another frame, or in none, belongs there. Stretching a frame does the same to
//! the elements around its edge.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::transform::transformed_props;
use shared::model::{Anchor, Board, Body, Element, Prop, Transform};
use shared::op::Op;

use crate::document::frames::{frame_at, is_within, lying_in, put_in_frame};
use crate::document::index::Index;

/// All elements that move when `ids` are moved: the elements in `ids` that are not locked, all
/// elements in the frames among them, and lines between elements that move.
#[must_use]
pub fn affected(board: &Board, ids: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
    let mut all = BTreeSet::new();
    for element in ids.iter().filter_map(|id| board.get(*id)) {
        if element.props.locked() {
            continue;
        }
        all.insert(element.id);
        if matches!(element.body, Body::Frame) {
            let dependents = board.dependents(element.id);
            let inside = dependents
                .filter(|it| it.props.frame() == Some(element.id) && !it.props.protected());
            all.extend(inside.map(|it| it.id));
        }
    }
    let mut lines = Vec::new();
    for id in &all {
        let followers = board.dependents(*id);
        let between = followers.filter(|line| !line.props.locked() && is_between(line, &all));
        lines.extend(between.map(|line| line.id));
    }
    all.extend(lines);
    all
}

/// The elements that a transform of `ids` changes: those of [`affected`], but a stretched frame
/// does not stretch the elements in it.
#[must_use]
pub fn affected_by_transform(
    board: &Board,
    ids: impl IntoIterator<Item = impl Borrow<ElementId>>,
    transform: &Transform,
) -> BTreeSet<ElementId> {
    let ids: BTreeSet<ElementId> = ids.into_iter().map(|id| *id.borrow()).collect();
    without_frame_contents(board, affected(board, &ids), &ids, transform)
}

/// Removes the contents of stretched frames from `all`, the elements [`affected`] by `ids`.
pub(crate) fn without_frame_contents(
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

/// Whether both ends of a line are bound to affected elements.
fn is_between(line: &Element, affected: &BTreeSet<ElementId>) -> bool {
    let holds = |end: Option<Anchor>| end.is_some_and(|anchor| affected.contains(&anchor.to));
    holds(line.props.start()) && holds(line.props.end())
}

/// The properties that a transform of the [`affected`] elements changes in one of them.
#[must_use]
pub fn changed_props(
    board: &Board,
    element: &Element,
    affected: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Vec<Prop> {
    let mut props = transformed_props(board, element, transform);
    if is_unbound_by(element, affected) {
        props.push(Prop::Start(None));
        props.push(Prop::End(None));
    }
    props.retain(|prop| element.props.get(prop.key()) != *prop);
    props
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
        let frame = frame_after(board, index, element, affected, transform);
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
        let stays = is_within(&after, middle(element));
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

/// Whether a line is bound to elements of which none moves with it.
fn is_unbound_by(element: &Element, affected: &BTreeSet<ElementId>) -> bool {
    let ends = [element.props.start(), element.props.end()];
    let mut holds = ends.into_iter().flatten().peekable();
    holds.peek().is_some() && !holds.any(|anchor| affected.contains(&anchor.to))
}

/// The frame that the element's middle lies in afterwards, if that is another one. `None` if its
/// frame moves along, or is locked and so ignored.
fn frame_after(
    board: &Board,
    index: &Index,
    element: &Element,
    affected: &BTreeSet<ElementId>,
    transform: &Transform,
) -> Option<Prop> {
    let frame = element.props.frame();
    let is_locked = |id| board.get(id).is_some_and(|frame| frame.props.locked());
    let comes_along = frame.is_some_and(|id| affected.contains(&id) || is_locked(id));
    if matches!(element.body, Body::Frame) || comes_along {
        return None;
    }
    let middle = transform.affine() * bounds(board, element).center();
    let found = frame_at(board, index, middle.into(), &|id| affected.contains(&id));
    (found != frame).then_some(Prop::Frame(found))
}

/// The smallest rectangle around the elements `ids`.
#[must_use]
pub(crate) fn extent(board: &Board, ids: &BTreeSet<ElementId>) -> Option<BoardRect> {
    ids.iter()
        .filter_map(|id| board.get(*id))
        .map(|element| bounds(board, element))
        .reduce(|all, one| all.union(one))
}
