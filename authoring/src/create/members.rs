//! Frames and their members: children that lie in a frame of the request, elements that are put into
//! a frame, and elements of the board that a new frame surrounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use kurbo::{Point, Rect, Size};
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::layout::{bounds, can_join, topmost_frame};
use shared::model::{Board, Body, Element, Prop};
use shared::op::Op;

use super::draft::Draft;
use super::flow::Links;
use super::lines::is_led;
use crate::edges::edges;

/// Space between the edge of a frame and its children, and between the children.
const PADDING: f64 = 40.0;
/// The size of a frame without children, as in the editor.
const FRAME: Size = Size::new(480.0, 320.0);

/// Places children within their frames, and gives frames their sizes. Coordinates of children are
/// relative to their frames until [`follow`].
pub(super) fn arrange(drafts: &mut [Draft]) {
    let links = Links::of(drafts);
    for number in 0..drafts.len() {
        let Some(frame) = drafts.get(number) else {
            return;
        };
        if !matches!(frame.element.body, Body::Frame) {
            continue;
        }
        let given = frame.entry.has_size.then(|| frame.element.props.size());
        let widest = given.map(|[width, _]| f64::from(width) - 2.0 * PADDING);
        let used = children(drafts, &links, (number, widest));
        if given.is_none() {
            let size = used.map_or(FRAME, |end| {
                Size::new(end.x.max(0.0) + PADDING, end.y.max(0.0) + PADDING).ceil()
            });
            let size = [size.width as f32, size.height as f32];
            if let Some(frame) = drafts.get_mut(number) {
                frame.element.props.set(Prop::Size(size));
            }
        }
    }
}

/// Puts the children of a frame that have no place in a block, below those that have one. Returns the
/// lower right corner of all children.
fn children(
    drafts: &mut [Draft],
    links: &Links,
    (frame, widest): (usize, Option<f64>),
) -> Option<Point> {
    let empty = Board::new();
    let extent = |draft: &Draft| edges(&empty, &draft.element);
    let mine = |draft: &&mut Draft| draft.entry.parent == Some(frame) && !is_led(&draft.element);
    let (placed, free): (Vec<_>, Vec<_>) = drafts
        .iter_mut()
        .filter(mine)
        .partition(|draft| draft.is_placed);
    let placed = placed.iter().map(|draft| extent(draft));
    let placed = placed.reduce(|all, one| all.union(one));
    let top = placed.map_or(PADDING, |all| all.y1.max(0.0) + PADDING);
    let boxes = free
        .iter()
        .map(|draft| (draft.element.id, extent(draft).size()));
    let boxes: Vec<(ElementId, Size)> = boxes.collect();
    let rows = links.arrange(&boxes, widest, PADDING);
    for (draft, corner) in free.into_iter().zip(&rows.corners) {
        let to = *corner + (PADDING, top) - extent(draft).origin();
        draft
            .element
            .props
            .set(Prop::At(BoardPoint::new(to.x.round(), to.y.round())));
        draft.is_placed = true;
    }
    let block = Rect::from_origin_size((PADDING, top), rows.size);
    let block = (!boxes.is_empty()).then_some(block);
    let all = placed.into_iter().chain(block);
    let all = all.reduce(|all, one| all.union(one))?;
    Some(Point::new(all.x1, all.y1))
}

/// Moves children to their frames, which have their places now.
pub(super) fn follow(drafts: &mut [Draft]) {
    for number in 0..drafts.len() {
        let parent = drafts.get(number).and_then(|draft| draft.entry.parent);
        let Some(frame) = parent.and_then(|parent| drafts.get(parent)) else {
            continue;
        };
        let (id, by) = (frame.element.id, frame.element.props.at);
        if let Some(child) = drafts.get_mut(number) {
            let at = child.element.props.at;
            let at = BoardPoint::new(at.x + by.x, at.y + by.y);
            child.element.props.set(Prop::At(at));
            child.element.props.set(Prop::Frame(Some(id)));
        }
    }
}

/// Makes new elements members of the frames that their middles lie in, unless their entries say
/// otherwise.
pub(super) fn join(drafts: &mut [Draft], board: &Board, scratch: &Board) {
    let is_frame = |element: &&Element| matches!(element.body, Body::Frame);
    let old: Vec<&Element> = board.elements().map(Arc::as_ref).filter(is_frame).collect();
    let new: Vec<&Element> = scratch
        .elements()
        .map(Arc::as_ref)
        .filter(|element| is_frame(element) && board.get(element.id).is_none())
        .collect();
    let found = |element: &Element| {
        let middle = bounds(scratch, element).center().into();
        topmost_frame(old.iter().chain(&new).copied(), middle, &|_| false)
    };
    for draft in drafts.iter_mut() {
        if !draft.entry.has_frame && !is_frame(&&draft.element) {
            let frame = found(&draft.element);
            draft.element.props.set(Prop::Frame(frame));
        }
    }
    let home = |element: &Element| match element.body {
        Body::Frame => Some(element.id),
        _ => element.props.frame(),
    };
    let homes = drafts.iter().map(|draft| &draft.element);
    let homes: BTreeMap<ElementId, Option<ElementId>> =
        homes.map(|element| (element.id, home(element))).collect();
    let home_of = |id: ElementId| {
        let new = homes.get(&id).copied();
        new.unwrap_or_else(|| board.get(id).and_then(|element| home(element)))
    };
    for draft in drafts {
        let props = &mut draft.element.props;
        let mut ends = [props.start(), props.end()].into_iter().flatten();
        let leads_out = ends.any(|anchor| home_of(anchor.to) != props.frame());
        let is_free = draft.entry.parent.is_some() || !draft.entry.has_frame;
        // A frame would clip a line that leads out of it.
        if leads_out && is_free {
            props.set(Prop::Frame(None));
        }
    }
}

/// The ops by which elements of the board without a frame enter the topmost new frame around them.
pub(super) fn surrounded(drafts: &[Draft], board: &Board) -> Vec<Op> {
    let placed = drafts.iter().filter(|draft| draft.entry.has_place);
    let frames = placed.map(|draft| &draft.element);
    let frames: Vec<&Element> = frames
        .filter(|element| matches!(element.body, Body::Frame))
        .collect();
    if frames.is_empty() {
        return Vec::new();
    }
    let has_frame = |element: &Element| {
        let frame = element.props.frame();
        frame.is_some_and(|frame| board.get(frame).is_some())
    };
    let outside = board.elements().filter(|element| !has_frame(element));
    let joins = outside.filter_map(|element| {
        let rect = bounds(board, element);
        let mut from_top = frames.iter().rev();
        let frame = from_top.find(|frame| can_join(frame, element, rect))?;
        Some(enter(element.id, frame.id))
    });
    joins.collect()
}

fn enter(id: ElementId, frame: ElementId) -> Op {
    let prop = Prop::Frame(Some(frame));
    Op::Set { id, prop }
}
