//! Pictures on several servers, whose store may go away.

use std::path::Path;

use server::config::{Config, RedisConfig, Storage};
use shared::model::BlobHash;
use shared::protocol::ServerMsg;
use testkit::client::Client;
use testkit::redis::{Redis, Version};
use testkit::server::Server;

use crate::PROGRAM;
use crate::pictures::png;
use crate::test_server::TestServer;
use crate::uploads::{Answer, Visitor};

async fn on(redis: &Redis) -> TestServer {
    let config = RedisConfig::at(&redis.url()).unwrap();
    TestServer::with(Config::local(Storage::Redis(config))).await
}

/// Uploads the rest of a PNG in pieces, going on where the server says.
async fn upload_rest(visitor: &Visitor, file: &[u8]) -> Answer {
    let mut offset = visitor.head(BlobHash::of(file)).await.0.offset.unwrap();
    loop {
        let from = usize::try_from(offset).unwrap();
        let answer = visitor
            .patch(file, from, file.len().min(from + 200_000))
            .await;
        match (answer.status, answer.offset) {
            (201, _) => return answer,
            (204 | 409, Some(at)) => offset = at,
            // The store was away for a moment.
            (503, _) => tokio::task::yield_now().await,
            _ => panic!("{answer:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_that_one_server_takes_is_announced_and_loaded_on_another() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (on(&redis).await, on(&redis).await);
    let ann = Visitor::on_new_board(&one.url("")).await;
    let ben = ann.at(&two.url(""));
    let (mut page, _) = Client::join(two.address, ben.link, 1).await;
    let file = png(600, 400, 40);
    let hash = BlobHash::of(&file);
    assert_eq!(ann.patch(&file, 0, 300_000).await.status, 204);
    assert_eq!(ben.head(hash).await.0.offset, Some(300_000));
    assert_eq!(ben.patch(&file, 300_000, 400_000).await.status, 204);
    assert_eq!(upload_rest(&ann, &file).await.status, 201);
    let wanted = ServerMsg::BlobReady(hash);
    page.until("the news", |message| (message == wanted).then_some(()))
        .await;
    assert_eq!(ben.load(hash).await, file);
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pictures_of_a_deleted_board_are_gone() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (on(&redis).await, on(&redis).await);
    let board = testkit::board::Board::create(&one.url("")).await.unwrap();
    let (ann, ben) = (
        Visitor::new(&one.url(""), board.edit),
        Visitor::new(&two.url(""), board.edit),
    );
    let (shown, half) = (png(60, 40, 40), png(600, 400, 41));
    assert_eq!(ann.upload(&shown).await.status, 201);
    assert_eq!(ben.patch(&half, 0, 300_000).await.status, 204);
    let delete = reqwest::Client::new()
        .delete(two.url(&format!("/api/v1/boards/{}", board.id)))
        .bearer_auth(board.owner.secret.reveal());
    assert_eq!(delete.send().await.unwrap().status(), 204);
    for visitor in [&ann, &ben] {
        assert_eq!(visitor.get(BlobHash::of(&shown)).await.status(), 404);
        assert_eq!(visitor.patch(&half, 300_000, 400_000).await.status, 404);
    }
    let mut connection = redis.connect().await.unwrap();
    let mut ask = redis::cmd("KEYS");
    ask.arg(format!("*{}*", board.id));
    let left: Vec<String> = ask.query_async(&mut connection).await.unwrap();
    assert_eq!(left, [format!("cs:{{{}}}:meta", board.id)]);
    let mut ask = redis::cmd("SCARD");
    let noted: u64 = ask
        .arg("cs:blobs")
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(noted, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_waits_while_redis_is_away() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let server = on(&redis).await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(600, 400, 41);
    assert_eq!(ann.patch(&file, 0, 300_000).await.status, 204);
    redis.freeze().unwrap();
    let away = ann.patch(&file, 300_000, 400_000).await;
    assert_eq!(away.status, 503, "{}", away.text);
    redis.thaw().unwrap();
    assert_eq!(upload_rest(&ann, &file).await.status, 201);
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_goes_on_when_redis_was_killed_and_started_again() {
    let options = ["--appendonly", "yes", "--appendfsync", "always"];
    let mut redis = Redis::start(Version::Seven, &options).await.unwrap();
    let server = on(&redis).await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(600, 400, 42);
    let hash = BlobHash::of(&file);
    let acknowledged = ann.patch(&file, 0, 300_000).await;
    assert_eq!(
        (acknowledged.status, acknowledged.offset),
        (204, Some(300_000))
    );
    redis.kill().await.unwrap();
    redis.restart().await.unwrap();
    let state = loop {
        let (state, _) = ann.head(hash).await;
        if state.status != 503 {
            break state;
        }
    };
    assert_eq!((state.status, state.offset), (404, Some(300_000)));
    assert_eq!(upload_rest(&ann, &file).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_to_a_server_that_was_killed_goes_on_at_another() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let url = redis.url();
    let options = ["--redis-url", url.as_str()];
    let mut one = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let two = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&one.url()).await;
    let file = png(600, 400, 43);
    let acknowledged = ann.patch(&file, 0, 300_000).await;
    assert_eq!(
        (acknowledged.status, acknowledged.offset),
        (204, Some(300_000))
    );
    one.kill().await.unwrap();
    let ann = ann.at(&two.url());
    assert_eq!(ann.head(BlobHash::of(&file)).await.0.offset, Some(300_000));
    assert_eq!(upload_rest(&ann, &file).await.status, 201);
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_on_one_redis_can_share_a_directory_for_pictures() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let url = redis.url();
    let place = format!("file://{}", dir.path().join("shared pictures").display());
    let place = place.replace(' ', "%20");
    let options = ["--redis-url", url.as_str(), "--blob-store", place.as_str()];
    let one = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let two = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&one.url()).await;
    let file = png(600, 400, 44);
    assert_eq!(ann.patch(&file, 0, 300_000).await.status, 204);
    let ben = ann.at(&two.url());
    assert_eq!(upload_rest(&ben, &file).await.status, 201);
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
    assert!(dir.path().join("shared pictures").is_dir());
}
