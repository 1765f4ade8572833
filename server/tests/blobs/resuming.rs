//! Uploads in pieces.

use futures::future::join_all;
use reqwest::Method;
use serde_json::Value;
use shared::model::BlobHash;
use shared::protocol::ServerMsg;
use testkit::client::Client;

use crate::pictures::png;
use crate::test_server::TestServer;
use crate::uploads::{Visitor, read};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_in_one_piece_is_stored_and_loaded() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(40, 30, 1);
    let hash = BlobHash::of(&file);
    let (before, _) = ann.head(hash).await;
    assert_eq!((before.status, before.offset), (404, Some(0)));
    let stored = ann.upload(&file).await;
    assert_eq!(
        (stored.status, stored.offset),
        (201, Some(file.len() as u64))
    );
    let about: Value = serde_json::from_str(&stored.text).unwrap();
    assert_eq!(about["sha256"], hash.to_string());
    assert_eq!(about["media_type"], "image/png");
    assert_eq!(
        (&about["width"], &about["height"]),
        (&40.into(), &30.into())
    );
    assert!(about["thumbhash"].as_str().unwrap().len() >= 7);
    let (after, headers) = ann.head(hash).await;
    assert_eq!((after.status, after.offset), (200, None));
    assert_eq!(headers["content-length"], file.len().to_string());
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_goes_on_where_it_ended() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(600, 400, 2);
    let hash = BlobHash::of(&file);
    assert!(file.len() > 600_000, "several pieces of the store");
    for (offset, end) in [(0, 1), (1, 300_000), (300_000, 300_000), (300_000, 600_000)] {
        let answer = ann.patch(&file, offset, end).await;
        assert_eq!((answer.status, answer.offset), (204, Some(end as u64)));
        let (state, _) = ann.head(hash).await;
        assert_eq!((state.status, state.offset), (404, Some(end as u64)));
        assert_eq!(ann.get(hash).await.status(), 404);
    }
    for wrong in [0, 1, 599_999, 600_001] {
        let answer = ann.patch(&file, wrong, file.len()).await;
        assert_eq!(
            (answer.status, answer.offset),
            (409, Some(600_000)),
            "{wrong}"
        );
    }
    assert_eq!(ann.patch(&file, 600_000, file.len()).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
    // It is complete, so any further upload of it is too.
    for offset in [0, 5, file.len()] {
        assert_eq!(ann.patch(&file, offset, file.len()).await.status, 201);
    }
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_upload_the_same_picture_at_the_same_time() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(900, 600, 4);
    let upload = async |from: Visitor| {
        let (mut offset, mut conflicts) = (0, 0);
        loop {
            let end = file.len().min(offset + 100_000);
            let answer = from.patch(&file, offset, end).await;
            match answer.status {
                201 => return conflicts,
                204 => offset = end,
                409 => {
                    conflicts += 1;
                    offset = usize::try_from(answer.offset.unwrap()).unwrap();
                }
                other => panic!("{other}: {}", answer.text),
            }
        }
    };
    let people = (0..4).map(|_| upload(ann.at(&ann.server)));
    let conflicts: Vec<u32> = join_all(people).await;
    assert!(conflicts.iter().sum::<u32>() > 0, "they met");
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_clients_on_the_board_learn_of_a_complete_picture() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let (mut ben, _) = Client::join(server.address, ann.link, 1).await;
    let file = png(10, 10, 5);
    assert_eq!(ann.upload(&file).await.status, 201);
    let wanted = ServerMsg::BlobReady(BlobHash::of(&file));
    ben.until("the news", |message| (message == wanted).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_uploads_a_picture_whole() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(700, 500, 6);
    let stored = ann.post(file.clone()).await;
    assert_eq!(stored.status, 201, "{}", stored.text);
    let about: Value = serde_json::from_str(&stored.text).unwrap();
    let hash: BlobHash = about["sha256"].as_str().unwrap().parse().unwrap();
    assert_eq!(hash, BlobHash::of(&file), "it has no metadata");
    assert_eq!(ann.load(hash).await, file);
    let again = ann.post(file).await;
    assert_eq!((again.status, again.text), (201, stored.text));
    // The board is in the address, and no other board has the picture.
    let other = Visitor::on_new_board(&server.url("")).await;
    assert_eq!(other.get(hash).await.status(), 404);
    let request = other.request(Method::GET, &format!("/../{}/{hash}", ann.link.board));
    assert_eq!(request.send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_type_than_that_of_the_bytes_discards_nothing() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(40, 30, 7);
    let (hash, length) = (BlobHash::of(&file), file.len() as u64);
    let begun = ann.patch(&file, 0, file.len() - 10).await;
    assert_eq!(begun.status, 204);
    let offset = length - 10;
    let request = ann.patch_request(hash, offset, length, "image/gif");
    let rest = file[file.len() - 10..].to_vec();
    let answer = read(request.body(rest).send().await.unwrap()).await;
    assert_eq!(answer.status, 415);
    for _ in 0..2 {
        assert_eq!(ann.head(hash).await.0.offset, Some(length));
        let request = ann.patch_request(hash, length, length, "image/webp");
        let answer = read(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 415, "{}", answer.text);
        assert!(answer.text.contains("image/png"), "{}", answer.text);
    }
    assert_eq!(ann.patch(&file, file.len(), file.len()).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complete_picture_is_complete_whatever_an_upload_says_of_it() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(40, 30, 8);
    let (hash, length) = (BlobHash::of(&file), file.len() as u64);
    assert_eq!(ann.upload(&file).await.status, 201);
    for (offset, other, kind, body) in [
        (0, length + 1, "image/png", &b""[..]),
        (0, 10, "image/png", b"something else, and more of it"),
        (7, length - 1, "image/jpeg", b"x"),
    ] {
        let request = ann.patch_request(hash, offset, other, kind);
        let answer = read(request.body(body).send().await.unwrap()).await;
        assert_eq!((answer.status, answer.offset), (201, Some(length)));
        let about: Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(about["sha256"], hash.to_string());
        assert_eq!(about["media_type"], "image/png");
    }
    assert_eq!(ann.load(hash).await, file);
}
