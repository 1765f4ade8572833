//! The program itself: options, exit codes, what it prints, signals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/client.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod client;
#[path = "support/program.rs"]
mod program;
#[path = "support/redis.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod redis_server;
#[path = "support/site.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod site;

use std::net::TcpListener;

use client::{Client, element, stroke};
use program::{Program, refused};
use redis_server::{RedisServer, Version};
use shared::protocol::ServerMsg;
use site::Site;

#[tokio::test]
async fn wrong_options_are_one_line_that_names_them() {
    for (args, named) in [
        (["--listen", "nowhere"], "--listen"),
        (["--redis-url", "http://127.0.0.1/"], "--redis-url"),
        (["--redis-url", "127.0.0.1"], "--redis-url"),
        (["--public-url", "board.example"], "--public-url"),
        (["--colour", "red"], "--colour"),
    ] {
        let (code, line) = refused(&args).await;
        assert_eq!(code, 2);
        assert!(line.contains(named), "{line}");
    }
}

#[tokio::test]
async fn a_port_in_use_is_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let (code, line) = refused(&["--listen", &address, "--data-dir", dir]).await;
    assert_eq!(code, 1);
    assert!(
        line.contains(&address) && line.contains("already in use"),
        "{line}"
    );
}

#[tokio::test]
async fn a_data_directory_that_cannot_be_used_is_one_line() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a file");
    std::fs::write(&file, "").unwrap();
    // Fails for root too, who may write everywhere else.
    for dir in [file.join("below"), "/proc/nothing".into(), file] {
        let dir = dir.to_str().unwrap();
        let (code, line) = refused(&["--listen", "127.0.0.1:0", "--data-dir", dir]).await;
        assert_eq!(code, 1);
        assert!(line.contains(dir) && line.contains("--data-dir"), "{line}");
    }
}

#[tokio::test]
async fn a_data_directory_in_use_is_one_line() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let first = Program::start(&["--data-dir", dir]).await;
    let (code, line) = refused(&["--listen", "127.0.0.1:0", "--data-dir", dir]).await;
    assert_eq!(code, 1);
    assert!(line.contains("in use by another process"), "{line}");
    first.terminate().await;
}

#[tokio::test]
async fn a_redis_that_wants_a_password_is_one_line_without_the_wrong_one() {
    let options = ["--requirepass", "right"];
    let Some(redis) = RedisServer::start(Version::Seven, &options).await else {
        return;
    };
    let url = format!("redis://:wr0ng@127.0.0.1:{}/", redis.port());
    let (code, line) = refused(&["--listen", "127.0.0.1:0", "--redis-url", &url]).await;
    assert_eq!(code, 1);
    assert!(
        line.contains("--redis-url") && !line.contains("wr0ng"),
        "{line}"
    );
}

#[tokio::test]
async fn a_redis_that_is_not_there_yet_is_said_and_waited_for() {
    let Some(mut redis) = RedisServer::start(Version::Seven, &[]).await else {
        return;
    };
    redis.kill().await;
    let mut program = Program::start(&["--redis-url", &redis.url()]).await;
    program.says("cannot be reached").await;
    redis.restart().await;
    // Nothing announces that the store is back; asking is what people do.
    let made = async {
        loop {
            let answer = reqwest::Client::new()
                .post(program.url("/api/v1/boards"))
                .send()
                .await;
            if answer.unwrap().status() == 201 {
                return;
            }
        }
    };
    tokio::time::timeout(site::PATIENCE, made)
        .await
        .expect("the server finds Redis");
    program.terminate().await;
}

#[tokio::test]
async fn sigterm_ends_it_politely_and_the_next_one_has_all_that_was_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let program = Program::start(&["--data-dir", dir]).await;
    let keys = program.board().await;
    let (mut ann, _) = Client::join_at(program.address, keys, keys.edit, 1).await;
    for cno in 1..=10 {
        ann.send(&stroke(1, cno, 20)).await;
    }
    ann.hears_seq(10).await;
    let ending = tokio::spawn(program.terminate());
    ann.until("the goodbye", |message| match message {
        ServerMsg::Goodbye { .. } => Some(()),
        _ => None,
    })
    .await;
    assert_eq!(ann.close_code().await, Some(1012));
    ending.await.unwrap();
    let site = Site::on_dir(data.path()).await;
    let (mut bob, welcome) = Client::join(&site, keys, keys.view, 2).await;
    assert_eq!(bob.board(&welcome).await.len(), 10);
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let program = Program::start(&["--data-dir", dir]).await;
    let keys = program.board().await;
    let (mut ann, _) = Client::join_at(program.address, keys, keys.edit, 1).await;
    for cno in 1..=50 {
        ann.send(&stroke(1, cno, 20)).await;
    }
    ann.hears_seq(25).await;
    program.kill().await;
    let site = Site::on_dir(data.path()).await;
    let (mut bob, welcome) = Client::join(&site, keys, keys.view, 2).await;
    let board = bob.board(&welcome).await;
    assert!((1..=25).all(|cno| board.get(element(1, cno)).is_some()));
}

#[tokio::test]
async fn logs_hold_no_secret_no_key_and_no_content() {
    let data = tempfile::tempdir().unwrap();
    let args = [
        "--data-dir",
        data.path().to_str().unwrap(),
        "--log",
        "trace",
    ];
    let mut program = Program::start(&args).await;
    let keys = program.board_called("Divorce papers").await;
    let (mut ann, _) = Client::join_at(program.address, keys, keys.edit, 1).await;
    ann.send(&stroke(1, 1, 5)).await;
    ann.hears_seq(1).await;
    for secret in [
        keys.owner,
        keys.view,
        shared::id::Secret::from_bytes([7; 16]),
    ] {
        let asked = reqwest::Client::new()
            .get(program.url(&format!("/api/v1/boards/{}", keys.board)))
            .bearer_auth(secret.reveal());
        asked.send().await.unwrap();
    }
    drop(ann);
    program.says("board made").await;
    let log = program.terminate().await;
    let hidden = [
        keys.owner.reveal(),
        keys.edit.reveal(),
        keys.view.reveal(),
        client::key(1).reveal(),
        keys.board.to_string(),
        "Divorce".to_owned(),
        "Person 1".to_owned(),
    ];
    for word in hidden {
        let found = log.lines().find(|line| line.contains(&word));
        assert_eq!(found, None, "{word}");
    }
    let bytes = format!("{:?}", keys.edit.as_bytes());
    assert!(
        !log.contains(bytes.trim_matches(['[', ']'])),
        "the bytes of a secret are in the log"
    );
}
