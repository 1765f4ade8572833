//! A room: one commit or one live piece to everybody on the board.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot go on has failed; its macros document nothing"
)]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shared::geometry::Ink;
use shared::id::{Epoch, NodeId, Position, Secret};
use shared::op::Commit;
use shared::protocol::{ClientMsg, LiveUpdate, Role};
use shared::sync::log::{BatchReply, Loaded, Outcome};
use shared::sync::{EncodedSnapshot, Replay, Room, RoomEffect, SessionNo};
use testkit::fixtures::{self, element_id, hello, ink, put, stroke};

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
    let replayed = Replay::new(loaded)
        .and_then(Replay::finish)
        .expect("an empty board");
    let node = NodeId::from_bytes([2; 16]);
    let mut room = Room::open(node, "Bench".to_owned(), replayed, 0);
    for number in 1..=people {
        let who = u8::try_from(number).expect("few people");
        let hello = hello(Secret::from_bytes([3; 16]), who);
        room.join(SessionNo(number), &hello, Role::Edit, 0);
    }
    while let Some(effect) = room.poll_effect() {
        if let RoomEffect::Encode(snapshot) = effect {
            room.on_encoded(EncodedSnapshot::new(&snapshot).ok());
        }
    }
    drain(&mut room, people, 0);
    room
}

/// Takes what everybody is to be sent; returns the bytes.
fn drain(room: &mut Room, people: u64, now: u64) -> usize {
    let mut bytes = 0;
    for number in 1..=people {
        while room.has_output(SessionNo(number), now) {
            bytes += room
                .transmit(SessionNo(number), now, u64::MAX)
                .iter()
                .map(bytes::Bytes::len)
                .sum::<usize>();
        }
    }
    bytes
}

fn piece(points: u32) -> Ink {
    ink((0..points).map(|at| (3.0 * f64::from(at), f64::from(at % 7))))
}

fn commit() -> Commit {
    fixtures::commit(1, vec![put(stroke(element_id(9), piece(25)))])
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
            while room.apply_next().is_some() {}
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
        let piece = piece(2);
        group.bench_with_input(
            BenchmarkId::new("live piece of 2 points", people),
            &people,
            |b, _| {
                b.iter(|| {
                    now += 20;
                    let item = LiveUpdate::Ink {
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
