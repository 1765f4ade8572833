//! Blobs that no board needs are removed after a week, on each kind of store.

use server::blob::{BlobKey, BlobStage, BlobState, BlobStore};
use server::service::{Swept, UNNEEDED_FOR_MS, UPLOAD_EXPIRES_MS, sweep};
use server::store::Compaction;
use shared::geometry::BoardPoint;
use shared::id::{BoardId, ElementId, Position};
use shared::model::{BlobHash, Body, Color, MediaType, NewElement, OrderKey, Picture, Prop, Props};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{StoredCommit, encode};
use shared::sync::ConfirmedState;
use shared::sync::confirmed_state::{decode_commit, encode_commit};
use shared::sync::log::Batch;

use crate::backend::{author, batch, commit};
use crate::stored::{Stored, finish, piece, store};

const NOW: u64 = 1_800_000_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Some bytes on a board, complete.
async fn put(blobs: &dyn BlobStore, board: BoardId, bytes: &[u8]) -> BlobKey {
    let hash = BlobHash::of(bytes);
    let key = BlobKey { board, hash };
    store(blobs, key, bytes, 100).await;
    finish(blobs, key, bytes.len() as u64).await.unwrap();
    key
}

/// A commit that names a blob somewhere in its bytes.
fn naming(at: Position, cno: u64, hash: BlobHash) -> Batch {
    let mut naming = commit(author(1), cno, 0);
    naming.payload = [&[0x95, 7][..], hash.as_bytes(), &[1, 2]].concat().into();
    batch(at, vec![naming])
}

async fn stage(blobs: &dyn BlobStore, key: BlobKey) -> Option<BlobStage> {
    let entries = blobs.list(key.board).await.unwrap();
    let entry = entries.into_iter().find(|entry| entry.hash == key.hash);
    entry.map(|entry| entry.stage)
}

const NOTHING: Swept = Swept {
    expired: 0,
    unneeded: 0,
    deleted: 0,
    failed: 0,
};

pub(crate) async fn a_blob_is_removed_a_week_after_its_board_stopped_naming_it(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let boards = &*backend.store;
    let (board, at) = backend.board().await;
    let named = put(&**blobs, board, b"named by a commit").await;
    let never = put(&**blobs, board, b"named by nobody").await;
    boards
        .commit(board, &naming(at, 1, named.hash))
        .await
        .unwrap();
    let sweep = async |now| sweep(boards, &**blobs, now).await.unwrap();
    assert_eq!(sweep(NOW).await, NOTHING);
    assert_eq!(stage(&**blobs, named).await, Some(BlobStage::Needed));
    assert_eq!(stage(&**blobs, never).await, Some(BlobStage::Unneeded(NOW)));
    assert_eq!(sweep(NOW + UNNEEDED_FOR_MS - 1).await, NOTHING);
    let unneeded = Swept {
        unneeded: 1,
        ..NOTHING
    };
    assert_eq!(sweep(NOW + UNNEEDED_FOR_MS).await, unneeded);
    assert_eq!(stage(&**blobs, never).await, None);
    // The commit leaves the log, and the snapshot does not name the blob.
    let at = Position { seq: 1, ..at };
    let compaction = Compaction {
        at,
        snapshot: b"a snapshot".to_vec().into(),
        floor: 1,
    };
    assert!(boards.compact(board, &compaction).await.unwrap());
    let later = NOW + 100 * DAY;
    assert_eq!(sweep(later).await, NOTHING);
    assert_eq!(
        stage(&**blobs, named).await,
        Some(BlobStage::Unneeded(later))
    );
    // A commit names it again, so the week begins anew after that.
    boards
        .commit(board, &naming(at, 2, named.hash))
        .await
        .unwrap();
    assert_eq!(sweep(later + UNNEEDED_FOR_MS).await, NOTHING);
    assert_eq!(stage(&**blobs, named).await, Some(BlobStage::Needed));
}

pub(crate) async fn a_snapshot_that_names_a_blob_keeps_it(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let boards = &*backend.store;
    let (board, at) = backend.board().await;
    let named = put(&**blobs, board, b"named by a snapshot").await;
    let at = backend.store_run(board, at, author(2), 3).await;
    let compaction = Compaction {
        at,
        snapshot: [&[9; 400][..], named.hash.as_bytes(), b"end"]
            .concat()
            .into(),
        floor: at.seq,
    };
    assert!(boards.compact(board, &compaction).await.unwrap());
    for week in 0..3 {
        let now = NOW + week * UNNEEDED_FOR_MS;
        assert_eq!(sweep(boards, &**blobs, now).await.unwrap(), NOTHING);
    }
    assert_eq!(stage(&**blobs, named).await, Some(BlobStage::Needed));
}

/// A commit, as servers store it.
fn real_commit(cno: u64, ops: Vec<Op>) -> StoredCommit {
    let guard = Guard::Any;
    let payload = encode_commit(&Commit { cno, guard, ops }).unwrap();
    StoredCommit {
        author: author(3),
        cno,
        payload: payload.to_vec().into(),
    }
}

