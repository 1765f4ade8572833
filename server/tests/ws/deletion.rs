//! Boards that an owner deletes: they are gone on every server, and no room brings them back.

use std::time::{Duration, Instant};

use redis::cmd;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::config::RedisConfig;
use server::redis::RedisTarget;
use server::store::Store;
use server::store::redis::RedisStore;
use shared::api::{ApiError, DeleteBoard};
use shared::id::{BoardId, NodeId};
use shared::protocol::ClientMsg;
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello};
use testkit::redis::{Redis, Version};

use crate::owner::Asker;
use crate::server_function::call;
use crate::test_server::{TestServer, redis_config as config};

const NO_ACCESS: Option<u16> = Some(4103);
const UNAVAILABLE: Option<u16> = Some(4013);
/// Within this a deletion holds on every server.
const PROMISED: Duration = Duration::from_secs(2);
/// Rooms compare their boards with the store once a second, so one that would bring a board back has
/// done so by then.
const TWO_CHECKS: Duration = Duration::from_millis(2_500);

/// The code with which a server refuses a link.
async fn refusal(server: &TestServer, link: Link) -> Option<u16> {
    loop {
        let mut client = Client::connect(server.address, link.board).await;
        let hello = hello(link.secret, 9);
        client.send(&ClientMsg::Hello(hello)).await;
        let code = client.close_code().await;
        // A server answers so while it connects to Redis again.
        if code != UNAVAILABLE {
            return code;
        }
    }
}

/// Asks the server function for a deletion.
async fn delete(server: &TestServer, link: Link, title: &str) -> (StatusCode, Option<ApiError>) {
    let arguments = DeleteBoard {
        board: link.board,
        secret: link.secret,
        title: title.to_owned(),
    };
    let (status, body) = call(server, "delete_board", &arguments).await;
    let error = (!status.is_success()).then(|| rmp_serde::from_slice(&body).unwrap());
    (status, error)
}

async fn title_of(server: &TestServer, board: &Board) -> String {
    let (_, info) = Asker::owner(server, board).get("").await;
    info["title"].as_str().unwrap().to_owned()
}

/// Checks that a server knows nothing of a board by any of its links. A server answers only some
/// attempts to guess a link, so there are few.
async fn is_unknown(server: &TestServer, board: &Board) {
    assert_eq!(refusal(server, board.edit).await, NO_ACCESS);
    for (link, path) in [(board.owner, "/links"), (board.view, "/export.svg")] {
        let (status, _) = Asker::with(server, link).get(path).await;
        assert_eq!(status, 404, "{path}");
    }
    let owner = Asker::owner(server, board);
    let (status, _) = owner.ask(Method::DELETE, "", Value::Null).await;
    assert_eq!(status, 404);
    let (status, error) = delete(server, board.owner, "Untitled board").await;
    assert_eq!((status.as_u16(), error), (404, Some(ApiError::NoAccess)));
}

async fn keys_of(redis: &Redis, board: BoardId) -> Vec<String> {
    let mut connection = redis.connect().await.unwrap();
    let mut ask = cmd("KEYS");
    ask.arg(format!("*{board}*"));
    ask.query_async(&mut connection).await.unwrap()
}

/// Checks that nothing is left of a board but the marker.
async fn only_the_marker_is_left(redis: &Redis, board: BoardId) {
    let meta = format!("cs:{{{board}}}:meta");
    assert_eq!(keys_of(redis, board).await, [&*meta]);
    let mut connection = redis.connect().await.unwrap();
    let mut ask = cmd("HKEYS");
    let fields: Vec<String> = ask.arg(&meta).query_async(&mut connection).await.unwrap();
    assert_eq!(fields, ["gone"]);
}

async fn two_on(redis: &Redis) -> (TestServer, TestServer) {
    let one = TestServer::with(config(redis)).await;
    (one, TestServer::with(config(redis)).await)
}

