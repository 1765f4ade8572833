//! Records, and making boards.

use shared::id::Position;

use super::stand::{Stand, author, fresh_epoch, record};

pub(crate) async fn a_new_board_is_empty(stand: Stand) {
    let (board, at) = stand.board().await;
    let loaded = stand.store.load(board).await.unwrap().unwrap();
    assert_eq!(loaded.at, at);
    assert_eq!(loaded.commits, []);
    assert_eq!(loaded.snapshot, None);
    let head = stand.store.head(board).await.unwrap().unwrap();
    assert_eq!((head.at, head.record_version), (at, loaded.record_version));
}

pub(crate) async fn making_a_board_twice_changes_nothing(stand: Stand) {
    let (board, at) = stand.board().await;
    let at = stand.store_run(board, at, author(1), 2).await;
    stand
        .store
        .create(board, &record("Another"), fresh_epoch())
        .await
        .unwrap();
    assert_eq!(
        stand.store.head(board).await.unwrap().unwrap().at,
        Position { seq: 2, ..at }
    );
    assert_eq!(
        stand.store.record(board).await.unwrap().unwrap().0.title,
        "A board"
    );
}

pub(crate) async fn a_record_changes_only_from_the_version_that_was_read(stand: Stand) {
    let (board, _) = stand.board().await;
    let (mut read, version) = stand.store.record(board).await.unwrap().unwrap();
    read.title = "Grüße 👋".to_owned();
    assert!(stand.store.put_record(board, &read, version).await.unwrap());
    assert!(
        !stand
            .store
            .put_record(board, &record("Too late"), version)
            .await
            .unwrap()
    );
    assert_eq!(
        stand.store.record(board).await.unwrap(),
        Some((read, version + 1))
    );
    assert_eq!(
        stand
            .store
            .head(board)
            .await
            .unwrap()
            .unwrap()
            .record_version,
        version + 1
    );
    assert_eq!(
        stand
            .store
            .load(board)
            .await
            .unwrap()
            .unwrap()
            .record_version,
        version + 1
    );
}

pub(crate) async fn an_unknown_board_has_no_record_to_change(stand: Stand) {
    let board = shared::id::BoardId::from_bytes([0; 16]);
    assert!(
        !stand
            .store
            .put_record(board, &record("Nothing"), 1)
            .await
            .unwrap()
    );
    assert_eq!(stand.store.record(board).await.unwrap(), None);
}

pub(crate) async fn a_store_that_is_up_answers(stand: Stand) {
    stand.store.ping().await.unwrap();
}

pub(crate) async fn settling_ends_when_all_is_safe(stand: Stand) {
    let (board, at) = stand.board().await;
    stand.store_run(board, at, author(1), 5).await;
    let store = &stand.store;
    let (first, second, third) = tokio::join!(store.settle(), store.settle(), store.settle());
    first.and(second).and(third).unwrap();
}
