//! The history of a board: its archive, the times of its commits, the users of its clients.

use bytes::Bytes;
use server::store::{Author, Compaction};
use shared::id::{BoardId, ClientId, PersonId, Position};
use shared::model::Color;

use super::backend::Backend;

fn author(person: u8, name: &str) -> Author {
    Author {
        person: PersonId::from_bytes([person; 16]),
        name: name.to_owned(),
        color: Color::Red,
        at_ms: 1_800_000_000_000,
    }
}

pub(crate) async fn users_of_clients_are_kept(backend: Backend) {
    let (board, _) = backend.board().await;
    let (other, _) = backend.board().await;
    let store = &backend.store;
    let clients = [1, 2].map(|client| ClientId::from_bytes([client; 16]));
    for (client, user) in [
        (0, author(1, "Ada")),
        (1, author(1, "Ada")),
        (1, author(1, "Ada L.")),
    ] {
        store
            .put_author(board, clients[client], &user)
            .await
            .unwrap();
    }
    let mut authors = store.authors(board).await.unwrap();
    authors.sort_by_key(|(client, _)| *client);
    let expected = [
        (clients[0], author(1, "Ada")),
        (clients[1], author(1, "Ada L.")),
    ];
    assert_eq!(authors, expected);
    assert_eq!(store.authors(other).await.unwrap(), []);
    let unknown = BoardId::from_bytes(rand::random());
    store
        .put_author(unknown, clients[0], &author(1, "Ada"))
        .await
        .unwrap();
    assert_eq!(store.authors(unknown).await.unwrap(), []);
}

pub(crate) async fn each_second_with_commits_is_marked_once(backend: Backend) {
    let (board, at) = backend.board().await;
    assert_eq!(backend.store.time_marks(board).await.unwrap(), []);
    let author = ClientId::from_bytes([1; 16]);
    let before = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap()
        .as_secs();
    backend.store_run(board, at, author, 5).await;
    let marks = backend.store.time_marks(board).await.unwrap();
    assert_eq!(marks[0].first, 1);
    assert!(
        (before..before + 30).contains(&marks[0].second),
        "{marks:?}"
    );
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let at = Position { seq: 5, ..at };
    backend.store_run(board, at, author, 5).await;
    let later = backend.store.time_marks(board).await.unwrap();
    let last = later.last().unwrap();
    assert!(
        last.first >= 6 && last.second > marks[0].second,
        "{later:?}"
    );
    assert!(
        later
            .iter()
            .is_sorted_by(|a, b| a.first < b.first && a.second < b.second)
    );
}

pub(crate) async fn the_archive_is_read_in_segments(backend: Backend) {
    let (board, at) = backend.board().await;
    let author = ClientId::from_bytes([1; 16]);
    backend.store_run(board, at, author, 10).await;
    for floor in [4, 9] {
        let compaction = Compaction {
            at: Position { seq: floor, ..at },
            snapshot: Bytes::from_static(b"a snapshot"),
            floor,
        };
        assert!(backend.store.compact(board, &compaction).await.unwrap());
    }
    let mut places = Vec::new();
    for number in 0..2 {
        let segment = backend
            .store
            .archived(board, number)
            .await
            .unwrap()
            .unwrap();
        places.push(segment.iter().map(|(seq, _)| *seq).collect::<Vec<_>>());
    }
    assert_eq!(places, [vec![1, 2, 3, 4], vec![5, 6, 7, 8, 9]]);
    assert_eq!(backend.store.archived(board, 2).await.unwrap(), None);
}
