//! What undo of a commit stores, and which writes it keeps.

use super::*;

#[test]
fn a_commit_keeps_one_undo_version_per_property() {
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
    assert_eq!(kept, [before.state(ID)]);
    undo.roll_back(&mut board);
    assert_eq!(board, before);
    assert_eq!(board.check_invariants(), Ok(()));
}

#[test]
fn an_element_put_and_deleted_in_one_commit_leaves_no_trace() {
    let mut board = Board::new();
    let ops = vec![
        Op::Put(Box::new(element(of("text")))),
        Op::Delete { ids: vec![ID] },
    ];
    let undo = apply(&mut board, A, Guard::Any, ops);
    assert!(matches!(board.state(ID), ElementState::Deleted(_)));
    undo.roll_back(&mut board);
    assert_eq!(board, Board::new());
}

/// Applies an op and returns the ops that undo it.
fn act(board: &mut Board, who: ClientId, op: Op) -> Vec<Op> {
    let back = invert(&op, who, board);
    apply(board, who, Guard::Any, vec![op]);
    back
}

#[test]
fn a_restored_element_keeps_the_writers_of_its_properties() {
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
    // A server may store the board meanwhile.
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
fn restoring_for_another_user_keeps_the_writes_of_third_users() {
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
