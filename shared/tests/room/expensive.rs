//! Commits that are expensive to apply.

use super::*;
use shared::id::ClientId;
use shared::limits::{MAX_COMMIT_WORK, MAX_OPS_PER_COMMIT, MAX_TEXT_CHARS, MAX_TEXT_PIECES};
use shared::model::{Board, Body, CharSpan, Marks, NewElement, RichText, StyledRun, TextEdit};
use shared::op::{Commit, Growth, Op, apply_commit};
use testkit::fixtures::{self, client_id, commit};

fn me() -> ClientId {
    client_id(1)
}

/// The cost of a commit to a board on which it is the only one under way.
fn cost(board: &Board, commit: &Commit) -> u64 {
    shared::op::cost(board, &Growth::default(), me(), commit)
}

fn spans(from: u32, len: u32) -> Vec<CharSpan> {
    vec![CharSpan {
        by: me(),
        from,
        len,
    }]
}

fn mark(spans: Vec<CharSpan>, marks: Marks, on: bool) -> Op {
    let id = element_id(1);
    let edit = TextEdit::Mark { spans, marks, on };
    Op::Text { id, edit }
}

/// The commits that make a text in as many pieces as are allowed.
fn text_in_many_pieces() -> [Commit; 2] {
    let text = "a".repeat(MAX_TEXT_CHARS);
    let marks = Marks::NONE;
    let text = StyledRun { text: &text, marks };
    let text = NewElement {
        body: Body::Text,
        text: RichText::typed(me(), [text]),
        ..new_element(1)
    };
    let single = (0..MAX_TEXT_PIECES as u32 / 2).flat_map(|at| spans(10 * at, 1));
    let single = mark(single.collect(), Marks::BOLD, true);
    [
        commit(1, vec![fixtures::put(text)]),
        commit(2, vec![single]),
    ]
}

/// A thousand marks of single characters.
fn single_marks(cno: u64) -> Commit {
    let marks = (0..1_000).map(|at| mark(spans(10 * at, 1), Marks::ITALIC, at % 2 == 0));
    commit(cno, marks.collect())
}

/// Marks of the whole text.
fn whole_marks() -> impl Iterator<Item = Op> {
    (0..40).map(|at| mark(spans(0, 20_000), Marks::ITALIC, at % 2 == 0))
}

#[test]
fn edits_of_single_characters_cost_little_more_than_properties() {
    let mut board = Board::new();
    for commit in text_in_many_pieces() {
        apply_commit(&mut board, me(), &commit);
    }
    let properties = (0..1_000).map(|_| fixtures::set(element_id(1), Prop::Opacity(7)));
    let plain = cost(&board, &commit(3, properties.collect()));
    let marks = cost(&board, &single_marks(3));
    assert!(marks <= 3 * plain, "{marks} and {plain}");
    let whole = cost(&board, &commit(3, whole_marks().collect()));
    assert!(whole > 40 * MAX_TEXT_PIECES as u64 / 2, "{whole}");
}

#[test]
fn a_commit_that_costs_too_much_is_refused_and_the_next_one_is_stored() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    for commit in text_in_many_pieces() {
        test.commit(one, commit);
        test.answer_batches();
    }
    test.sent_to(one);
    let board = test.room.state().board.clone();
    assert!(cost(&board, &commit(3, whole_marks().collect())) > MAX_COMMIT_WORK);
    test.commit(one, commit(3, whole_marks().collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), [(3, Refusal::TooCostly)]);
    assert!(test.room.state().board == board);
    test.commit(one, single_marks(4));
    test.answer_batches();
    assert!(test.room.state().board != board);
}