/// An image that shows a blob.
fn image(sha256: BlobHash) -> NewElement {
    let picture = Picture {
        sha256,
        media_type: MediaType::Png,
        width: 40,
        height: 30,
        thumbhash: vec![1; 25],
    };
    let origin = BoardPoint::new(0.0, 0.0);
    let props = Props::plain(OrderKey::first(), origin, Color::Red, 4.0, 255);
    let props = props.with(Prop::Size([40.0, 30.0]));
    let props = props.with(Prop::Picture(Some(picture)));
    let id = ElementId::from_bytes(rand::random());
    NewElement::new(id, props, Body::Image)
}

pub(crate) async fn the_commits_and_snapshots_of_servers_name_their_pictures(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let boards = &*backend.store;
    let (board, at) = backend.board().await;
    let [shown, deleted] = [b"shown", &b"deleted"[..]].map(BlobHash::of);
    put(&**blobs, board, b"shown").await;
    put(&**blobs, board, b"deleted").await;
    let images = [shown, deleted].map(|hash| Box::new(image(hash)));
    let ids = vec![images[1].id];
    let commits = vec![
        real_commit(1, images.map(Op::Put).into()),
        real_commit(2, vec![Op::Delete { ids }]),
    ];
    let mut state = ConfirmedState::empty(at);
    for commit in &commits {
        state.push(&decode_commit(commit));
    }
    assert_eq!(state.board().elements().count(), 1);
    boards.commit(board, &batch(at, commits)).await.unwrap();
    let stages = async |now| {
        assert_eq!(sweep(boards, &**blobs, now).await.unwrap(), NOTHING);
        let mut stages = Vec::new();
        for hash in [shown, deleted] {
            stages.push(stage(&**blobs, BlobKey { board, hash }).await.unwrap());
        }
        stages
    };
    // The history needs the picture of the deleted element.
    assert_eq!(stages(NOW).await, [BlobStage::Needed; 2]);
    let compaction = Compaction {
        at: state.at(),
        snapshot: encode(state.state()).unwrap(),
        floor: state.at().seq,
    };
    assert!(boards.compact(board, &compaction).await.unwrap());
    let after = [BlobStage::Needed, BlobStage::Unneeded(NOW)];
    assert_eq!(stages(NOW).await, after);
}

pub(crate) async fn the_blobs_of_a_board_that_is_gone_are_removed(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let board = BoardId::from_bytes(rand::random());
    let key = put(&**blobs, board, b"left over").await;
    let sweep = async |now| sweep(&*backend.store, &**blobs, now).await.unwrap();
    assert_eq!(sweep(NOW).await, NOTHING);
    assert_eq!(sweep(NOW + UNNEEDED_FOR_MS).await.unneeded, 1);
    assert_eq!(stage(&**blobs, key).await, None);
    assert!(blobs.boards().await.unwrap().is_empty());
    put(&**blobs, board, b"another one").await;
    assert_eq!(blobs.boards().await.unwrap(), [board]);
}

pub(crate) async fn the_blobs_of_a_deleted_board_are_removed_at_once(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let (board, _) = backend.board().await;
    put(&**blobs, board, b"complete").await;
    let unfinished = [5; 1_000];
    let hash = BlobHash::of(&unfinished);
    let key = BlobKey { board, hash };
    blobs.append(key, &piece(&unfinished, 0, 10)).await.unwrap();
    let (_, version) = backend.store.record(board).await.unwrap().unwrap();
    assert!(backend.store.delete(board, version).await.unwrap());
    let swept = sweep(&*backend.store, &**blobs, NOW).await.unwrap();
    let deleted = Swept {
        deleted: 2,
        ..NOTHING
    };
    assert_eq!(swept, deleted);
    assert_eq!(blobs.list(board).await.unwrap(), []);
    assert!(blobs.boards().await.unwrap().is_empty());
}

pub(crate) async fn an_upload_expires_a_day_after_its_last_piece(stored: Stored) {
    let with = stored.with_boards().await;
    let (backend, blobs) = (&with.backend, &with.blobs);
    let (board, _) = backend.board().await;
    let bytes = [5; 1_000];
    let hash = BlobHash::of(&bytes);
    let key = BlobKey { board, hash };
    blobs.append(key, &piece(&bytes, 0, 10)).await.unwrap();
    let Some(BlobStage::Unfinished(since)) = stage(&**blobs, key).await else {
        panic!("it is unfinished");
    };
    let sweep = async |now| sweep(&*backend.store, &**blobs, now).await.unwrap();
    assert_eq!(sweep(since + UPLOAD_EXPIRES_MS - 1).await, NOTHING);
    assert_eq!(sweep(since + UPLOAD_EXPIRES_MS).await.expired, 1);
    assert_eq!(blobs.state(key).await.unwrap(), BlobState::MISSING);
    assert_eq!(stage(&**blobs, key).await, None);
}
