//! Records, and the creation of boards.

use server::health::Health;
use shared::id::Position;

use super::backend::{Backend, author, fresh_epoch, record, until_health};

pub(crate) async fn a_new_board_is_empty(backend: Backend) {
    let (board, at) = backend.board().await;
    let loaded = backend.store.load(board).await.unwrap().unwrap();
    assert_eq!(loaded.at, at);
    assert_eq!(loaded.commits, []);
    assert_eq!(loaded.snapshot, None);
    let head = backend.store.head(board).await.unwrap().unwrap();
    assert_eq!((head.at, head.record_version), (at, loaded.record_version));
}

pub(crate) async fn creating_a_board_twice_changes_nothing(backend: Backend) {
    let (board, at) = backend.board().await;
    let at = backend.store_run(board, at, author(1), 2).await;
    backend
        .store
        .create(board, &record("Another"), fresh_epoch())
        .await
        .unwrap();
    assert_eq!(
        backend.store.head(board).await.unwrap().unwrap().at,
        Position { seq: 2, ..at }
    );
    assert_eq!(
        backend.store.record(board).await.unwrap().unwrap().0.title,
        "A board"
    );
}

pub(crate) async fn a_record_changes_only_from_the_version_that_was_read(backend: Backend) {
    let (board, _) = backend.board().await;
    let (mut read, version) = backend.store.record(board).await.unwrap().unwrap();
    read.title = "Grüße 👋".to_owned();
    assert!(
        backend
            .store
            .put_record(board, &read, version)
            .await
            .unwrap()
    );
    assert!(
        !backend
            .store
            .put_record(board, &record("Too late"), version)
            .await
            .unwrap()
    );
    assert_eq!(
        backend.store.record(board).await.unwrap(),
        Some((read, version + 1))
    );
    assert_eq!(
        backend
            .store
            .head(board)
            .await
            .unwrap()
            .unwrap()
            .record_version,
        version + 1
    );
    assert_eq!(
        backend
            .store
            .load(board)
            .await
            .unwrap()
            .unwrap()
            .record_version,
        version + 1
    );
}

pub(crate) async fn an_unknown_board_has_no_record_to_change(backend: Backend) {
    let board = shared::id::BoardId::from_bytes([0; 16]);
    assert!(
        !backend
            .store
            .put_record(board, &record("Nothing"), 1)
            .await
            .unwrap()
    );
    assert_eq!(backend.store.record(board).await.unwrap(), None);
}

pub(crate) async fn a_store_that_takes_commits_is_healthy(backend: Backend) {
    until_health(&*backend.store, |health| *health == Health::Ok).await;
}

pub(crate) async fn waiting_for_durability_ends(backend: Backend) {
    let (board, at) = backend.board().await;
    backend.store_run(board, at, author(1), 5).await;
    let store = &backend.store;
    let (first, second, third) = tokio::join!(
        store.wait_durable(board),
        store.wait_durable(board),
        store.wait_durable(board)
    );
    first.and(second).and(third).unwrap();
}
