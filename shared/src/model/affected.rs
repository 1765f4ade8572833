//! The elements that a transform affects besides the named ones, and how each of them changes.
//!
//! A frame takes the elements in it along, also locked ones: a lock holds an element where it is in
//! its frame. A locked element that is named itself stays, and one that owners protect stays in any
//! case. A line goes along if both its ends are bound to elements that move; a line that is moved
//! without them is unbound.

use std::collections::BTreeSet;

use super::appearance::Anchor;
use super::board::Board;
use super::element::{Body, Element};
use super::layout::bounds;
use super::prop::Prop;
use super::transform::{Transform, transformed_props};
use crate::geometry::{BoardPoint, BoardRect};
use crate::id::ElementId;

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

/// Whether a line is bound to elements of which none moves with it.
fn is_unbound_by(element: &Element, affected: &BTreeSet<ElementId>) -> bool {
    let ends = [element.props.start(), element.props.end()];
    let mut holds = ends.into_iter().flatten().peekable();
    holds.peek().is_some() && !holds.any(|anchor| affected.contains(&anchor.to))
}

/// The frame that the middle of an element lies in after a transform, if that is another one. `None`
/// if its frame moves along, or is locked and so ignored. `frame_at` finds the frame at a place.
#[must_use]
pub fn frame_after(
    board: &Board,
    element: &Element,
    affected: &BTreeSet<ElementId>,
    transform: &Transform,
    frame_at: &dyn Fn(BoardPoint) -> Option<ElementId>,
) -> Option<Prop> {
    let frame = element.props.frame();
    let is_locked = |id| board.get(id).is_some_and(|frame| frame.props.locked());
    let comes_along = frame.is_some_and(|id| affected.contains(&id) || is_locked(id));
    if matches!(element.body, Body::Frame) || comes_along {
        return None;
    }
    let middle = transform.affine() * bounds(board, element).center();
    let found = frame_at(middle.into());
    (found != frame).then_some(Prop::Frame(found))
}

/// The smallest rectangle around the elements `ids`.
#[must_use]
pub fn extent(board: &Board, ids: &BTreeSet<ElementId>) -> Option<BoardRect> {
    ids.iter()
        .filter_map(|id| board.get(*id))
        .map(|element| bounds(board, element))
        .reduce(|all, one| all.union(one))
}
