//! What is worked out about the selection is worked out once, and never stale.

use shared::geometry::BoardRect;
use shared::model::{Board, Body};
use shared::op::{Commit, Guard, Op, apply_commit};
use std::collections::BTreeSet;

use super::desk::{ME, boxed, element_id};
use crate::document::selection::Selection;
use crate::document::selection_cache::Survey;

/// A board with elements 1 and 2, of which 1 is selected.
fn begun() -> (Board, Selection, Survey) {
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
    (board, selection, Survey::default())
}

/// How much is worked out anew when everything is asked for.
fn asked(survey: &Survey, zoom: f64) -> [bool; 4] {
    let mut anew = [false; 4];
    survey.frame(|| {
        anew[0] = true;
        None
    });
    survey.carried(|| {
        anew[1] = true;
        BTreeSet::new()
    });
    survey.look(zoom, || {
        anew[2] = true;
        None
    });
    survey.order(|| {
        anew[3] = true;
        Vec::new()
    });
    anew
}

#[test]
fn nothing_is_worked_out_twice() {
    let (_, _, survey) = begun();
    assert_eq!(asked(&survey, 1.0), [true; 4]);
    assert_eq!(asked(&survey, 1.0), [false; 4]);
    assert_eq!(asked(&survey, 2.0), [false, false, true, false]);
}

#[test]
fn only_what_follows_from_a_change_is_forgotten() {
    let (board, selection, mut survey) = begun();
    asked(&survey, 1.0);
    survey.follow(&[], &selection, &board);
    assert_eq!(asked(&survey, 1.0), [false; 4], "nothing changed");
    survey.follow(&[element_id(2)], &selection, &board);
    assert_eq!(asked(&survey, 1.0), [false, true, false, true], "another");
    survey.follow(&[element_id(1)], &selection, &board);
    assert_eq!(asked(&survey, 1.0), [true; 4], "what is selected");
    survey.forget_selection();
    assert_eq!(asked(&survey, 1.0), [true, true, true, false]);
}
