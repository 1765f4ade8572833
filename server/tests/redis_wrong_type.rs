//! A Redis in which another program has overwritten a key of one board.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;

use program::{readiness, start, until_ready_is};
use redis::aio::MultiplexedConnection;
use shared::protocol::{ClientMsg, ServerMsg, StoreStatus};
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello};
use testkit::redis::{Redis, Version};
use testkit::server::Server;

/// The close code of a board that cannot be opened.
const UNAVAILABLE: Option<u16> = Some(4013);

async fn overwrite(redis: &mut MultiplexedConnection, key: &str) {
    let mut set = redis::cmd("SET");
    set.arg(key).arg("something else");
    set.exec_async(redis).await.unwrap();
}

async fn close_code(server: &Server, link: Link) -> Option<u16> {
    let mut client = Client::connect(server.address(), link.board).await;
    let hello = hello(link.secret, 1);
    client.send(&ClientMsg::Hello(hello)).await;
    client.close_code().await
}

fn lines_with(server: &Server, words: &str) -> usize {
    let output = server.output();
    output.iter().filter(|line| line.contains(words)).count()
}

/// The log names the key once, however often clients try, and other boards work.
async fn is_named_once(server: &Server, key: &str, words: &str, others: &mut Client, seq: u64) {
    server
        .says(&format!("key {key} is a {words}"))
        .await
        .unwrap();
    assert_eq!(lines_with(server, key), 1);
    assert_eq!(lines_with(server, "WARN"), 1, "{:?}", server.output());
    assert_eq!(readiness(server).await.1["status"], "ok");
    others.send(&commit_stroke(2, seq, 10)).await;
    others.receives_seq(seq).await;
}

async fn a_board_with_a_wrong_key_is_closed_and_named(version: Version) {
    if version.is_skipped() {
        return;
    }
    for (name, words, comes_back) in [
        ("meta", "string and not a hash", false),
        ("log", "string and not a stream", true),
    ] {
        let redis = Redis::start(version, &["--appendonly", "yes"])
            .await
            .unwrap();
        let mut admin = redis.connect().await.unwrap();
        let server = start(&["--redis-url", &redis.url()]).await;
        until_ready_is(&server, 200).await;
        let sound = Board::create(&server.url()).await.unwrap();
        let (mut others, _) = Client::join(server.address(), sound.edit, 2).await;
        let board = Board::create(&server.url()).await.unwrap();
        let key = format!("cs:{{{}}}:{name}", board.id);
        overwrite(&mut admin, &key).await;
        for _ in 0..3 {
            assert_eq!(close_code(&server, board.edit).await, UNAVAILABLE, "{key}");
        }
        is_named_once(&server, &key, words, &mut others, 1).await;
        if comes_back {
            redis::cmd("DEL")
                .arg(&key)
                .exec_async(&mut admin)
                .await
                .unwrap();
            let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
            ann.send(&commit_stroke(1, 1, 10)).await;
            ann.receives_seq(1).await;
        }
    }
}

#[tokio::test]
async fn a_board_with_a_wrong_key_is_closed_and_named_7() {
    a_board_with_a_wrong_key_is_closed_and_named(Version::Seven).await;
}

#[tokio::test]
async fn a_board_with_a_wrong_key_is_closed_and_named_8() {
    a_board_with_a_wrong_key_is_closed_and_named(Version::Eight).await;
}

/// People who are on the board see that nothing is saved, and their changes are saved when the key is
/// gone.
#[tokio::test]
async fn an_open_board_with_a_wrong_key_says_that_it_is_not_saved() {
    let redis = Redis::start(Version::Seven, &["--appendonly", "yes"])
        .await
        .unwrap();
    let mut admin = redis.connect().await.unwrap();
    let server = start(&["--redis-url", &redis.url()]).await;
    until_ready_is(&server, 200).await;
    let (sound, board) = (
        Board::create(&server.url()).await.unwrap(),
        Board::create(&server.url()).await.unwrap(),
    );
    let (mut others, _) = Client::join(server.address(), sound.edit, 2).await;
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    let key = format!("cs:{{{}}}:ded", board.id);
    overwrite(&mut admin, &key).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    let down = |message| matches!(message, ServerMsg::StoreStatus(StoreStatus::Down)).then_some(());
    ann.until("that nothing is saved", down).await;
    is_named_once(&server, &key, "string and not a hash", &mut others, 1).await;
    redis::cmd("DEL")
        .arg(&key)
        .exec_async(&mut admin)
        .await
        .unwrap();
    ann.receives_seq(1).await;
    assert_eq!(lines_with(&server, &key), 1);
}
