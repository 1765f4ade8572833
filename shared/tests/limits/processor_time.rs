//! An edit of a text takes the time that its change needs, not that of the whole text.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use super::*;

/// Edits of a commit.
const EDITS: u32 = 150;
/// The least time of so many runs is compared: other work on the machine only makes them longer.
const RUNS: usize = 5;
/// With 40 times as many pieces an edit takes up to 3 times longer, because look-ups in a tree take
/// a little longer, and because a text that is full of pieces tries an edit on a copy. An edit that
/// only counts all pieces takes 9 times longer.
const TIMES_LONGER: u32 = 5;
/// Pieces of a text that has few of them, but too many for a list.
const FEW: usize = 100;

/// The processor time of this thread.
fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// How long a commit of such edits takes on a text in so many pieces.
fn time_of(edit: impl Fn(u32) -> TextEdit, pieces: usize) -> Duration {
    let mut before = Board::new();
    put(&mut before, A, many_pieces::patchwork(pieces));
    let ops: Vec<Op> = (0..EDITS).map(|at| text(edit(at))).collect();
    let run = || {
        let mut board = before.clone();
        let ops = ops.clone();
        let start = thread_time();
        apply(&mut board, A, Guard::Any, ops);
        let took = thread_time() - start;
        // A text in as many pieces as are allowed refuses inserts.
        assert!(board != before || pieces == MAX_TEXT_PIECES);
        took
    };
    (0..RUNS).map(|_| run()).min().unwrap()
}

const fn text(edit: TextEdit) -> Op {
    Op::Text { id: ID, edit }
}

fn one_of(at: u32) -> Vec<CharSpan> {
    vec![span(A, at % 50, 1)]
}

fn assert_independent_of_pieces(what: &str, edit: impl Fn(u32) -> TextEdit) {
    let few = time_of(&edit, FEW);
    for pieces in [MAX_TEXT_PIECES - 1_000, MAX_TEXT_PIECES] {
        let many = time_of(&edit, pieces);
        assert!(
            many < few * TIMES_LONGER,
            "{what}: {many:?} in {pieces} pieces, {few:?} in {FEW}"
        );
    }
}

#[test]
fn an_edit_takes_as_long_in_a_text_of_many_pieces_as_in_one_of_few() {
    assert_independent_of_pieces("marks", |at| TextEdit::Mark {
        spans: one_of(at),
        marks: Marks::ITALIC,
        on: at % 100 < 50,
    });
    assert_independent_of_pieces("deletions", |at| match at % 100 {
        0..50 => TextEdit::Delete(one_of(at)),
        _ => TextEdit::Restore(one_of(at)),
    });
    assert_independent_of_pieces("inserts", |at| TextEdit::Insert {
        after: Some(CharId { by: A, no: at % 50 }),
        from: MAX_TEXT_CHARS as u32 + at,
        text: "b".to_owned(),
        marks: Marks::NONE,
    });
}