#[tokio::test]
async fn a_board_is_deleted_by_an_owner_who_types_its_title() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let title = title_of(&server, &board).await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for (link, typed, expected) in [
        (board.owner, "", ApiError::OtherTitle),
        (board.owner, "another title", ApiError::OtherTitle),
        (board.edit, &title, ApiError::Forbidden),
        (board.view, &title, ApiError::Forbidden),
    ] {
        let (_, error) = delete(&server, link, typed).await;
        assert_eq!(error, Some(expected), "{typed}");
    }
    for link in [board.edit, board.view] {
        let asker = Asker::with(&server, link);
        let refused = asker.ask(Method::DELETE, "", Value::Null).await;
        assert_eq!(refused.0, 403);
    }
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    let (status, _) = delete(&server, board.owner, &format!(" {title} ")).await;
    assert_eq!(status, 200);
    assert_eq!(ann.close_code().await, NO_ACCESS);
    is_unknown(&server, &board).await;
}

#[tokio::test]
async fn a_deletion_survives_a_restart_of_the_server() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    let asker = Asker::owner(&server, &board);
    let (status, _) = asker.ask(Method::DELETE, "", Value::Null).await;
    assert_eq!(status, 204);
    server.stop().await;
    let server = TestServer::on_dir(data.path()).await;
    is_unknown(&server, &board).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deletion_holds_on_every_server_within_two_seconds() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = two_on(&redis).await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(one.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(two.address, board.view, 2).await;
    let (mut owner, _) = Client::join(two.address, board.owner, 3).await;
    for cno in 1..=20 {
        ann.send(&commit_stroke(1, cno, 50)).await;
        ben.receives_seq(cno).await;
    }
    assert!(keys_of(&redis, board.id).await.len() > 2);
    let start = Instant::now();
    let closed = async {
        for client in [&mut ann, &mut ben, &mut owner] {
            assert_eq!(client.close_code().await, NO_ACCESS);
        }
        start.elapsed()
    };
    let title = title_of(&one, &board).await;
    // The answer comes when Redis has written the change to its disk.
    let ((status, _), closed) = tokio::join!(delete(&one, board.owner, &title), closed);
    assert_eq!(status, 200);
    assert!(closed < PROMISED, "{closed:?}");
    only_the_marker_is_left(&redis, board.id).await;
    tokio::time::sleep(TWO_CHECKS).await;
    for server in [&one, &two] {
        is_unknown(server, &board).await;
    }
    only_the_marker_is_left(&redis, board.id).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_during_a_deletion_do_not_bring_the_board_back() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = two_on(&redis).await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    let asker = Asker::owner(&one, &board);
    let drawing = async {
        let mut cno = 0;
        loop {
            cno += 1;
            ann.send(&commit_stroke(1, cno, 5)).await;
            let ended = tokio::time::timeout(Duration::from_millis(1), ann.close_code());
            if let Ok(code) = ended.await {
                return code;
            }
        }
    };
    let deleting = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        asker.ask(Method::DELETE, "", Value::Null).await
    };
    let (code, (status, _)) = tokio::join!(drawing, deleting);
    assert_eq!((code, status.as_u16()), (NO_ACCESS, 204));
    only_the_marker_is_left(&redis, board.id).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_is_told_nothing_and_finds_redis_restarted_does_not_restore_a_deleted_board() {
    let options = ["--appendfsync", "always"];
    let mut redis = Redis::start(Version::Seven, &options).await.unwrap();
    let (one, two) = two_on(&redis).await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    // A server that ends between the deletion and its announcement.
    let target = RedisConfig::at(&redis.url()).unwrap();
    let (target, _) = RedisTarget::open(&target).await.unwrap();
    let store = RedisStore::new(&target, NodeId::from_bytes([7; 16]));
    let (_, version) = store.record(board.id).await.unwrap().unwrap();
    assert!(store.delete(board.id, version).await.unwrap());
    redis.kill().await.unwrap();
    // What waits in the room when Redis is away is lost with the board.
    ann.send(&commit_stroke(1, 2, 5)).await;
    redis.restart().await.unwrap();
    assert_eq!(ann.close_code().await, NO_ACCESS);
    only_the_marker_is_left(&redis, board.id).await;
    for server in [&one, &two] {
        is_unknown(server, &board).await;
    }
}
