//! The order of commits.

use std::sync::Arc;

use server::broker::BrokerMsg;
use server::store::Tail;
use shared::id::Position;
use shared::limits::{MAX_BOARD_BYTES, MAX_COMMIT_BYTES, MAX_SNAPSHOT_BYTES};
use shared::sync::log::{Batch, BatchReply, LogEvent, Outcome};

use super::backend::{Backend, author, batch, commit, done, fresh_epoch, next_durable, persist};

pub(crate) async fn commits_get_contiguous_places(backend: Backend) {
    let (board, at) = backend.board().await;
    let at = backend.store_run(board, at, author(1), 3).await;
    assert_eq!(backend.store.head(board).await.unwrap().unwrap().at, at);
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    assert_eq!(loaded.at, Position { seq: 3, ..at });
    assert_eq!(loaded.snapshot, None);
    let expected: Vec<_> = (1..=3)
        .map(|seq| (seq, commit(author(1), seq, 20)))
        .collect();
    assert_eq!(loaded.commits, expected);
}

pub(crate) async fn every_outcome_in_one_batch(backend: Backend) {
    let (board, at) = backend.board().await;
    let at = backend.store_run(board, at, author(1), 1).await;
    let commits = vec![
        commit(author(1), 1, 10),
        commit(author(1), 2, 10),
        commit(author(2), 2, 10),
        commit(author(3), 1, 0),
        commit(author(1), 2, 10),
        commit(author(1), 3, 10),
        commit(author(3), 3, 10),
    ];
    let outcomes = done(
        backend
            .store
            .commit(board, &batch(at, commits))
            .await
            .unwrap(),
    );
    let expected = [
        Outcome::Duplicate,
        Outcome::Stored(2),
        Outcome::Gap(0),
        Outcome::Stored(3),
        Outcome::Duplicate,
        Outcome::Stored(4),
        Outcome::Gap(1),
    ];
    assert_eq!(outcomes, expected);
    let log: Vec<_> = backend.store.load(board).await.unwrap().unwrap().commits;
    let places: Vec<_> = log
        .iter()
        .map(|(seq, it)| (*seq, it.author, it.cno))
        .collect();
    assert_eq!(
        places,
        [
            (1, author(1), 1),
            (2, author(1), 2),
            (3, author(3), 1),
            (4, author(1), 3)
        ]
    );
}

pub(crate) async fn a_repeated_batch_is_harmless(backend: Backend) {
    let (board, at) = backend.board().await;
    let again = batch(at, (1..=5).map(|cno| commit(author(1), cno, 100)).collect());
    done(backend.store.commit(board, &again).await.unwrap());
    let before = backend.store.load(board).await.unwrap();
    let outcomes = done(backend.store.commit(board, &again).await.unwrap());
    assert_eq!(outcomes, [Outcome::Duplicate; 5]);
    assert_eq!(backend.store.load(board).await.unwrap(), before);
}

pub(crate) async fn a_full_board_takes_tiny_commits_and_deletions(backend: Backend) {
    let (board, mut at) = backend.board().await;
    let per_batch = 16;
    let mut cno = 0;
    let mut next = |size| {
        cno += 1;
        commit(author(1), cno, size)
    };
    let fits = MAX_BOARD_BYTES / MAX_COMMIT_BYTES as u64;
    for _ in 0..fits / per_batch {
        let commits = (0..per_batch).map(|_| next(MAX_COMMIT_BYTES)).collect();
        let asked = batch(at, commits);
        // A slow machine may not answer in time.
        let outcomes = done(persist(|| backend.store.commit(board, &asked)).await);
        at.seq += outcomes.len() as u64;
    }
    let rest: Vec<_> = (0..=fits % per_batch)
        .map(|_| next(MAX_COMMIT_BYTES))
        .collect();
    let last = rest.len() - 1;
    let outcomes = done(backend.store.commit(board, &batch(at, rest)).await.unwrap());
    assert_eq!(outcomes[last], Outcome::Full);
    assert!(
        outcomes[..last]
            .iter()
            .all(|it| matches!(it, Outcome::Stored(_)))
    );
    at.seq += last as u64;
    let tiny = commit(author(1), cno, 64);
    let outcomes = done(
        backend
            .store
            .commit(board, &batch(at, vec![tiny]))
            .await
            .unwrap(),
    );
    assert_eq!(outcomes, [Outcome::Stored(at.seq + 1)]);
    at.seq += 1;
    // A batch that lets the board shrink may be larger.
    let deletions = Batch {
        max_bytes: MAX_SNAPSHOT_BYTES as u64,
        ..batch(at, vec![commit(author(1), cno + 1, 20_000)])
    };
    let outcomes = done(backend.store.commit(board, &deletions).await.unwrap());
    assert_eq!(outcomes, [Outcome::Stored(at.seq + 1)]);
    let head = backend.store.head(board).await.unwrap().unwrap();
    let stored = (cno - 1) * MAX_COMMIT_BYTES as u64 + 64 + 20_000;
    assert_eq!(head.bytes, stored);
}

