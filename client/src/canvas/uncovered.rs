//! New elements that can be painted on top of tiles, although they need not lie above all others:
//! while several people draw, a stroke that took longer lies below those that were finished before.

use std::collections::BTreeSet;
use std::sync::Arc;

use editor::Index;
use shared::id::ElementId;
use shared::model::{Board, Element, sort_from_bottom};

/// For more new elements, one search each would cost more than painting tiles anew.
const MAX_SEARCHED: usize = 64;

/// The new elements that no older element covers, from the lowest to the highest.
pub(super) fn uncovered<'a>(
    board: &'a Board,
    index: &Index,
    fresh: &[ElementId],
) -> Vec<&'a Arc<Element>> {
    let new: BTreeSet<ElementId> = fresh.iter().copied().collect();
    let from_top = board.from_top().map(|element| element.id);
    let on_top: BTreeSet<ElementId> = from_top.take_while(|id| new.contains(id)).collect();
    let is_searched = new.len() <= MAX_SEARCHED;
    let shows = |id: &ElementId| {
        on_top.contains(id) || (is_searched && !is_covered(board, index, *id, &new))
    };
    let mut shown: Vec<_> = new
        .iter()
        .filter(|id| shows(id))
        .filter_map(|id| board.get(*id))
        .collect();
    sort_from_bottom(&mut shown);
    shown
}

/// Whether an older element lies above this one and touches it.
fn is_covered(board: &Board, index: &Index, id: ElementId, new: &BTreeSet<ElementId>) -> bool {
    let (Some(bounds), Some(element)) = (index.bounds_of(id), board.get(id)) else {
        return true;
    };
    let place = (&element.props.z, id);
    let older = index.touching(bounds).filter(|other| !new.contains(other));
    let mut older = older.filter_map(|other| board.get(other));
    older.any(|other| (&other.props.z, other.id) > place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::model::OrderKey;
    use shared::op::{Commit, Guard, apply_commit};
    use testkit::fixtures::{client_id, element_id, ink, put, stroke};

    /// A board of strokes of 100 units, which begin at these places, from the lowest to the highest.
    fn board(starts: &[f64]) -> Board {
        let mut board = Board::new();
        let mut z = OrderKey::first();
        let ops = (1..).zip(starts).map(|(number, x)| {
            let mut new = stroke(element_id(number), ink([(*x, 0.0), (x + 100.0, 9.0)]));
            new.props.z = z.clone();
            z = OrderKey::above(Some(&z));
            put(new)
        });
        let commit = Commit {
            cno: 1,
            guard: Guard::Any,
            ops: ops.collect(),
        };
        apply_commit(&mut board, client_id(1), &commit);
        board
    }

    fn found(starts: &[f64], fresh: &[u64]) -> Vec<ElementId> {
        let board = board(starts);
        let fresh: Vec<ElementId> = fresh.iter().map(|id| element_id(*id)).collect();
        let found = uncovered(&board, &Index::of(&board), &fresh);
        found.into_iter().map(|element| element.id).collect()
    }

    #[test]
    fn what_lies_on_top_is_found_from_the_lowest_to_the_highest() {
        let all = [0.0, 10.0, 20.0];
        assert_eq!(found(&all, &[3, 2]), [2, 3].map(element_id));
        assert_eq!(found(&all, &[3]), [element_id(3)]);
    }

    #[test]
    fn a_lower_stroke_is_found_only_where_no_older_one_lies_above_it() {
        assert_eq!(found(&[0.0, 50.0], &[1]), []);
        assert_eq!(found(&[0.0, 500.0], &[1]), [element_id(1)]);
        // The one above it is new too, and is painted after it.
        assert_eq!(found(&[0.0, 50.0, 500.0], &[1, 2]), [1, 2].map(element_id));
    }
}
