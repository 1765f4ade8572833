//! Places of new elements that have none: blocks in free space.

use std::collections::BTreeMap;

use kurbo::{Rect, Size};
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::{Board, Element, Prop};

use super::draft::Draft;
use super::flow::Links;
use super::lines::is_led;
use super::space::Space;
use crate::edges::edges;
use crate::error::WorkError;

/// Space between new elements, and between them and others.
const GAP: f64 = 40.0;

/// Elements that are placed together.
#[derive(Debug)]
struct Block {
    near: Option<ElementId>,
    /// The numbers of the drafts.
    drafts: Vec<usize>,
}

/// Places the elements that have no place, except children of frames. They touch no other element.
pub(super) fn place(drafts: &mut [Draft], board: &Board) -> Result<(), WorkError> {
    let mut blocks = blocks(drafts);
    if blocks.is_empty() {
        return Ok(());
    }
    let links = Links::of(drafts);
    let ids = drafts.iter().map(|draft| draft.element.id);
    let numbers: BTreeMap<ElementId, usize> = ids.zip(0..).collect();
    let mut space = Space::of(board);
    let empty = Board::new();
    for draft in drafts.iter().filter(|draft| draft.entry.parent.is_none()) {
        if draft.is_placed && !is_led(&draft.element) {
            space.add(&draft.element, bounds(&empty, &draft.element));
        }
    }
    while !blocks.is_empty() {
        // An element may be near one that is placed before it. Nothing can be near itself.
        let is_known = |block: &Block| {
            let near = block.near;
            near.is_none_or(|id| known(id, (drafts, &numbers), board).is_some())
        };
        let next = blocks.iter().position(is_known).unwrap_or(0);
        let block = blocks.remove(next);
        let near = block
            .near
            .and_then(|id| known(id, (drafts, &numbers), board));
        let near = near.map(|element| (edges(board, element), element.props.frame()));
        place_block(&block, near, drafts, (&mut space, &links))?;
    }
    Ok(())
}

/// The elements that wait for a place, by what they want to be near.
fn blocks(drafts: &[Draft]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        if draft.is_placed || draft.entry.parent.is_some() {
            continue;
        }
        let near = draft.entry.near;
        match blocks.iter_mut().find(|block| block.near == near) {
            Some(block) => block.drafts.push(number),
            None => blocks.push(Block {
                near,
                drafts: vec![number],
            }),
        }
    }
    blocks
}

/// The edges of a new element by itself.
fn extent(draft: &Draft) -> Rect {
    edges(&Board::new(), &draft.element)
}

/// An element that has its place.
fn known<'a>(
    id: ElementId,
    (drafts, numbers): (&'a [Draft], &BTreeMap<ElementId, usize>),
    board: &'a Board,
) -> Option<&'a Element> {
    if let Some(element) = board.get(id) {
        return Some(element);
    }
    let draft = drafts.get(*numbers.get(&id)?)?;
    let is_there = draft.is_placed && draft.entry.parent.is_none() && !is_led(&draft.element);
    is_there.then_some(&draft.element)
}

/// Places a block near a rectangle, in the frame there, or else beside all content.
fn place_block(
    block: &Block,
    near: Option<(Rect, Option<ElementId>)>,
    drafts: &mut [Draft],
    (space, links): (&mut Space<'_>, &Links),
) -> Result<(), WorkError> {
    let mine = || block.drafts.iter().filter_map(|number| drafts.get(*number));
    let boxes = mine().map(|draft| (draft.element.id, extent(draft).size()));
    let boxes: Vec<(ElementId, Size)> = boxes.collect();
    let rows = links.arrange(&boxes, None, GAP);
    let at = near.and_then(|(rect, frame)| space.near(rect, rows.size, GAP, frame));
    let Some(at) = at.or_else(|| space.beside(rows.size, GAP)) else {
        let path = mine().next().map_or("create", |draft| &draft.entry.path);
        let reason = "the board has no room for this; give `x` and `y`";
        return Err(WorkError::invalid(path, reason));
    };
    for (number, corner) in block.drafts.iter().zip(&rows.corners) {
        if let Some(draft) = drafts.get_mut(*number) {
            let to = *corner + at.to_vec2() - extent(draft).origin().to_vec2();
            draft
                .element
                .props
                .set(Prop::At(BoardPoint::new(to.x.round(), to.y.round())));
            draft.is_placed = true;
            space.add(&draft.element, bounds(&Board::new(), &draft.element));
        }
    }
    Ok(())
}
