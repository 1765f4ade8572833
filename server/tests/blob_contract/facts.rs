//! The promises.

use std::sync::Arc;

use futures::future::join_all;
use server::blob::{
    Appended, BlobEntry, BlobError, BlobKey, BlobStage, BlobState, BlobStore, PIECE_BYTES, Piece,
    Seen,
};
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;

use crate::stored::{Stored, blob, finish, piece, read, remove, store};

/// The size of a blob of three pieces.
const BYTES: usize = 2 * PIECE_BYTES + 100_000;

async fn finished(blobs: &dyn BlobStore, bytes: usize) -> (BlobKey, Vec<u8>) {
    let (key, bytes) = blob(bytes);
    store(blobs, key, &bytes, PIECE_BYTES).await;
    finish(blobs, key, bytes.len() as u64).await.unwrap();
    (key, bytes)
}

pub(crate) async fn a_blob_grows_piece_by_piece_and_is_finished(stored: Stored) {
    let (key, bytes) = blob(BYTES);
    let (blobs, other) = (&stored.blobs, stored.neighbour().await);
    assert_eq!(blobs.state(key).await.unwrap(), BlobState::MISSING);
    let length = BYTES as u64;
    for (from, to) in [
        (0, 1),
        (1, 1_000),
        (1_000, PIECE_BYTES),
        (PIECE_BYTES, PIECE_BYTES),
        (PIECE_BYTES, 2 * PIECE_BYTES),
        (2 * PIECE_BYTES, BYTES),
    ] {
        let answer = blobs.append(key, &piece(&bytes, from, to)).await.unwrap();
        assert_eq!(answer, Appended::Stored(to as u64));
        let offset = to as u64;
        let state = BlobState::Unfinished { offset, length };
        assert_eq!(other.state(key).await.unwrap(), state);
    }
    assert!(
        read(&*other, key, BYTES).await == bytes,
        "before the end too"
    );
    finish(&**blobs, key, length).await.unwrap();
    finish(&*other, key, length).await.unwrap();
    assert_eq!(
        other.state(key).await.unwrap(),
        BlobState::Complete { length }
    );
    assert!(read(&*other, key, BYTES).await == bytes);
}

pub(crate) async fn a_piece_that_begins_elsewhere_is_not_stored(stored: Stored) {
    let (key, bytes) = blob(BYTES);
    let append = async |from, to| {
        let piece = piece(&bytes, from, to);
        stored.blobs.append(key, &piece).await.unwrap()
    };
    assert_eq!(append(5, 10).await, Appended::Elsewhere(0));
    assert_eq!(append(0, 500).await, Appended::Stored(500));
    for wrong in [0, 499, 501, PIECE_BYTES] {
        assert_eq!(append(wrong, wrong + 10).await, Appended::Elsewhere(500));
    }
    assert_eq!(append(500, 600).await, Appended::Stored(600));
}

pub(crate) async fn another_length_begins_a_blob_anew(stored: Stored) {
    let (key, bytes) = blob(BYTES);
    let wrong = vec![1; 700];
    let blobs = &stored.blobs;
    assert_eq!(
        blobs.append(key, &piece(&wrong, 0, 600)).await.unwrap(),
        Appended::Stored(600)
    );
    let at_end = blobs.append(key, &piece(&bytes, 600, 700)).await.unwrap();
    assert_eq!(at_end, Appended::Elsewhere(0));
    store(&**blobs, key, &bytes, PIECE_BYTES).await;
    finish(&**blobs, key, BYTES as u64).await.unwrap();
    assert!(read(&**blobs, key, BYTES).await == bytes);
}

pub(crate) async fn a_blob_that_lacks_bytes_is_not_finished(stored: Stored) {
    let (key, bytes) = blob(BYTES);
    let finish = async || finish(&*stored.blobs, key, BYTES as u64).await;
    assert!(matches!(finish().await, Err(BlobError::Missing(_))));
    let begin = piece(&bytes, 0, PIECE_BYTES);
    stored.blobs.append(key, &begin).await.unwrap();
    assert!(matches!(finish().await, Err(BlobError::Missing(_))));
    let beyond = stored.blobs.read(key, PIECE_BYTES as u64, 1).await;
    assert!(matches!(beyond, Err(BlobError::Missing(_))), "{beyond:?}");
}

