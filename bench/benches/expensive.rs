//! Commits that a hostile client can make expensive, beside an ordinary one of as many ops.

#![allow(missing_docs, reason = "the macros of the library document nothing")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use shared::id::ClientId;
use shared::limits::{MAX_OPS_PER_COMMIT, MAX_TEXT_CHARS};
use shared::model::{
    Board, Body, CharId, CharSpan, Marks, NewElement, Prop, RichText, StyledRun, TextEdit,
};
use shared::op::{Commit, Guard, Op, apply_commit};
use testkit::fixtures::{self, client_id, element_id, ink, stroke};

fn me() -> ClientId {
    client_id(1)
}

fn thousand(op: impl Fn(u32) -> Op) -> Commit {
    fixtures::commit(2, (0..MAX_OPS_PER_COMMIT as u32).map(op).collect())
}

fn span(from: u32, len: u32) -> CharSpan {
    let by = me();
    CharSpan { by, from, len }
}

fn mark(spans: Vec<CharSpan>, marks: Marks, on: bool) -> Op {
    let edit = TextEdit::Mark { spans, marks, on };
    let id = element_id(1);
    Op::Text { id, edit }
}

/// A text of 20,000 characters in 4,000 pieces.
fn board_of_text() -> Board {
    board_of_texts(1)
}

/// So many texts of 20,000 characters in 4,000 pieces.
fn board_of_texts(count: u64) -> Board {
    let mut board = Board::new();
    for number in 1..=count {
        put_text(&mut board, number);
    }
    board
}

fn put_text(board: &mut Board, number: u64) {
    let text = "a".repeat(MAX_TEXT_CHARS);
    let marks = Marks::NONE;
    let run = StyledRun { text: &text, marks };
    let text = NewElement {
        body: Body::Text,
        text: RichText::typed(me(), [run]),
        ..stroke(element_id(number), ink([(0.0, 0.0)]))
    };
    let spans = (0..2_000).map(|at| span(10 * at, 1)).collect();
    let (marks, on) = (Marks::BOLD, true);
    let edit = TextEdit::Mark { spans, marks, on };
    let id = element_id(number);
    let ops = vec![fixtures::put(text), Op::Text { id, edit }];
    apply_commit(board, me(), &fixtures::commit(1, ops));
}

/// A stroke with 1,000 erased ranges.
fn board_of_ink() -> Board {
    let points = (0..1_000).map(|at| (f64::from(at), f64::from(at % 7)));
    let mut board = Board::new();
    let put = fixtures::put(stroke(element_id(1), ink(points)));
    apply_commit(&mut board, me(), &fixtures::commit(1, vec![put]));
    apply_commit(&mut board, me(), &thousand(erase));
    board
}

fn erase(at: u32) -> Op {
    let (id, from) = (element_id(1), at as f32 / 100.0);
    let spans = vec![[from, from + 0.001]];
    Op::Erase { id, spans }
}

fn unerase(at: u32) -> Op {
    let (id, from) = (element_id(1), at as f32 / 100.0);
    let spans = vec![[from, from + 0.002]];
    Op::Unerase { id, spans }
}

fn insert(at: u32) -> Op {
    let edit = TextEdit::Insert {
        after: Some(CharId {
            by: me(),
            no: 10_000,
        }),
        from: MAX_TEXT_CHARS as u32 + at,
        text: "b".to_owned(),
        marks: Marks::NONE,
    };
    let id = element_id(1);
    Op::Text { id, edit }
}

fn single_mark(at: u32) -> Op {
    mark(
        vec![span(5 + 10 * at, 1)],
        Marks::ITALIC,
        at.is_multiple_of(2),
    )
}

fn expensive(criterion: &mut Criterion) {
    let opacity = |_| fixtures::set(element_id(1), Prop::Opacity(7));
    let marks =
        (0..3_u32).map(|at| mark(vec![span(0, 20_000)], Marks::ITALIC, at.is_multiple_of(2)));
    let whole = || vec![span(0, 20_000)];
    let text = |edit| {
        let id = element_id(1);
        Op::Text { id, edit }
    };
    let deleted_and_back = [TextEdit::Delete(whole()), TextEdit::Restore(whole())].map(text);
    let ids = (1..=60).map(element_id).collect();
    let cases = [
        ("1000 properties", board_of_ink(), thousand(opacity)),
        ("1000 single marks", board_of_text(), thousand(single_mark)),
        ("1000 inserts", board_of_text(), thousand(insert)),
        (
            "3 marks of the whole text",
            board_of_text(),
            fixtures::commit(2, marks.collect()),
        ),
        (
            "a whole text deleted and restored",
            board_of_text(),
            fixtures::commit(2, deleted_and_back.to_vec()),
        ),
        (
            "60 texts deleted unless another client touched them",
            board_of_texts(60),
            Commit {
                guard: Guard::MineOnly,
                ..fixtures::commit(2, vec![Op::Delete { ids }])
            },
        ),
        ("1000 ranges erased again", board_of_ink(), thousand(erase)),
        ("1000 ranges restored", board_of_ink(), thousand(unerase)),
    ];
    let mut group = criterion.benchmark_group("a commit, and back");
    group.sample_size(10);
    for (name, mut board, commit) in cases {
        group.bench_function(name, |b| {
            b.iter(|| {
                apply_commit(&mut board, me(), black_box(&commit)).roll_back(&mut board);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, expensive);
criterion_main!(benches);
