//! A room: one commit or one live piece to everybody on the board.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on has failed; its macros document nothing"
)]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{ClientKey, ElementId, Epoch, NodeId, Position, Secret};
use shared::model::Props;
use shared::model::{Body, Brush, Color, NewElement, OrderKey, Stroke};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, Hello, LiveItem, PROTOCOL_VERSION, Profile, Role};
use shared::sync::log::{BatchReply, Loaded, Outcome};
use shared::sync::{Room, RoomEffect, SessionNo};

/// People on the board.
const PEOPLE: [u64; 3] = [1, 10, 100];

fn room(people: u64) -> Room {
    let at = Position {
        epoch: Epoch::from_bytes([1; 16]),
        seq: 0,
    };
    let loaded = Loaded {
        at,
        snapshot: None,
        commits: Vec::new(),
        record_version: 1,
    };
    let node = NodeId::from_bytes([2; 16]);
    let mut room = Room::open(node, "Bench".to_owned(), &loaded, 0).expect("an empty board");
    for number in 1..=people {
        let hello = Hello {
            version: PROTOCOL_VERSION,
            secret: Secret::from_bytes([3; 16]),
            key: ClientKey::from_bytes(u128::from(number).to_be_bytes()),
            session: 1,
            profile: Profile::default(),
            resume: None,
        };
        room.join(SessionNo(number), &hello, Role::Edit, 0);
    }
    drain(&mut room, people, 0);
    while room.poll_effect().is_some() {}
    room
}

/// Takes what everybody is to be sent; returns the bytes.
fn drain(room: &mut Room, people: u64, now: u64) -> usize {
    let mut bytes = 0;
    for number in 1..=people {
        while room.has_output(SessionNo(number), now) {
            bytes += room
                .transmit(SessionNo(number), now)
                .iter()
                .map(bytes::Bytes::len)
                .sum::<usize>();
        }
    }
    bytes
}

fn ink(points: u32) -> Ink {
    let point = |at: u32| InkPoint::new(3.0 * f64::from(at), f64::from(at % 7), 0.5);
    let points: Vec<_> = (0..points).map(point).collect();
    Ink::encode(&points, Quantum::for_zoom(1.0)).expect("points on the board")
}

fn commit() -> Commit {
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![ink(25)],
        open: false,
        cuts: Vec::new(),
    };
    let (z, at) = (OrderKey::first(), BoardPoint::default());
    let props = Props {
        z,
        at,
        color: Color::Blue,
        width: 4.0,
        opacity: 255,
        more: Default::default(),
    };
    let id = ElementId::from_bytes([9; 16]);
    let put = Op::Put(Box::new(NewElement {
        id,
        props,
        body: Body::Stroke(stroke),
        text: Default::default(),
    }));
    Commit {
        cno: 1,
        guard: Guard::Any,
        ops: vec![put],
    }
}

/// A commit from its arrival over an instant store to the frames of all.
fn place(room: &mut Room, commit: Commit) {
    room.receive(SessionNo(1), ClientMsg::Commit(commit), 1);
    while let Some(effect) = room.poll_effect() {
        if let RoomEffect::Commit(batch) = effect {
            let outcomes = (1..)
                .take(batch.commits.len())
                .map(Outcome::Stored)
                .collect();
            room.on_batch(BatchReply::Done(outcomes));
        }
    }
}

fn fan_out(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("room, fan-out to all");
    for people in PEOPLE {
        group.throughput(Throughput::Elements(people));
        group.bench_with_input(
            BenchmarkId::new("commit of 25 points", people),
            &people,
            |b, _| {
                b.iter_batched_ref(
                    || (room(people), commit()),
                    |(room, commit)| {
                        place(room, commit.clone());
                        black_box(drain(room, people, 1))
                    },
                    BatchSize::SmallInput,
                );
            },
        );
        let mut live = room(people);
        let mut now = 1;
        let piece = ink(2);
        group.bench_with_input(
            BenchmarkId::new("live piece of 2 points", people),
            &people,
            |b, _| {
                b.iter(|| {
                    now += 20;
                    let item = LiveItem::Ink {
                        from: 0,
                        ink: piece.clone(),
                    };
                    live.receive(SessionNo(1), ClientMsg::Live(item), now);
                    live.handle_timeout(now);
                    while live.poll_effect().is_some() {}
                    black_box(drain(&mut live, people, now))
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, fan_out);
criterion_main!(benches);
