//! A store file of each version opens and shows the same board.
//!
//! `golden_store/v2.redb` was written by the program of protocol version 2, before the libraries
//! of the codec and the maps were exchanged, and `v4.redb` by that of version 4. They hold the
//! golden board of their version: a snapshot of its first half, the commits behind it, and an
//! archive. A file is never written anew; a later format gets a file of its own, which
//! `write_a_golden_store` below writes when it is run by hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::path::{Path, PathBuf};

use server::store::embedded::EmbeddedStore;
use server::store::{BoardRecord, Compaction, Store as _};
use shared::id::{BoardId, Epoch, LinkId, Position, Secret};
use shared::limits::MAX_BOARD_BYTES;
use shared::limits::MAX_FRAME_BYTES;
use shared::model::palette::Theme;
use shared::model::{Board, NewElement};
use shared::op::{Commit, Guard, Op, apply_commit};
use shared::paint::board_to_svg;
use shared::protocol::{Role, StoredCommit, decode, encode};
use shared::sync::Snapshot;
use shared::sync::log::Batch;

#[path = "../../shared/tests/golden_board/mod.rs"]
#[allow(dead_code, reason = "the test that writes the file needs more of it")]
mod golden_board;

const FILE: &str = "boards.redb";
const BOARD: BoardId = BoardId::from_bytes([0x0b; 16]);
const EPOCH: Epoch = Epoch::from_bytes([0x0e; 16]);
const SECRET: Secret = Secret::from_bytes([0x05; 16]);

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn open(dir: &Path) -> EmbeddedStore {
    EmbeddedStore::open(dir, |_, _| {}).expect("the store opens")
}

/// The board that a store's snapshot and log add up to.
async fn board_in(store: &EmbeddedStore) -> Board {
    let loaded = store
        .load(BOARD)
        .await
        .unwrap()
        .expect("the board is there");
    let (seq, bytes) = loaded.snapshot.expect("a snapshot is there");
    let mut board = decode::<Snapshot>(&bytes, usize::MAX).unwrap().board;
    for (_, stored) in loaded.commits.iter().filter(|(at, _)| *at > seq) {
        let commit: Commit = decode(&stored.payload, MAX_FRAME_BYTES).unwrap();
        apply_commit(&mut board, stored.author, &commit);
    }
    board
}

/// Opens the store file of a version and compares its board with these elements.
async fn shows(version: &str, elements: Vec<NewElement>) {
    let dir = tempfile::tempdir().unwrap();
    let kept = tests().join("golden_store").join(version);
    std::fs::copy(kept, dir.path().join(FILE)).unwrap();
    let store = open(dir.path());
    let (record, _) = store.record(BOARD).await.unwrap().expect("a record");
    assert_eq!(record.title, "Golden board");
    let link = record.link_of(&SECRET).expect("the link of before");
    assert_eq!((link.role, link.id), (Role::Owner, LinkId(0)));
    let svg = |board| board_to_svg(board, &record.title, Theme::Light);
    let golden = golden_board::board_of(elements);
    assert_eq!(svg(&board_in(&store).await), svg(&golden));
    let archived = store.archived(BOARD, 0).await.unwrap().unwrap();
    let commits = archived.iter().map(|(_, stored)| {
        decode::<Commit>(&stored.payload, MAX_FRAME_BYTES)
            .unwrap()
            .cno
    });
    assert_eq!(commits.collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_store_of_version_2_opens_and_shows_the_same_board() {
    shows("v2.redb", golden_board::elements_of_version_2()).await;
}

#[tokio::test]
async fn a_store_of_version_4_opens_and_shows_the_same_board() {
    shows("v4.redb", golden_board::elements_before_images()).await;
}

/// Writes a store with the golden board to the folder named by `GOLDEN_STORE_DIR`.
#[tokio::test]
#[ignore = "generator: it writes golden files into GOLDEN_STORE_DIR and is run by hand for a new store format"]
async fn write_a_golden_store() {
    let dir = PathBuf::from(std::env::var_os("GOLDEN_STORE_DIR").expect("GOLDEN_STORE_DIR"));
    let store = open(&dir);
    let links = [(Role::Owner, SECRET.hash())];
    let record = BoardRecord::new("Golden board".to_owned(), 1_700_000_000_000, links);
    store.create(BOARD, &record, EPOCH).await.unwrap();
    let mut snapshot = Snapshot {
        at: Position {
            epoch: EPOCH,
            seq: 0,
        },
        board: Board::new(),
        authors: [(golden_board::AUTHOR, 10)].into(),
        chat: shared::chat::Chat::default(),
    };
    for (cno, element) in (1..).zip(golden_board::elements()) {
        let commit = Commit {
            cno,
            guard: Guard::Any,
            ops: vec![Op::Put(Box::new(element))],
        };
        let batch = Batch {
            epoch: EPOCH,
            known_seq: cno - 1,
            fresh_epoch: EPOCH,
            max_bytes: MAX_BOARD_BYTES,
            commits: vec![StoredCommit {
                author: golden_board::AUTHOR,
                cno,
                payload: encode(&commit).unwrap().to_vec().into(),
            }],
        };
        store.commit(BOARD, &batch).await.unwrap();
        if cno <= 10 {
            apply_commit(&mut snapshot.board, golden_board::AUTHOR, &commit);
            snapshot.at.seq = cno;
        }
    }
    let compaction = Compaction {
        at: snapshot.at,
        snapshot: encode(&snapshot).unwrap(),
        floor: 5,
    };
    assert!(store.compact(BOARD, &compaction).await.unwrap());
}