pub(crate) async fn another_epoch_is_refused(backend: Backend) {
    let (board, at) = backend.board().await;
    let wrong = Position {
        epoch: fresh_epoch(),
        seq: 0,
    };
    let reply = backend
        .store
        .commit(board, &batch(wrong, vec![commit(author(1), 1, 5)]))
        .await;
    assert_eq!(reply.unwrap(), BatchReply::EpochChanged(at));
    assert_eq!(
        backend.store.load(board).await.unwrap().unwrap().commits,
        []
    );
}

pub(crate) async fn a_commit_to_an_unknown_board_is_answered_with_no_board(backend: Backend) {
    let board = shared::id::BoardId::from_bytes([0; 16]);
    let at = Position {
        epoch: fresh_epoch(),
        seq: 0,
    };
    let reply = backend
        .store
        .commit(board, &batch(at, vec![commit(author(1), 1, 5)]))
        .await;
    assert_eq!(reply.unwrap(), BatchReply::NoBoard);
    assert_eq!(backend.store.load(board).await.unwrap(), None);
    assert_eq!(backend.store.head(board).await.unwrap(), None);
    assert_eq!(backend.store.record(board).await.unwrap(), None);
    assert_eq!(
        backend.store.read_after(board, at).await.unwrap(),
        Tail::Gone
    );
}

pub(crate) async fn a_batch_that_knows_more_than_the_log_begins_an_epoch(backend: Backend) {
    let (board, at) = backend.board().await;
    let at = backend.store_run(board, at, author(1), 2).await;
    let mut subscription = backend.broker.subscribe(board).await.unwrap();
    let seen = Position { seq: 9, ..at };
    let ahead = batch(seen, vec![commit(author(1), 10, 5)]);
    let fresh = Position {
        epoch: ahead.fresh_epoch,
        seq: 2,
    };
    let reply = backend.store.commit(board, &ahead).await.unwrap();
    assert_eq!(reply, BatchReply::EpochChanged(fresh));
    assert_eq!(
        next_durable(&mut subscription).await,
        BrokerMsg::Log(LogEvent::EpochChanged)
    );
    // The commits that are left continue under the new epoch.
    let at = backend.store_run(board, fresh, author(1), 1).await;
    assert_eq!(backend.store.head(board).await.unwrap().unwrap().at, at);
}

pub(crate) async fn commits_are_published_in_the_order_of_the_log(backend: Backend) {
    let (board, at) = backend.board().await;
    let (_, broker) = backend.neighbour();
    let mut subscription = broker.subscribe(board).await.unwrap();
    let mixed = vec![
        commit(author(1), 1, 3),
        commit(author(2), 7, 3),
        commit(author(3), 1, 0),
    ];
    done(
        backend
            .store
            .commit(board, &batch(at, mixed))
            .await
            .unwrap(),
    );
    let expected = BrokerMsg::Log(LogEvent::Commits {
        epoch: at.epoch,
        first: 1,
        commits: vec![commit(author(1), 1, 3), commit(author(3), 1, 0)],
    });
    assert_eq!(next_durable(&mut subscription).await, expected);
    let repeated = batch(at, vec![commit(author(1), 1, 3)]);
    done(backend.store.commit(board, &repeated).await.unwrap());
    let at = Position { seq: 2, ..at };
    done(
        backend
            .store
            .commit(board, &batch(at, vec![commit(author(1), 2, 3)]))
            .await
            .unwrap(),
    );
    // The duplicate between them was not published.
    match next_durable(&mut subscription).await {
        BrokerMsg::Log(LogEvent::Commits { first, commits, .. }) => {
            assert_eq!((first, commits.len()), (3, 1))
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn eight_concurrent_authors_make_one_contiguous_log(backend: Backend) {
    let (board, at) = backend.board().await;
    let (_, broker) = backend.neighbour();
    let mut subscription = broker.subscribe(board).await.unwrap();
    let backend = Arc::new(backend);
    let committers: Vec<_> = (1..=8_u8)
        .map(|number| {
            let backend = Arc::clone(&backend);
            let store = backend.neighbour().0;
            tokio::spawn(async move {
                for round in 0..10 {
                    let commits = (1..=3).map(|it| commit(author(number), round * 3 + it, 50));
                    let asked = batch(at, commits.collect());
                    let outcomes = done(persist(|| store.commit(board, &asked)).await);
                    assert!(
                        outcomes.iter().all(|it| matches!(it, Outcome::Stored(_))),
                        "{outcomes:?}"
                    );
                    // A read at any time returns one consistent state.
                    let loaded = persist(|| store.load(board)).await.unwrap();
                    let places: Vec<_> = loaded.commits.iter().map(|(seq, _)| *seq).collect();
                    assert_eq!(places, (1..=loaded.at.seq).collect::<Vec<_>>());
                }
            })
        })
        .collect();
    for committer in committers {
        committer.await.unwrap();
    }
    let log = backend.store.load(board).await.unwrap().unwrap().commits;
    assert_eq!(log.len(), 240);
    let mut heard = Vec::new();
    while heard.len() < 240 {
        match next_durable(&mut subscription).await {
            BrokerMsg::Log(LogEvent::Commits { first, commits, .. }) => {
                heard.extend((first..).zip(commits))
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(heard, log);
}
