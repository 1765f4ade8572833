//! The places of elements, for finding the elements of a region fast.
//!
//! It follows the board only when it is told of changes.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Board;
use shared::model::layout::visible_bounds;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::loose_grid::LooseGrid;

/// The bounds of all elements of a board, without the parts that frames clip.
#[derive(Clone, Debug, Default)]
pub struct Index {
    grid: LooseGrid,
    bounds: BTreeMap<ElementId, BoardRect>,
    /// The rectangle around everything, once it was asked for since the last change.
    extent: Cell<Option<BoardRect>>,
}

impl Index {
    /// The index of an empty board.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The index of a whole board.
    #[must_use]
    pub fn of(board: &Board) -> Self {
        let mut index = Self::new();
        for element in board.elements() {
            index.update(element.id, element_bounds(board, element.id));
        }
        index
    }

    /// Takes over the changes of these elements and returns the regions to repaint: where they were
    /// and where they are. Attached lines and elements in changed frames are included.
    pub fn apply(&mut self, changed: &[ElementId], board: &Board) -> Vec<BoardRect> {
        let mut all: BTreeSet<ElementId> = changed.iter().copied().collect();
        let mut followers = Vec::new();
        for id in &all {
            followers.extend(board.dependents(*id).map(|follower| follower.id));
        }
        all.extend(followers);
        let mut regions = Vec::new();
        for id in all {
            let after = element_bounds(board, id);
            regions.extend(self.update(id, after));
            regions.extend(after);
        }
        regions
    }

    /// Sets the bounds of an element (`None`: it is gone) and returns those that it had.
    pub fn update(&mut self, id: ElementId, after: Option<BoardRect>) -> Option<BoardRect> {
        let before = self.bounds.get(&id).copied();
        if before == after {
            return before;
        }
        self.extent.set(None);
        if let Some(bounds) = before {
            self.grid.remove(id, bounds);
        }
        match after {
            Some(bounds) => {
                self.grid.insert(id, bounds);
                self.bounds.insert(id, bounds);
            }
            None => {
                self.bounds.remove(&id);
            }
        }
        before
    }

    /// Elements whose bounds touch `rect`, in no particular order.
    pub fn touching(&self, rect: BoardRect) -> impl Iterator<Item = ElementId> + '_ {
        self.grid.touching(rect)
    }

    /// Elements whose bounds touch `rect`, from the bottom of the stack to the top.
    #[must_use]
    pub fn query(&self, rect: BoardRect, board: &Board) -> Vec<ElementId> {
        self.query_larger(rect, 0.0, board)
    }

    /// Elements whose bounds touch `rect` and are at least `min_size` board units wide or high,
    /// from the bottom of the stack to the top.
    #[must_use]
    pub fn query_larger(&self, rect: BoardRect, min_size: f64, board: &Board) -> Vec<ElementId> {
        // There can be very many, so they are compared as numbers.
        let mut found: Vec<_> = self
            .grid
            .touching_larger(rect, min_size)
            .filter_map(|id| {
                let (head, rest) = board.get(id)?.props.z.head_and_rest();
                Some((head, rest, u128::from_be_bytes(*id.as_bytes())))
            })
            .collect();
        found.sort_unstable();
        let ids = found.into_iter().map(|(_, _, id)| id.to_be_bytes());
        ids.map(ElementId::from_bytes).collect()
    }

    /// The bounds of an element.
    #[must_use]
    pub fn bounds_of(&self, id: ElementId) -> Option<BoardRect> {
        self.bounds.get(&id).copied()
    }

    /// The smallest rectangle around everything; none on an empty board.
    #[must_use]
    pub fn extent(&self) -> Option<BoardRect> {
        if self.extent.get().is_none() {
            self.extent.set(self.grid.extent());
        }
        self.extent.get()
    }

    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }
}

fn element_bounds(board: &Board, id: ElementId) -> Option<BoardRect> {
    board
        .get(id)
        .map(|element| visible_bounds(board, element))
        .filter(|bounds| bounds.is_finite())
}
