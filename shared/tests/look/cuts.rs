//! Strokes that several people rub out, and bring back.

use shared::id::ClientId;
use shared::limits::MAX_STROKE_CUTS;
use shared::model::place::ink_pieces;
use shared::model::{Board, CutSpan};
use shared::op::{Commit, Guard, Op, apply_commit, invert};

use crate::desk::{ADA, board, get, id, stroke};

const BEN: ClientId = ClientId::from_bytes([2; 16]);

fn apply(board: &mut Board, who: ClientId, guard: Guard, ops: Vec<Op>) {
    apply_commit(board, who, &Commit { cno: 1, guard, ops });
}

fn rub(board: &mut Board, who: ClientId, spans: &[CutSpan]) -> Vec<Op> {
    let op = Op::Cut {
        id: id(1),
        spans: spans.to_vec(),
    };
    let undo = invert(&op, who, board);
    apply(board, who, Guard::Any, vec![op]);
    undo
}

/// Where the pieces begin and end, in tens of units.
fn shown(board: &Board) -> Vec<(f64, f64)> {
    ink_pieces(get(board, 1))
        .iter()
        .map(|piece| (piece[0].x / 10.0, piece[piece.len() - 1].x / 10.0))
        .map(|(from, to)| ((from * 100.0).round() / 100.0, (to * 100.0).round() / 100.0))
        .collect()
}

#[test]
fn two_people_who_rub_the_same_stroke_both_succeed() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    rub(&mut board, ADA, &[[2.0, 5.0]]);
    rub(&mut board, BEN, &[[4.0, 7.5]]);
    assert_eq!(shown(&board), [(0.0, 2.0), (7.5, 10.0)]);
}

#[test]
fn undoing_brings_back_only_what_is_nobody_elses() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let ada = rub(&mut board, ADA, &[[2.0, 5.0]]);
    let ben = rub(&mut board, BEN, &[[4.0, 7.5]]);
    apply(&mut board, ADA, Guard::MineOnly, ada);
    assert_eq!(shown(&board), [(0.0, 4.0), (7.5, 10.0)]);
    apply(&mut board, BEN, Guard::MineOnly, ben);
    assert_eq!(shown(&board), [(0.0, 10.0)]);
}

#[test]
fn nobody_brings_back_what_another_rubbed_out() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    rub(&mut board, ADA, &[[2.0, 5.0]]);
    let uncut = Op::Uncut {
        id: id(1),
        spans: vec![[2.0, 5.0]],
    };
    apply(&mut board, BEN, Guard::Any, vec![uncut]);
    assert_eq!(shown(&board), [(0.0, 2.0), (5.0, 10.0)]);
}

#[test]
fn a_cut_that_is_sent_twice_counts_once() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let undo = rub(&mut board, ADA, &[[2.0, 5.0], [2.0, 5.0]]);
    // Rubbing where nothing is left is nothing to undo.
    assert_eq!(rub(&mut board, ADA, &[[2.0, 5.0]]), []);
    apply(&mut board, ADA, Guard::MineOnly, undo);
    assert_eq!(shown(&board), [(0.0, 10.0)]);
}

#[test]
fn what_is_left_of_a_curve_keeps_its_shape() {
    use shared::geometry::{InkPoint, Quantum};
    let points: Vec<InkPoint> = (0..12_u8)
        .map(|step| {
            let turn = f64::from(step) / 4.0;
            InkPoint::new(turn.cos() * 100.0, turn.sin() * 100.0, 0.5)
        })
        .collect();
    let mut new = stroke(1, (0.0, 0.0));
    new.body = crate::desk::stroke_of(shared::model::Brush::Pen, &points);
    let mut board = board([new]);
    rub(&mut board, ADA, &[[3.3, 4.7], [8.5, 8.9]]);
    let pieces = ink_pieces(get(&board, 1));
    assert_eq!(pieces.len(), 3);
    let grid = Quantum::for_zoom(1.0).step();
    for point in pieces.iter().flatten() {
        // The spline through the points differs from the circle a little itself.
        assert!((point.x.hypot(point.y) - 100.0).abs() < 0.6 + grid);
    }
}

#[test]
fn cuts_beyond_the_limit_do_nothing() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let spans: Vec<CutSpan> = (0..=MAX_STROKE_CUTS as u16)
        .map(|place| [f32::from(place) / 256.0, f32::from(place + 1) / 256.0])
        .collect();
    rub(&mut board, ADA, &spans[..MAX_STROKE_CUTS]);
    let before = shown(&board);
    rub(&mut board, BEN, &spans[MAX_STROKE_CUTS..]);
    assert_eq!(shown(&board), before);
}
