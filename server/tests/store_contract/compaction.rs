//! Reading after a position, snapshots, the archive, and restoring a lost board.

use bytes::Bytes;
use server::broker::BrokerMsg;
use server::store::{Compaction, Tail};
use shared::chat::Chat;
use shared::id::{BoardId, ClientId, Position, Seq};
use shared::model::Board;
use shared::protocol::encode;
use shared::sync::Snapshot;
use shared::sync::log::{LogEvent, Outcome};
use std::collections::BTreeMap;

use super::backend::{Backend, author, batch, commit, done, fresh_epoch, next_durable, record};

fn snapshot(at: Position, authors: &[(ClientId, u64)]) -> Bytes {
    let authors: BTreeMap<_, _> = authors.iter().copied().collect();
    encode(&Snapshot {
        at,
        board: Board::new(),
        authors,
        chat: Chat::default(),
    })
    .unwrap()
}

pub(crate) fn compaction(at: Position, floor: Seq) -> Compaction {
    Compaction {
        at,
        snapshot: snapshot(at, &[(author(1), at.seq)]),
        floor,
    }
}

async fn places_after(backend: &Backend, board: BoardId, after: Position) -> Vec<Seq> {
    match backend.store.read_after(board, after).await.unwrap() {
        Tail::Commits(commits) => commits.into_iter().map(|(seq, _)| seq).collect(),
        Tail::Gone => panic!("gone"),
    }
}

pub(crate) async fn reading_after_a_position_returns_the_commits_that_follow(backend: Backend) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 5).await;
    assert_eq!(places_after(&backend, board, start).await, [1, 2, 3, 4, 5]);
    assert_eq!(
        places_after(&backend, board, Position { seq: 3, ..at }).await,
        [4, 5]
    );
    assert!(places_after(&backend, board, at).await.is_empty());
    let elsewhere = Position {
        epoch: fresh_epoch(),
        seq: 3,
    };
    assert_eq!(
        backend.store.read_after(board, elsewhere).await.unwrap(),
        Tail::Gone
    );
}

pub(crate) async fn a_long_tail_is_read_in_pages(backend: Backend) {
    let (board, start) = backend.board().await;
    let mut at = start;
    for _ in 0..15 {
        at = backend.store_run(board, at, author(1), 60).await;
    }
    let mut read = start;
    let mut portions = 0;
    while read.seq < at.seq {
        let places = places_after(&backend, board, read).await;
        assert_eq!(places.first(), Some(&(read.seq + 1)));
        read.seq += places.len() as u64;
        portions += 1;
    }
    assert!(portions >= 2, "900 commits came in one portion");
}

pub(crate) async fn compaction_trims_exactly_to_the_floor(backend: Backend) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 10).await;
    let whole = backend.store.load(board).await.unwrap().unwrap();
    let shown = Position { seq: 8, ..at };
    assert!(
        backend
            .store
            .compact(board, &compaction(shown, 6))
            .await
            .unwrap()
    );
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    assert_eq!(loaded.at, at);
    assert_eq!(loaded.snapshot, Some((8, compaction(shown, 6).snapshot)));
    assert_eq!(loaded.commits, whole.commits[6..]);
    // One below the floor a delta is impossible, at it and above it is not.
    let after = |seq| backend.store.read_after(board, Position { seq, ..at });
    assert_eq!(after(5).await.unwrap(), Tail::Gone);
    assert_eq!(
        after(6).await.unwrap(),
        Tail::Commits(whole.commits[6..].to_vec())
    );
    assert_eq!(
        after(7).await.unwrap(),
        Tail::Commits(whole.commits[7..].to_vec())
    );
}

pub(crate) async fn the_archive_keeps_all_commits_that_left_the_log(backend: Backend) {
    let (board, mut at) = backend.board().await;
    let mut whole = Vec::new();
    for round in 1..=4_u64 {
        at = backend.store_run(board, at, author(1), 25).await;
        assert!(
            backend
                .store
                .compact(board, &compaction(at, round * 25 - 10))
                .await
                .unwrap()
        );
    }
    whole.extend((1..=100).map(|seq| (seq, commit(author(1), seq, 20))));
    let mut kept = backend.archived(board).await;
    assert_eq!(kept.len(), 90);
    kept.extend(backend.store.load(board).await.unwrap().unwrap().commits);
    assert_eq!(kept, whole);
}

