//! The board: applying commits, taking them back, writing and reading snapshots.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on has failed; its macros document nothing"
)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use shared::id::{ClientId, ElementId, Epoch, Position};
use shared::limits::MAX_SNAPSHOT_BYTES;
use shared::model::{Board, Color, Prop};
use shared::op::{Commit, Op, apply_commit};
use shared::protocol::{decode, encode};
use shared::sync::{ConfirmedState, Snapshot};
use testkit::fixtures::{self, ink, stroke};

/// Strokes on the board: a busy afternoon.
const STROKES: u64 = 5_000;
/// Points of each, simplified.
const POINTS: u32 = 25;

fn id(number: u64) -> ElementId {
    ElementId::from_bytes(u128::from(number + 1).to_be_bytes())
}

fn author(number: u64) -> ClientId {
    ClientId::from_bytes(u128::from(number % 20).to_be_bytes())
}

fn put(number: u64) -> Op {
    let point = |at: u32| {
        let (t, n) = (f64::from(at), number as f64);
        (n % 997.0 + 3.0 * t, n / 7.0 + (t * 0.7).sin() * 20.0)
    };
    fixtures::put(stroke(id(number), ink((0..POINTS).map(point))))
}

fn commit(ops: Vec<Op>) -> Commit {
    fixtures::commit(1, ops)
}

fn full_board() -> Board {
    let mut board = Board::new();
    for number in 0..STROKES {
        apply_commit(&mut board, author(number), &commit(vec![put(number)]));
    }
    board
}

fn applying(criterion: &mut Criterion) {
    let mut board = full_board();
    let mut group = criterion.benchmark_group("op on a board of 5000 strokes, and back");
    let ops = [
        ("put", put(STROKES)),
        (
            "set",
            Op::Set {
                id: id(77),
                prop: Prop::Color(Color::Red),
            },
        ),
        ("delete", Op::Delete { ids: vec![id(77)] }),
    ];
    for (name, op) in ops {
        let commit = commit(vec![op]);
        group.bench_function(name, |b| {
            b.iter(|| {
                apply_commit(&mut board, author(1), black_box(&commit)).roll_back(&mut board)
            });
        });
    }
    group.finish();
}

fn snapshots(criterion: &mut Criterion) {
    let at = Position {
        epoch: Epoch::from_bytes([1; 16]),
        seq: STROKES,
    };
    let authors = (0..20)
        .map(|number| (author(number), STROKES / 20))
        .collect();
    let snapshot = Snapshot {
        at,
        board: full_board(),
        authors,
        chat: shared::chat::Chat::default(),
    };
    let bytes = encode(&snapshot).expect("a snapshot can be written");
    let mut group = criterion.benchmark_group("snapshot of 5000 strokes");
    group
        .sample_size(20)
        .throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("encode", |b| b.iter(|| encode(black_box(&snapshot))));
    group.bench_function("decode and check", |b| {
        b.iter(|| decode::<Snapshot>(black_box(&bytes), MAX_SNAPSHOT_BYTES));
    });
    group.bench_function("clone", |b| {
        let history = ConfirmedState::new(snapshot.clone());
        b.iter_batched(
            || (),
            |()| Arc::new(history.state().clone()),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, applying, snapshots);
criterion_main!(benches);
