//! Blocks: what is tidied up or put in a cluster as one.
//!
//! A block is a unit with all named elements that belong to it by sight: the members of a frame, what
//! lies wholly on a larger element, such as a label on a picture, and ink and lines whose middles lie
//! on an element. Ink and lines elsewhere are no blocks, since single strokes of handwriting are not
//! moved apart.

use std::collections::{BTreeMap, BTreeSet};

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::units::Unit;
use shared::model::{Board, Body};

use super::placing::in_order;
use crate::edges::edges;

/// How often one block lies on another: a member in a frame, and the frame on a picture.
const MAX_DEPTH: usize = 4;

/// Elements that move as one, in the place of its main unit.
#[derive(Debug)]
pub(super) struct Block {
    /// The elements.
    pub(super) ids: Unit,
    /// The box of the main unit.
    pub(super) rect: BoardRect,
}

/// The blocks of the named elements, in the order of the list. If all of them lie on one element,
/// that is left out, and those on it are arranged.
pub(super) fn blocks(board: &Board, order: &[ElementId]) -> Vec<Block> {
    let mut units = in_order(board, order, order);
    loop {
        let roots = roots(board, &units);
        let carriers: BTreeSet<usize> = roots.iter().copied().flatten().collect();
        let mut only = carriers.iter();
        match (only.next(), only.next()) {
            (Some(base), None) if roots.iter().flatten().count() > 2 => {
                units.remove(*base);
            }
            _ => return joined(board, units, &roots),
        }
    }
}

/// The units joined with the units that they belong to.
fn joined(board: &Board, units: Vec<(Unit, BoardRect)>, roots: &[Option<usize>]) -> Vec<Block> {
    let rects: Vec<BoardRect> = units.iter().map(|(unit, _)| outline(board, unit)).collect();
    let mut blocks: BTreeMap<usize, Block> = BTreeMap::new();
    for ((unit, _), root) in units.into_iter().zip(roots) {
        let rect = root.and_then(|root| Some((root, *rects.get(root)?)));
        if let Some((root, rect)) = rect {
            let ids = Unit::new();
            let block = blocks.entry(root).or_insert(Block { ids, rect });
            block.ids.extend(unit);
        }
    }
    blocks.into_values().collect()
}

/// The box around a unit. The shadow of a sticky note does not count, because its paper is brought in
/// line with texts.
fn outline(board: &Board, unit: &Unit) -> BoardRect {
    let elements = unit.iter().filter_map(|id| board.get(*id));
    let rects = elements.map(|element| match element.body {
        Body::Sticky { .. } => edges(board, element),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Frame
        | Body::Path(_)
        | Body::Image => bounds(board, element),
    });
    rects.reduce(|all, one| all.union(one)).unwrap_or_default()
}

/// The unit that each unit belongs to in the end, often itself. Loose ink and lines have none.
fn roots(board: &Board, units: &[(Unit, BoardRect)]) -> Vec<Option<usize>> {
    let boxes = boxes(board, units);
    let framed: Vec<Option<usize>> = units
        .iter()
        .enumerate()
        .map(|(number, (unit, _))| frame_of(board, unit, &boxes).filter(|it| *it != number))
        .collect();
    // What lies in a frame carries nothing else, so that no two units carry each other.
    let free = |(number, _, _): &Carrier| framed.get(*number) == Some(&None);
    let boxes: Vec<Carrier> = boxes.into_iter().filter(free).collect();
    let carriers: Vec<Option<usize>> = units
        .iter()
        .zip(&framed)
        .enumerate()
        .map(|(number, (unit, frame))| frame.or_else(|| carrier(board, (number, unit), &boxes)))
        .collect();
    let loose: Vec<bool> = units.iter().map(|(it, _)| is_loose(board, it)).collect();
    let root = |number: usize| {
        let mut at = number;
        for _ in 0..MAX_DEPTH {
            match carriers.get(at).copied().flatten() {
                Some(next) => at = next,
                None => return Some(at).filter(|it| loose.get(*it) == Some(&false)),
            }
        }
        None
    };
    (0..units.len()).map(root).collect()
}

/// An element that others can lie on, with the number of its unit.
type Carrier = (usize, ElementId, BoardRect);

fn boxes(board: &Board, units: &[(Unit, BoardRect)]) -> Vec<Carrier> {
    let all = units.iter().enumerate();
    let all = all.flat_map(|(number, (unit, _))| unit.iter().map(move |id| (number, *id)));
    let found = all.filter_map(|(number, id)| {
        let element = board.get(id)?;
        let is_box = element.body.is_box();
        is_box.then(|| (number, id, bounds(board, element)))
    });
    found.collect()
}

/// The unit with the frame that a unit lies in.
fn frame_of(board: &Board, unit: &Unit, boxes: &[Carrier]) -> Option<usize> {
    let elements = unit.iter().filter_map(|id| board.get(*id));
    let frame = elements.filter_map(|it| it.props.frame()).next()?;
    let mut found = boxes.iter().filter(|(_, id, _)| *id == frame);
    found.next().map(|(number, _, _)| *number)
}

/// The unit with the largest element that a unit lies on.
fn carrier(
    board: &Board,
    (number, (unit, rect)): (usize, &(Unit, BoardRect)),
    boxes: &[Carrier],
) -> Option<usize> {
    let is_loose = is_loose(board, unit);
    let others = boxes.iter().filter(|(other, _, _)| *other != number);
    let is_text = |id| {
        board
            .get(id)
            .is_some_and(|it| matches!(it.body, Body::Text))
    };
    let holding = others.filter(|(_, id, own)| {
        if is_loose {
            own.contains(rect.center())
        } else {
            // A text has no surface on which others lie.
            own.contains_rect(*rect) && own.area() > rect.area() && !is_text(*id)
        }
    });
    let largest = holding.max_by(|(_, _, a), (_, _, b)| a.area().total_cmp(&b.area()));
    largest.map(|(number, _, _)| *number)
}

/// Whether a unit is a single stroke or line.
fn is_loose(board: &Board, unit: &Unit) -> bool {
    let mut elements = unit.iter().filter_map(|id| board.get(*id));
    unit.len() == 1 && !elements.any(|element| element.body.is_box())
}