pub(crate) async fn compaction_is_fenced(backend: Backend) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 10).await;
    let pos = |seq| Position { seq, ..at };
    assert!(
        backend
            .store
            .compact(board, &compaction(pos(8), 4))
            .await
            .unwrap()
    );
    let before = backend.store.load(board).await.unwrap();
    let elsewhere = Position {
        epoch: fresh_epoch(),
        seq: 9,
    };
    for (refused, why) in [
        (compaction(pos(7), 6), "older"),
        (compaction(pos(8), 6), "as old"),
        (compaction(pos(11), 6), "ahead of the log"),
        (compaction(elsewhere, 6), "of another epoch"),
        (compaction(pos(9), 10), "floor above the snapshot"),
    ] {
        assert!(
            !backend.store.compact(board, &refused).await.unwrap(),
            "{why}"
        );
    }
    assert_eq!(backend.store.load(board).await.unwrap(), before);
    // A floor below the present one leaves it where it is.
    assert!(
        backend
            .store
            .compact(board, &compaction(pos(9), 2))
            .await
            .unwrap()
    );
    assert_eq!(
        places_after(&backend, board, pos(4)).await,
        [5, 6, 7, 8, 9, 10]
    );
    let unknown = BoardId::from_bytes([0; 16]);
    assert!(
        !backend
            .store
            .compact(unknown, &compaction(pos(9), 2))
            .await
            .unwrap()
    );
}

pub(crate) async fn concurrent_compactions_lose_nothing(backend: Backend) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 60).await;
    let tries = (0..6_u64).map(|number| {
        let store = backend.neighbour().0;
        async move {
            let wanted = compaction(
                Position {
                    seq: 60 - number,
                    ..at
                },
                50 - number,
            );
            super::backend::persist(|| store.compact(board, &wanted)).await
        }
    });
    let took = futures::future::join_all(tries).await;
    assert!(took.iter().any(|it| *it));
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    let mut kept = backend.archived(board).await;
    kept.extend(loaded.commits);
    let expected: Vec<_> = (1..=60)
        .map(|seq| (seq, commit(author(1), seq, 20)))
        .collect();
    assert_eq!(kept, expected);
}

pub(crate) async fn numbers_and_size_continue_after_compaction(backend: Backend) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 10).await;
    assert!(
        backend
            .store
            .compact(board, &compaction(at, 10))
            .await
            .unwrap()
    );
    let again = batch(at, vec![commit(author(1), 10, 5), commit(author(1), 11, 5)]);
    let outcomes = done(backend.store.commit(board, &again).await.unwrap());
    assert_eq!(outcomes, [Outcome::Duplicate, Outcome::Stored(11)]);
    let head = backend.store.head(board).await.unwrap().unwrap();
    let snapshot = compaction(at, 10).snapshot.len() as u64;
    assert_eq!(
        head.bytes,
        snapshot + 5,
        "the compacted commits no longer count"
    );
}

pub(crate) async fn a_lost_board_is_restored_once(backend: Backend) {
    let board = BoardId::from_bytes(rand::random());
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    let first = Position {
        epoch: fresh_epoch(),
        seq: 40,
    };
    let state = snapshot(first, &[(author(1), 7), (author(2), 3)]);
    let held = Compaction {
        at: first,
        snapshot: state.clone(),
        floor: 40,
    };
    assert_eq!(
        backend
            .store
            .restore(board, &record("Back"), &held)
            .await
            .unwrap(),
        Some(first)
    );
    assert_eq!(
        next_durable(&mut subscription).await,
        BrokerMsg::Log(LogEvent::EpochChanged)
    );
    let late = compaction(
        Position {
            epoch: fresh_epoch(),
            seq: 50,
        },
        50,
    );
    assert_eq!(
        backend
            .store
            .restore(board, &record("Late"), &late)
            .await
            .unwrap(),
        Some(first)
    );
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    assert_eq!((loaded.at, loaded.snapshot), (first, Some((40, state))));
    assert_eq!(
        backend.store.record(board).await.unwrap().unwrap().0.title,
        "Back"
    );
    // The last commit of each author is known again.
    let commits = vec![
        commit(author(1), 7, 5),
        commit(author(1), 8, 5),
        commit(author(2), 5, 5),
    ];
    let outcomes = done(
        backend
            .store
            .commit(board, &batch(first, commits))
            .await
            .unwrap(),
    );
    assert_eq!(
        outcomes,
        [Outcome::Duplicate, Outcome::Stored(41), Outcome::Gap(3)]
    );
}

pub(crate) async fn a_malformed_snapshot_restores_nothing(backend: Backend) {
    let board = BoardId::from_bytes(rand::random());
    let at = Position {
        epoch: fresh_epoch(),
        seq: 4,
    };
    let bad = Compaction {
        at,
        snapshot: Bytes::from_static(b"nonsense"),
        floor: 4,
    };
    assert!(
        backend
            .store
            .restore(board, &record("Bad"), &bad)
            .await
            .is_err()
    );
    assert_eq!(backend.store.head(board).await.unwrap(), None);
}