pub(crate) async fn a_finished_blob_stays_as_it_is(stored: Stored) {
    let (key, bytes) = finished(&*stored.blobs, BYTES).await;
    for (from, to) in [(0, 100), (BYTES, BYTES)] {
        let again = stored.blobs.append(key, &piece(&bytes, from, to)).await;
        assert_eq!(again.unwrap(), Appended::Complete);
    }
    let other = piece(&[7; 9], 0, 9);
    let other = stored.blobs.append(key, &other).await.unwrap();
    assert_eq!(other, Appended::Complete);
    assert!(read(&*stored.blobs, key, BYTES).await == bytes);
}

pub(crate) async fn every_range_of_a_blob_can_be_read(stored: Stored) {
    let (key, bytes) = finished(&*stored.blobs, BYTES).await;
    for (from, to) in [
        (0, 1),
        (0, PIECE_BYTES),
        (77, 9_000),
        (PIECE_BYTES - 1, PIECE_BYTES),
        (PIECE_BYTES, PIECE_BYTES + 1),
        (2 * PIECE_BYTES + 1, BYTES),
        (BYTES - 1, BYTES),
    ] {
        let found = stored.blobs.read(key, from as u64, to - from).await;
        assert!(found.unwrap() == bytes[from..to], "{from} to {to}");
    }
    for (from, bytes) in [(BYTES - 1, 2), (BYTES, 1), (2 * BYTES, 1)] {
        let beyond = stored.blobs.read(key, from as u64, bytes).await;
        assert!(matches!(beyond, Err(BlobError::Missing(_))), "{beyond:?}");
    }
}

pub(crate) async fn a_removed_blob_can_be_stored_again(stored: Stored) {
    let blobs = &*stored.blobs;
    let (key, bytes) = finished(blobs, BYTES).await;
    for was_there in [true, false] {
        assert_eq!(remove(blobs, key).await, was_there);
        assert_eq!(blobs.state(key).await.unwrap(), BlobState::MISSING);
        assert!(blobs.read(key, 0, 1).await.is_err());
    }
    blobs.mark(key, Some(1)).await.unwrap();
    assert!(blobs.list(key.board).await.unwrap().is_empty());
    store(blobs, key, &bytes, 50_000).await;
    assert!(remove(blobs, key).await);
    assert_eq!(blobs.state(key).await.unwrap(), BlobState::MISSING);
    store(blobs, key, &bytes, 90_000).await;
    finish(blobs, key, BYTES as u64).await.unwrap();
    assert!(read(blobs, key, BYTES).await == bytes);
}

pub(crate) async fn a_list_tells_what_each_blob_waits_for(stored: Stored) {
    let blobs = &*stored.blobs;
    let (key, _) = finished(blobs, 1_000).await;
    let (other, bytes) = blob(2_000);
    let begun = BlobKey {
        board: key.board,
        ..other
    };
    blobs.append(begun, &piece(&bytes, 0, 10)).await.unwrap();
    let stage = async |key: BlobKey| {
        let list: Vec<BlobEntry> = stored.neighbour().await.list(key.board).await.unwrap();
        assert_eq!(list.len(), 2);
        let entry = list.into_iter().find(|entry| entry.hash == key.hash);
        let entry = entry.unwrap();
        (entry.length, entry.stage)
    };
    assert_eq!(stage(key).await, (1_000, BlobStage::Needed));
    let (length, waits) = stage(begun).await;
    assert!(
        length == 2_000
            && matches!(waits, BlobStage::Unfinished(since) if since > 1_700_000_000_000)
    );
    let since = 1_700_000_000_123;
    blobs.mark(key, Some(since)).await.unwrap();
    assert_eq!(stage(key).await, (1_000, BlobStage::Unneeded(since)));
    blobs.mark(key, None).await.unwrap();
    assert_eq!(stage(key).await, (1_000, BlobStage::Needed));
}

pub(crate) async fn boards_have_nothing_in_common(stored: Stored) {
    let blobs = &*stored.blobs;
    let (key, bytes) = finished(blobs, 500).await;
    let (elsewhere, _) = finished(blobs, 10).await;
    let same = BlobKey {
        board: elsewhere.board,
        ..key
    };
    assert_eq!(blobs.state(same).await.unwrap(), BlobState::MISSING);
    assert!(blobs.read(same, 0, 10).await.is_err());
    store(blobs, same, &bytes, 100).await;
    finish(blobs, same, 500).await.unwrap();
    assert!(remove(blobs, key).await);
    assert!(read(blobs, same, 500).await == bytes);
    let mut boards = blobs.boards().await.unwrap();
    boards.sort();
    assert!(boards.binary_search(&same.board).is_ok());
}

