//! Boards that their owners delete.

use bytes::Bytes;
use redis::cmd;
use server::store::{ChatPageBytes, Compaction, Tail};
use shared::id::{BoardId, Position};
use shared::sync::log::BatchReply;
use testkit::redis::Redis;

use super::backend::{Backend, Kind, author, batch, commit, fresh_epoch, record};
use super::compaction::compaction;

/// A board that has something of everything, and its position.
async fn full_board(backend: &Backend) -> (BoardId, Position) {
    let (board, start) = backend.board().await;
    let at = backend.store_run(board, start, author(1), 10).await;
    let compacted = backend.store.compact(board, &compaction(at, 6)).await;
    assert!(compacted.unwrap());
    let stored = backend.store.put_chat_page(board, &page(at)).await;
    stored.unwrap();
    (board, at)
}

fn page(at: Position) -> ChatPageBytes {
    ChatPageBytes {
        epoch: at.epoch,
        number: 0,
        packed: Bytes::from_static(b"a page"),
    }
}

async fn delete(backend: &Backend, board: BoardId) {
    let (_, version) = backend.store.record(board).await.unwrap().unwrap();
    assert!(backend.store.delete(board, version).await.unwrap());
}

/// Checks that no call finds anything of a board.
async fn is_unknown(backend: &Backend, board: BoardId, at: Position) {
    let store = &backend.store;
    assert_eq!(store.record(board).await.unwrap(), None);
    assert_eq!(store.head(board).await.unwrap(), None);
    assert!(store.load(board).await.unwrap().is_none());
    assert_eq!(store.read_after(board, at).await.unwrap(), Tail::Gone);
    assert_eq!(store.chat_page(board, 0).await.unwrap(), None);
    assert_eq!(backend.archived(board).await, []);
    assert!(store.was_deleted(board).await.unwrap());
}

pub(crate) async fn a_deleted_board_is_an_unknown_board_for_every_call(backend: Backend) {
    let (board, at) = full_board(&backend).await;
    let (other, other_at) = full_board(&backend).await;
    assert!(!backend.store.was_deleted(board).await.unwrap());
    delete(&backend, board).await;
    is_unknown(&backend, board, at).await;
    assert!(!backend.store.was_deleted(other).await.unwrap());
    let head = backend.store.head(other).await.unwrap().unwrap();
    assert_eq!(head.at, other_at);
    assert_eq!(backend.archived(other).await.len(), 6);
    assert!(backend.store.chat_page(other, 0).await.unwrap().is_some());
    let never = BoardId::from_bytes(rand::random());
    assert!(!backend.store.was_deleted(never).await.unwrap());
    assert!(!backend.store.delete(never, 1).await.unwrap());
}

pub(crate) async fn nothing_brings_a_deleted_board_back(backend: Backend) {
    let (board, at) = full_board(&backend).await;
    let (_, version) = backend.store.record(board).await.unwrap().unwrap();
    delete(&backend, board).await;
    let store = &backend.store;
    let again = record("Again");
    store.create(board, &again, fresh_epoch()).await.unwrap();
    assert!(!store.put_record(board, &again, version).await.unwrap());
    let late = batch(at, vec![commit(author(1), 11, 5)]);
    let reply = store.commit(board, &late).await.unwrap();
    assert_eq!(reply, BatchReply::NoBoard);
    let Compaction { snapshot, .. } = compaction(at, 8);
    let held = Compaction {
        at: Position {
            epoch: fresh_epoch(),
            ..at
        },
        snapshot,
        floor: at.seq,
    };
    assert!(!store.compact(board, &compaction(at, 8)).await.unwrap());
    store.put_chat_page(board, &page(at)).await.unwrap();
    assert_eq!(store.restore(board, &again, &held).await.unwrap(), None);
    assert!(!store.delete(board, version).await.unwrap());
    is_unknown(&backend, board, at).await;
    // Neither does another server that held the board.
    let (neighbour, _) = backend.neighbour();
    let restored = neighbour.restore(board, &again, &held).await;
    assert_eq!(restored.unwrap(), None);
    is_unknown(&backend, board, at).await;
    if let Kind::Redis { server, .. } = &backend.kind {
        assert_eq!(keys_of(server, board).await.len(), 1);
    }
}

pub(crate) async fn a_board_is_deleted_only_at_the_version_that_was_read(backend: Backend) {
    let (board, at) = full_board(&backend).await;
    let store = &backend.store;
    let (read, version) = store.record(board).await.unwrap().unwrap();
    assert!(store.put_record(board, &read, version).await.unwrap());
    assert!(!store.delete(board, version).await.unwrap());
    assert_eq!(store.head(board).await.unwrap().unwrap().at, at);
    assert!(store.delete(board, version + 1).await.unwrap());
}

pub(crate) async fn nothing_but_the_marker_of_a_deleted_board_is_left(backend: Backend) {
    let (board, _) = full_board(&backend).await;
    let servers: Vec<&Redis> = match &backend.kind {
        Kind::Embedded { .. } => Vec::new(),
        Kind::Redis { server, .. } => vec![server],
        Kind::Cluster { cluster, .. } => cluster.masters.iter().collect(),
        Kind::Sentinel { servers, .. } => servers.servers.iter().take(1).collect(),
    };
    let keys = async || {
        let mut keys = Vec::new();
        for server in &servers {
            keys.extend(keys_of(server, board).await);
        }
        keys
    };
    let before = keys().await.len();
    assert_eq!(before > 5, !servers.is_empty(), "{before}");
    delete(&backend, board).await;
    let left = keys().await;
    let marker = format!("cs:{{{board}}}:meta");
    assert!(left.iter().all(|key| *key == marker), "{left:?}");
}

/// The names of all keys in which a board is named.
async fn keys_of(server: &Redis, board: BoardId) -> Vec<String> {
    let mut connection = server.connect().await.unwrap();
    let mut ask = cmd("KEYS");
    ask.arg(format!("*{board}*"));
    ask.query_async(&mut connection).await.unwrap()
}

pub(crate) async fn commits_that_race_with_a_deletion_leave_nothing(backend: Backend) {
    let (board, at) = backend.board().await;
    let writing = (1..=8_u8).map(|writer| {
        let store = &backend.store;
        async move {
            for cno in 1..=50 {
                let one = batch(
                    Position { seq: 0, ..at },
                    vec![commit(author(writer), cno, 9)],
                );
                if store.commit(board, &one).await.unwrap() == BatchReply::NoBoard {
                    return;
                }
            }
        }
    });
    let deleting = async {
        tokio::task::yield_now().await;
        delete(&backend, board).await;
    };
    tokio::join!(futures::future::join_all(writing), deleting);
    is_unknown(&backend, board, at).await;
    if let Kind::Redis { server, .. } = &backend.kind {
        assert_eq!(keys_of(server, board).await.len(), 1);
    }
}
