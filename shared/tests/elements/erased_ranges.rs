//! Strokes that several users erase and restore.

use shared::id::ClientId;
use shared::limits::MAX_ERASED_RANGES;
use shared::model::layout::visible_ink;
use shared::model::{Board, ErasedRange};
use shared::op::{Commit, Guard, Op, apply_commit, invert};

use crate::fixtures::{ADA, board, get, id, stroke};

const BEN: ClientId = ClientId::from_bytes([2; 16]);

fn apply(board: &mut Board, who: ClientId, guard: Guard, ops: Vec<Op>) {
    apply_commit(board, who, &Commit { cno: 1, guard, ops });
}

fn erase(board: &mut Board, who: ClientId, spans: &[ErasedRange]) -> Vec<Op> {
    let op = Op::Erase {
        id: id(1),
        spans: spans.to_vec(),
    };
    let undo = invert(&op, who, board);
    apply(board, who, Guard::Any, vec![op]);
    undo
}

/// The start and end of each visible piece, in tens of units.
fn visible_pieces(board: &Board) -> Vec<(f64, f64)> {
    visible_ink(get(board, 1))
        .iter()
        .map(|piece| (piece[0].x / 10.0, piece[piece.len() - 1].x / 10.0))
        .map(|(from, to)| ((from * 100.0).round() / 100.0, (to * 100.0).round() / 100.0))
        .collect()
}

#[test]
fn two_users_can_erase_the_same_stroke() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    erase(&mut board, ADA, &[[2.0, 5.0]]);
    erase(&mut board, BEN, &[[4.0, 7.5]]);
    assert_eq!(visible_pieces(&board), [(0.0, 2.0), (7.5, 10.0)]);
}

#[test]
fn undo_restores_only_ranges_that_no_other_client_erased() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let ada = erase(&mut board, ADA, &[[2.0, 5.0]]);
    let ben = erase(&mut board, BEN, &[[4.0, 7.5]]);
    apply(&mut board, ADA, Guard::MineOnly, ada);
    assert_eq!(visible_pieces(&board), [(0.0, 4.0), (7.5, 10.0)]);
    apply(&mut board, BEN, Guard::MineOnly, ben);
    assert_eq!(visible_pieces(&board), [(0.0, 10.0)]);
}

#[test]
fn no_user_can_restore_ranges_that_another_erased() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    erase(&mut board, ADA, &[[2.0, 5.0]]);
    let unerase = Op::Unerase {
        id: id(1),
        spans: vec![[2.0, 5.0]],
    };
    apply(&mut board, BEN, Guard::Any, vec![unerase]);
    assert_eq!(visible_pieces(&board), [(0.0, 2.0), (5.0, 10.0)]);
}

#[test]
fn an_erase_that_is_sent_twice_counts_once() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let undo = erase(&mut board, ADA, &[[2.0, 5.0], [2.0, 5.0]]);
    // Erasing where nothing is left has nothing to undo.
    assert_eq!(erase(&mut board, ADA, &[[2.0, 5.0]]), []);
    apply(&mut board, ADA, Guard::MineOnly, undo);
    assert_eq!(visible_pieces(&board), [(0.0, 10.0)]);
}

#[test]
fn the_rest_of_an_erased_curve_keeps_its_shape() {
    use shared::geometry::{InkPoint, Quantum};
    let points: Vec<InkPoint> = (0..12_u8)
        .map(|step| {
            let turn = f64::from(step) / 4.0;
            InkPoint::new(turn.cos() * 100.0, turn.sin() * 100.0, 0.5)
        })
        .collect();
    let mut new = stroke(1, (0.0, 0.0));
    new.body = crate::fixtures::stroke_of(shared::model::Brush::Pen, &points);
    let mut board = board([new]);
    erase(&mut board, ADA, &[[3.3, 4.7], [8.5, 8.9]]);
    let pieces = visible_ink(get(&board, 1));
    assert_eq!(pieces.len(), 3);
    let grid = Quantum::for_zoom(1.0).step();
    for point in pieces.iter().flatten() {
        // The spline through the points differs slightly from the circle.
        assert!((point.x.hypot(point.y) - 100.0).abs() < 0.6 + grid);
    }
}

#[test]
fn erases_beyond_the_limit_do_nothing() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let spans: Vec<ErasedRange> = (0..=MAX_ERASED_RANGES as u16)
        .map(|place| [f32::from(place) / 256.0, f32::from(place + 1) / 256.0])
        .collect();
    erase(&mut board, ADA, &spans[..MAX_ERASED_RANGES]);
    let before = visible_pieces(&board);
    erase(&mut board, BEN, &spans[MAX_ERASED_RANGES..]);
    assert_eq!(visible_pieces(&board), before);
}
