//! Cached values are computed once, and never stale.

use shared::geometry::BoardRect;
use shared::model::{Board, Body};
use shared::op::{Commit, Guard, Op, apply_commit};
use std::collections::BTreeSet;

use super::rig::{ME, boxed, element_id};
use crate::document::selection_cache::SelectionCache;
use crate::selection::Selection;

/// A board with elements 1 and 2, of which 1 is selected.
fn begun() -> (Board, Selection, SelectionCache) {
    let mut board = Board::new();
    for number in [1, 2] {
        let new = boxed(number, Body::Frame, BoardRect::new(0.0, 0.0, 50.0, 50.0));
        let commit = Commit {
            cno: 1,
            guard: Guard::Any,
            ops: vec![Op::Put(Box::new(new))],
        };
        apply_commit(&mut board, ME, &commit);
    }
    let selection = Selection::of([element_id(1)]);
    (board, selection, SelectionCache::default())
}

/// Reads every value, and returns for each whether it was computed anew.
fn asked(cache: &SelectionCache, zoom: f64) -> [bool; 4] {
    let mut anew = [false; 4];
    cache.selection_box(|| {
        anew[0] = true;
        None
    });
    cache.affected(|| {
        anew[1] = true;
        BTreeSet::new()
    });
    cache.style(zoom, || {
        anew[2] = true;
        None
    });
    cache.order(|| {
        anew[3] = true;
        Vec::new()
    });
    anew
}

#[test]
fn nothing_is_computed_twice() {
    let (_, _, cache) = begun();
    assert_eq!(asked(&cache, 1.0), [true; 4]);
    assert_eq!(asked(&cache, 1.0), [false; 4]);
    assert_eq!(asked(&cache, 2.0), [false, false, true, false]);
}

#[test]
fn a_change_clears_only_the_values_that_depend_on_it() {
    let (board, selection, mut cache) = begun();
    asked(&cache, 1.0);
    cache.follow(&[], &selection, &board);
    assert_eq!(asked(&cache, 1.0), [false; 4], "nothing changed");
    cache.follow(&[element_id(2)], &selection, &board);
    assert_eq!(asked(&cache, 1.0), [false, true, false, true], "another");
    cache.follow(&[element_id(1)], &selection, &board);
    assert_eq!(asked(&cache, 1.0), [true; 4], "the selection changed");
    cache.forget_selection();
    assert_eq!(asked(&cache, 1.0), [true, true, true, false]);
}
