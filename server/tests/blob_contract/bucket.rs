//! What only a bucket of S3 can do to blobs, and which buckets cannot be used.

use std::future::IntoFuture as _;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Method, StatusCode};
use futures::future::{join, join_all};
use server::blob::s3::{S3Blobs, S3OpenError};
use server::blob::{Appended, BlobError, BlobKey, BlobState, BlobStore as _, PIECE_BYTES, Piece};
use server::config::S3Place;
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

use crate::s3_server::{BUCKET, S3Server};
use crate::stored::{blob, finish, open, piece, read, remove, store};

/// The size of a blob of two pieces.
const BYTES: usize = PIECE_BYTES + 1_000;

const SECOND: Duration = Duration::from_secs(1);

/// The names of all objects but that of the check.
fn objects(server: &S3Server) -> Vec<String> {
    let names = server.names().into_iter();
    names.filter(|name| name != "some/boards/check").collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complete_blob_is_one_object_and_a_removed_one_leaves_none() {
    let server = S3Server::start().await;
    let blobs = open(&server).await;
    let (key, bytes) = blob(BYTES);
    let board = format!("some/boards/{}", key.board);
    // Another length leaves bytes behind, which belong to no blob.
    let wrong = piece(&bytes[..600], 0, 500);
    blobs.append(key, &wrong).await.unwrap();
    store(&*blobs, key, &bytes, PIECE_BYTES).await;
    let generation = blobs.generation(key).await.unwrap().unwrap();
    let name = format!("{board}/{}.{generation:016x}", key.hash);
    let parts = [0, PIECE_BYTES].map(|offset| format!("{name}.part/{offset:08}"));
    let index = format!("{board}/index");
    assert_eq!(
        objects(&server),
        [&parts[..], std::slice::from_ref(&index)].concat()
    );
    finish(&*blobs, key, BYTES as u64).await.unwrap();
    assert_eq!(objects(&server), [name, index]);
    assert!(remove(&*blobs, key).await);
    blobs.tidy(key.board).await.unwrap();
    assert!(objects(&server).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_of_very_many_pieces_begins_anew() {
    let server = S3Server::start().await;
    let blobs = open(&server).await;
    let (key, bytes) = blob(1_000);
    blobs.append(key, &piece(&bytes, 0, 1)).await.unwrap();
    let generation = blobs.generation(key).await.unwrap().unwrap();
    let folder = format!(
        "some/boards/{}/{}.{generation:016x}.part",
        key.board, key.hash
    );
    for at in 1..499 {
        server.put(&format!("{folder}/{at:08}"), &bytes[at..=at], SECOND);
    }
    let appended = blobs.append(key, &piece(&bytes, 499, 500)).await;
    assert_eq!(appended, Ok(Appended::Stored(500)));
    let appended = blobs.append(key, &piece(&bytes, 500, 501)).await;
    assert_eq!(appended, Ok(Appended::Elsewhere(0)));
    store(&*blobs, key, &bytes, 100).await;
    finish(&*blobs, key, 1_000).await.unwrap();
    assert_eq!(server.names().len(), 3, "check, index and the blob");
    assert!(read(&*blobs, key, 1_000).await == bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_remembers_a_blob_notices_that_it_was_stored_anew() {
    let server = S3Server::start().await;
    let (blobs, other) = (open(&server).await, open(&server).await);
    let (key, bytes) = blob(BYTES);
    for _ in 0..2 {
        store(&*other, key, &bytes, PIECE_BYTES).await;
        finish(&*other, key, BYTES as u64).await.unwrap();
        assert!(read(&*blobs, key, BYTES).await == bytes);
        assert!(remove(&*other, key).await);
        let gone = blobs.read(key, 0, 10).await;
        assert!(matches!(gone, Err(BlobError::Missing(_))), "{gone:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_that_goes_away_is_unavailable_until_it_is_back() {
    let mut server = S3Server::start().await;
    let blobs = open(&server).await;
    let (key, bytes) = blob(BYTES);
    blobs.append(key, &piece(&bytes, 0, 500)).await.unwrap();
    server.stop().await;
    let away = blobs.state(key).await;
    assert!(matches!(away, Err(BlobError::Unavailable(_))), "{away:?}");
    let opened = S3Blobs::open(&server.place(""), S3Server::variables()).await;
    assert!(opened.unwrap().unreachable.is_some(), "it may come back");
    server.start_again().await;
    let (offset, length) = (500, BYTES as u64);
    let state = blobs.state(key).await.unwrap();
    assert_eq!(state, BlobState::Unfinished { offset, length });
    store(&*blobs, key, &bytes, PIECE_BYTES).await;
    finish(&*blobs, key, length).await.unwrap();
    assert!(read(&*blobs, key, BYTES).await == bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_on_one_bucket_do_not_exceed_the_limits_of_a_board_together() {
    let server = S3Server::start().await;
    let servers = join_all((0..4).map(|_| open(&server))).await;
    let (any, _) = blob(1);
    let begin = async |number: u64| {
        let hash = BlobHash::of(&number.to_be_bytes());
        let first = Piece {
            offset: 0,
            length: MAX_PICTURE_BYTES,
            bytes: b"x".to_vec().into(),
        };
        let blobs = &servers[number as usize % servers.len()];
        blobs.append(BlobKey { hash, ..any }, &first).await.is_ok()
    };
    let begun = join_all((0..40).map(begin)).await;
    let begun = begun.into_iter().filter(|begun| *begun).count();
    assert_eq!(begun, 32, "256 MiB");
    assert_eq!(servers[0].list(any.board).await.unwrap().len(), 32);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_pieces_that_come_to_two_servers_at_once_one_is_stored() {
    let server = S3Server::start().await;
    let (blobs, other) = (open(&server).await, open(&server).await);
    let (key, bytes) = blob(200);
    blobs.append(key, &piece(&bytes, 0, 1)).await.unwrap();
    let mut expected = bytes[..1].to_vec();
    for at in 1..20 {
        let pieces = [7, 8].map(|byte| {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            piece(&bytes, at, at + 1)
        });
        let appending = join(blobs.append(key, &pieces[0]), other.append(key, &pieces[1]));
        let (one, two) = appending.await;
        let stored = Appended::Stored(at as u64 + 1);
        let elsewhere = Appended::Elsewhere(at as u64 + 1);
        let first_is_stored = one.unwrap() == stored;
        let second = if first_is_stored { elsewhere } else { stored };
        assert_eq!(two.unwrap(), second);
        expected.push(if first_is_stored { 7 } else { 8 });
    }
    assert!(read(&*blobs, key, 20).await == expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_server_left_behind_is_removed_after_a_day() {
    let server = S3Server::start().await;
    let blobs = open(&server).await;
    let (key, bytes) = blob(700);
    store(&*blobs, key, &bytes, 300).await;
    let generation = blobs.generation(key).await.unwrap().unwrap();
    finish(&*blobs, key, 700).await.unwrap();
    let (other, more) = blob(900);
    let begun = BlobKey {
        board: key.board,
        ..other
    };
    blobs.append(begun, &piece(&more, 0, 9)).await.unwrap();
    let named = objects(&server);
    assert_eq!(named.len(), 3, "index, blob and piece: {named:?}");
    let board = format!("some/boards/{}", key.board);
    let left = [
        // Pieces that were put together, pieces and the whole of another generation.
        format!("{board}/{}.{generation:016x}.part/00000000", key.hash),
        format!("{board}/{}.00000000000000aa.part/00000000", begun.hash),
        format!("{board}/{}.00000000000000bb", key.hash),
    ];
    let put = |age: Duration| left.iter().for_each(|name| server.put(name, b"x", age));
    put(Duration::from_hours(23));
    blobs.tidy(key.board).await.unwrap();
    assert_eq!(
        objects(&server).len(),
        6,
        "a server may be about to name them"
    );
    put(Duration::from_hours(25));
    blobs.tidy(key.board).await.unwrap();
    assert_eq!(objects(&server), named);
    assert!(read(&*blobs, key, 700).await == bytes);
}

async fn refused(place: S3Place, variables: Vec<(String, String)>) -> S3OpenError {
    let opened = S3Blobs::open(&place, variables).await;
    let error = opened.map(drop).unwrap_err();
    let line = error.to_string();
    assert!(!line.contains('\n') && line.len() < 600, "{line}");
    error
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_credentials_and_a_missing_bucket_are_named_in_one_line() {
    let server = S3Server::start().await;
    let right = S3Server::variables();
    let elsewhere = S3Place {
        bucket: "another".to_owned(),
        ..server.place("")
    };
    let error = refused(elsewhere, right.clone()).await;
    assert!(matches!(error, S3OpenError::NoBucket(_)), "{error:?}");
    assert!(error.to_string().contains("s3://another/"), "{error}");
    for wrong in 0..2 {
        let mut variables = right.clone();
        variables[wrong].1 = "wrong".to_owned();
        let error = refused(server.place(""), variables).await;
        assert!(matches!(error, S3OpenError::Denied { .. }), "{error:?}");
        assert!(error.to_string().contains("AWS_SECRET_ACCESS_KEY"));
    }
    let error = refused(server.place(""), Vec::new()).await;
    assert!(matches!(error, S3OpenError::NoCredentials(_)), "{error:?}");
    let names = server.names();
    assert!(names.is_empty(), "{names:?} in {BUCKET}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_overwrites_in_spite_of_a_condition_is_refused() {
    for ignored in ["if-none-match", "if-match"] {
        let answer = move |method: Method, headers: HeaderMap| async move {
            if method == Method::GET {
                let none = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
                return (StatusCode::OK, [("etag", "\"1\"")], none);
            }
            let is_conditional = ["if-none-match", "if-match"]
                .iter()
                .any(|name| *name != ignored && headers.contains_key(*name));
            let status = match is_conditional {
                true => StatusCode::PRECONDITION_FAILED,
                false => StatusCode::OK,
            };
            (status, [("etag", "\"1\"")], "")
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let serving = axum::serve(listener, Router::new().fallback(answer));
        let _serving = AbortOnDropHandle::new(tokio::spawn(serving.into_future()));
        let place = S3Place {
            bucket: BUCKET.to_owned(),
            prefix: String::new(),
            endpoint: Some(endpoint.parse().unwrap()),
        };
        let error = refused(place, S3Server::variables()).await;
        assert!(matches!(error, S3OpenError::Unconditional(_)), "{error:?}");
    }
}
