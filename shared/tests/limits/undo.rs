//! What a commit keeps to be taken back, and whose work stays whose.

use super::*;

#[test]
fn a_commit_keeps_one_version_of_what_it_writes_a_thousand_times() {
    let mut board = Board::new();
    put(&mut board, A, of("text"));
    let before = board.clone();
    let mut ops = Vec::new();
    for no in 0..MAX_OPS_PER_COMMIT as u32 / 4 {
        let insert = TextEdit::Insert {
            after: None,
            from: no,
            text: "b".to_owned(),
            marks: Marks::NONE,
        };
        ops.push(Op::Text {
            id: ID,
            edit: insert,
        });
        let edit = TextEdit::Delete(vec![span(B, no, 1)]);
        ops.push(Op::Text { id: ID, edit });
        let prop = Prop::TextSize(10.0 + no as f32);
        ops.push(Op::Set { id: ID, prop });
        ops.push(Op::Delete { ids: vec![ID] });
        ops.push(Op::Restore(Box::new(element(of("text")))));
    }
    let undo = apply(&mut board, B, Guard::Any, ops);
    assert_ne!(board, before);
    assert_eq!(undo.touched().collect::<Vec<_>>(), [ID]);
    let kept: Vec<_> = undo.before().map(|(_, slot)| slot.clone()).collect();
    assert_eq!(kept, [before.slot(ID)]);
    undo.take_back(&mut board);
    assert_eq!(board, before);
    assert_eq!(board.check_invariants(), Ok(()));
}

#[test]
fn what_is_put_and_deleted_in_one_commit_was_never_there() {
    let mut board = Board::new();
    let ops = vec![
        Op::Put(Box::new(element(of("text")))),
        Op::Delete { ids: vec![ID] },
    ];
    let undo = apply(&mut board, A, Guard::Any, ops);
    assert!(matches!(board.slot(ID), Slot::Dead(_)));
    undo.take_back(&mut board);
    assert_eq!(board, Board::new());
}

/// Does something and gives what takes it back.
fn act(board: &mut Board, who: ClientId, op: Op) -> Vec<Op> {
    let back = invert(&op, who, board);
    apply(board, who, Guard::Any, vec![op]);
    back
}

#[test]
fn what_others_had_set_is_still_theirs_after_a_restore() {
    let mut board = Board::new();
    let color = |color| Op::Set {
        id: ID,
        prop: Prop::Color(color),
    };
    let mut done = vec![
        act(
            &mut board,
            B,
            Op::Put(Box::new(element(RichText::default()))),
        ),
        act(&mut board, B, color(Color::Red)),
    ];
    let blue = act(&mut board, C, color(Color::Blue));
    done.push(act(&mut board, B, Op::Delete { ids: vec![ID] }));
    // A server may write the board down meanwhile.
    let mut board: Board = decode(&encode(&board).unwrap(), 1 << 10).unwrap();
    while let Some(back) = done.pop() {
        apply(&mut board, B, Guard::MineOnly, back);
        let restored = board.get(ID).expect("C has worked on it");
        assert_eq!(restored.props.color, Color::Blue);
        assert_eq!(restored.writer(PropKey::Color), C);
    }
    apply(&mut board, C, Guard::MineOnly, blue);
    assert_eq!(board.get(ID).unwrap().props.color, Color::Red);
}

#[test]
fn whoever_restores_for_somebody_else_takes_nothing_from_third_parties() {
    let mut board = Board::new();
    act(
        &mut board,
        A,
        Op::Put(Box::new(element(RichText::default()))),
    );
    let prop = Prop::Width(8.0);
    act(&mut board, C, Op::Set { id: ID, prop });
    let back = act(&mut board, B, Op::Delete { ids: vec![ID] });
    apply(&mut board, B, Guard::MineOnly, back);
    let restored = board.get(ID).unwrap();
    assert_eq!(restored.writer(PropKey::Width), C);
    assert_eq!(restored.writer(PropKey::Color), B);
}