pub(crate) async fn many_servers_that_store_one_blob_end_with_its_bytes(stored: Stored) {
    let (key, bytes) = blob(BYTES);
    let servers: Vec<Arc<dyn BlobStore>> = join_all((0..4).map(|_| stored.neighbour())).await;
    let storing = servers.iter().enumerate().map(async |(number, blobs)| {
        store(&**blobs, key, &bytes, 10_000 * (number + 1)).await;
        assert!(read(&**blobs, key, BYTES).await == bytes);
        finish(&**blobs, key, BYTES as u64).await.unwrap();
    });
    join_all(storing).await;
    let length = BYTES as u64;
    assert_eq!(
        stored.blobs.state(key).await.unwrap(),
        BlobState::Complete { length }
    );
    assert!(read(&*stored.blobs, key, BYTES).await == bytes);
}

pub(crate) async fn uploads_that_begin_at_once_do_not_exceed_the_limits_of_a_board(stored: Stored) {
    let (any, _) = blob(1);
    let begin = async |number: u64, length: u64| {
        let hash = BlobHash::of(&number.to_be_bytes());
        let piece = Piece {
            offset: 0,
            length,
            bytes: b"x".to_vec().into(),
        };
        let key = BlobKey { hash, ..any };
        stored.blobs.append(key, &piece).await.is_ok()
    };
    let large = join_all((0..40).map(|number| begin(number, MAX_PICTURE_BYTES))).await;
    let stored_of = |answers: &[bool]| answers.iter().filter(|stored| **stored).count();
    assert_eq!(stored_of(&large), 32, "256 MiB");
    assert!(!begin(100, 1).await, "the board is full");
    let listed = stored.blobs.list(any.board).await.unwrap();
    assert_eq!(listed.len(), 32, "what was refused is not there");
    // The bytes that it had before do not count for a blob that begins anew.
    let number = (0..40).find(|number| large[*number as usize]).unwrap();
    assert!(begin(number, 1).await);
    let small = join_all((100..140).map(|number| begin(number, 1))).await;
    assert_eq!(stored_of(&small), 32, "64 unfinished uploads");
}

pub(crate) async fn only_the_bytes_that_were_checked_are_finished_or_removed(stored: Stored) {
    let (blobs, other) = (&*stored.blobs, stored.neighbour().await);
    let (key, bytes) = blob(BYTES);
    let length = BYTES as u64;
    assert_eq!(blobs.generation(key).await.unwrap(), None);
    store(blobs, key, &vec![7; BYTES], PIECE_BYTES).await;
    let checked = blobs.generation(key).await.unwrap().unwrap();
    assert_eq!(other.generation(key).await.unwrap(), Some(checked));
    // Another client begins the blob anew while this one is checked.
    blobs.append(key, &piece(&bytes[..9], 0, 9)).await.unwrap();
    store(&*other, key, &bytes, PIECE_BYTES).await;
    let now = blobs.generation(key).await.unwrap().unwrap();
    assert_ne!(now, checked);
    let finished = blobs.finish(key, length, checked).await;
    assert!(
        matches!(finished, Err(BlobError::Missing(_))),
        "{finished:?}"
    );
    let seen = Seen::Unfinished(checked);
    assert!(!blobs.remove_if(key, seen).await.unwrap());
    blobs.finish(key, length, now).await.unwrap();
    assert_eq!(blobs.generation(key).await.unwrap(), None);
    for seen in [checked, now].map(Seen::Unfinished) {
        assert!(!other.remove_if(key, seen).await.unwrap(), "it is complete");
    }
    assert!(read(&*other, key, BYTES).await == bytes);
}

pub(crate) async fn a_blob_that_changed_since_it_was_listed_is_not_removed(stored: Stored) {
    let (blobs, other) = (&*stored.blobs, stored.neighbour().await);
    let (key, bytes) = blob(1_000);
    let seen = async || {
        let listed = stored.blobs.list(key.board).await.unwrap();
        Seen::Listed(listed[0].stage)
    };
    store(blobs, key, &bytes, 300).await;
    let unfinished = seen().await;
    finish(&*other, key, 1_000).await.unwrap();
    assert!(!blobs.remove_if(key, unfinished).await.unwrap());
    blobs.mark(key, Some(5_000)).await.unwrap();
    let unneeded = seen().await;
    for again in [None, Some(6_000)] {
        other.mark(key, again).await.unwrap();
        assert!(!blobs.remove_if(key, unneeded).await.unwrap());
    }
    assert!(read(&*other, key, 1_000).await == bytes);
    assert!(blobs.remove_if(key, seen().await).await.unwrap());
    assert_eq!(other.state(key).await.unwrap(), BlobState::MISSING);
}