#[test]
fn a_commit_that_makes_its_own_text_expensive_is_refused() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let [put, split] = text_in_many_pieces();
    test.commit(one, put.clone());
    test.answer_batches();
    test.sent_to(one);
    // The text is on the board in one piece.
    let own = split.ops.iter().cloned().chain(whole_marks());
    test.commit(one, commit(2, own.collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), [(2, Refusal::TooCostly)]);
    // Neither text nor pieces are on the board.
    let mut other = TestRoom::new();
    let one = other.join(1, &hello(1, 1, None), Role::Edit);
    let all = put.ops.into_iter().chain(split.ops).chain(whole_marks());
    other.commit(one, commit(1, all.collect()));
    other.answer_batches();
    assert_eq!(refusals(&other.sent_to(one)), [(1, Refusal::TooCostly)]);
}

#[test]
fn a_commit_that_is_expensive_after_those_that_wait_is_refused() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    for waiting in text_in_many_pieces() {
        test.commit(one, waiting);
    }
    test.commit(one, commit(3, whole_marks().collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), [(3, Refusal::TooCostly)]);
    // A few marks of a whole text are no attack.
    test.commit(one, commit(4, whole_marks().take(3).collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), []);
}

#[test]
fn commits_that_were_applied_do_not_count_although_others_always_wait() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let two = test.join(2, &hello(2, 1, None), Role::Edit);
    let [put, _] = text_in_many_pieces();
    test.commit(one, put);
    // Each may split the text twice, and the text has two pieces in the end.
    let edits = 2..2_002;
    for cno in edits.clone() {
        // Before each commit is answered, the other client sends the next one.
        test.commit(two, set(cno - 1, 9, Prop::Opacity(1)));
        test.answer_one_batch();
        let edit = mark(spans(0, 1), Marks::BOLD, true);
        test.commit(one, commit(cno, vec![edit]));
        test.answer_one_batch();
        test.sent_to(one);
        test.sent_to(two);
    }
    test.commit(one, commit(edits.end, whole_marks().collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), []);
}

#[test]
fn marks_on_many_short_texts_are_accepted() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    let ids = 1..=MAX_OPS_PER_COMMIT as u64;
    let texts = ids.clone().map(|number| {
        let run = StyledRun {
            text: "a short note",
            marks: Marks::NONE,
        };
        fixtures::put(NewElement {
            body: Body::Text,
            text: RichText::typed(me(), [run]),
            id: element_id(number),
            ..new_element(1)
        })
    });
    test.commit(one, commit(1, texts.collect()));
    let marks = ids.map(|number| Op::Text {
        id: element_id(number),
        edit: TextEdit::Mark {
            spans: spans(0, 12),
            marks: Marks::BOLD,
            on: true,
        },
    });
    test.commit(one, commit(2, marks.collect()));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(one)), []);
}

#[test]
fn a_commit_that_names_more_characters_than_any_user_is_invalid() {
    let whole = (0..51).map(|_| mark(spans(0, MAX_TEXT_CHARS as u32), Marks::BOLD, true));
    let too_many = commit(1, whole.collect());
    assert!(too_many.validate().is_err());
    let huge = commit(1, vec![mark(spans(0, u32::MAX), Marks::BOLD, true)]);
    assert!(huge.validate().is_err());
}

#[test]
fn a_board_is_compacted_after_much_work() {
    let mut test = TestRoom::new();
    let one = test.join(1, &hello(1, 1, None), Role::Edit);
    for commit in text_in_many_pieces() {
        test.commit(one, commit);
        test.answer_batches();
    }
    let is_compacted = |test: &TestRoom| {
        let is_compact = |effect: &RoomEffect| matches!(effect, RoomEffect::Compact { .. });
        test.effects.iter().any(is_compact)
    };
    // Each looks at all pieces of the text twice and changes none.
    let mark = || mark(spans(0, 20_000), Marks::ITALIC, false);
    for cno in 3..103 {
        assert!(!is_compacted(&test) || cno > 50, "after {cno} commits");
        test.commit(one, commit(cno, vec![mark(), mark()]));
        test.answer_batches();
    }
    assert!(is_compacted(&test));
}
