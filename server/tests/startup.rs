//! The program itself: options, exit codes, output, signals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "startup/backup.rs"]
mod backup;
#[path = "startup/expensive_board.rs"]
mod expensive_board;
#[path = "startup/opening.rs"]
mod opening;
#[path = "startup/restricted.rs"]
mod restricted;

use std::net::TcpListener;
use std::path::Path;

use program::{PROGRAM, refused, refused_redis, start};
use serde_json::json;
use shared::protocol::ServerMsg;
use test_server::TestServer;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, element_of, key};
use testkit::redis::{Redis, Version};
use testkit::server::{Server, command};
use tokio::time::timeout;

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
    let mut first = start(&["--data-dir", dir]).await;
    let (code, line) = refused(&["--listen", "127.0.0.1:0", "--data-dir", dir]).await;
    assert_eq!(code, 1);
    let expected =
        format!("commonslate: data directory {dir} is in use by another process (--data-dir)\n");
    assert_eq!(line, expected);
    first.terminate().await.unwrap();
}

#[tokio::test]
async fn a_redis_that_wants_a_password_is_one_line_without_the_wrong_one() {
    let options = ["--requirepass", "right"];
    let redis = Redis::start(Version::Seven, &options).await.unwrap();
    let url = redis.url().replace("redis://", "redis://:wr0ng@");
    let line = refused_redis(&url, &[]).await;
    assert!(
        line.contains("--redis-url") && !line.contains("wr0ng"),
        "{line}"
    );
}

#[tokio::test]
async fn an_unreachable_redis_is_reported_and_waited_for() {
    let mut redis = Redis::start(Version::Seven, &[]).await.unwrap();
    redis.kill().await.unwrap();
    let mut program = start(&["--redis-url", &redis.url()]).await;
    program.says("cannot be reached").await.unwrap();
    redis.restart().await.unwrap();
    // No event announces that the store is back, so the test asks again.
    let made = async {
        loop {
            if Board::create(&program.url()).await.is_ok() {
                return;
            }
        }
    };
    timeout(PATIENCE, made)
        .await
        .expect("the server finds Redis");
    program.terminate().await.unwrap();
}

#[tokio::test]
async fn a_store_that_is_away_is_logged_once_a_minute() {
    let mut redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let mut program = start(&["--redis-url", &redis.url()]).await;
    let board = Board::create(&program.url()).await.unwrap();
    let (mut ann, _) = Client::join(program.address(), board.edit, 1).await;
    redis.kill().await.unwrap();
    ann.send(&commit_stroke(1, 1, 5)).await;
    let failures = || async { Board::create(&program.url()).await.is_err() };
    program.says("store failed").await.unwrap();
    // Each of these is another failure, and the commit is tried again meanwhile.
    assert!(failures().await && failures().await);
    let output = program.output();
    let lines = output.iter().filter(|line| line.contains("store failed"));
    assert_eq!(lines.count(), 1, "{output:#?}");
    program.kill().await.unwrap();
}

#[tokio::test]
async fn an_empty_variable_counts_as_not_set() {
    let dir = tempfile::tempdir().unwrap();
    let help = command(Path::new(PROGRAM), dir.path())
        .arg("--help")
        .output();
    let help = String::from_utf8(help.await.unwrap().stdout).unwrap();
    let names = help.split("[env: ").skip(1);
    let names: Vec<&str> = names
        .filter_map(|rest| rest.split(['=', ']']).next())
        .collect();
    assert!(
        names.len() >= 14 && names.contains(&"RUST_LOG"),
        "{names:?}"
    );
    let empty = names.iter().map(|name| ((*name).to_owned(), String::new()));
    let server = Server::start_in(Path::new(PROGRAM), &[], empty.collect()).await;
    let mut server = server.unwrap();
    Board::create(&server.url()).await.unwrap();
    server.terminate().await.unwrap();
}

#[tokio::test]
async fn sigterm_shuts_down_and_acknowledged_commits_survive() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let mut program = start(&["--data-dir", dir]).await;
    let board = Board::create(&program.url()).await.unwrap();
    let (mut ann, _) = Client::join(program.address(), board.edit, 1).await;
    for cno in 1..=10 {
        ann.send(&commit_stroke(1, cno, 20)).await;
    }
    ann.receives_seq(10).await;
    let ending = tokio::spawn(async move { program.terminate().await });
    ann.until("the goodbye", |message| match message {
        ServerMsg::Goodbye { .. } => Some(()),
        _ => None,
    })
    .await;
    assert_eq!(ann.close_code().await, Some(1012));
    ending.await.unwrap().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let (mut bob, welcome) = Client::join(server.address, board.view, 2).await;
    assert_eq!(bob.board(&welcome).await.len(), 10);
}

#[tokio::test]
async fn acknowledged_commits_survive_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let mut program = start(&["--data-dir", dir]).await;
    let board = Board::create(&program.url()).await.unwrap();
    let (mut ann, _) = Client::join(program.address(), board.edit, 1).await;
    for cno in 1..=50 {
        ann.send(&commit_stroke(1, cno, 20)).await;
    }
    ann.receives_seq(25).await;
    program.kill().await.unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let (mut bob, welcome) = Client::join(server.address, board.view, 2).await;
    let board = bob.board(&welcome).await;
    assert!((1..=25).all(|cno| board.get(element_of(1, cno)).is_some()));
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
    let mut program = start(&args).await;
    let board = Board::create_called(&program.url(), "Divorce papers")
        .await
        .unwrap();
    let (mut ann, _) = Client::join(program.address(), board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    for secret in [
        board.owner.secret,
        board.view.secret,
        shared::id::Secret::from_bytes([7; 16]),
    ] {
        let asked = reqwest::Client::new()
            .get(format!("{}/api/v1/boards/{}", program.url(), board.id))
            .bearer_auth(secret.reveal());
        asked.send().await.unwrap();
    }
    let link = board.edit.at(&program.url());
    let arguments = json!({ "board": link, "text": "Divorce" });
    let call = json!({ "name": "write_chat", "arguments": arguments });
    let asked = reqwest::Client::new()
        .post(format!("{}/mcp", program.url()))
        .header("accept", "application/json, text/event-stream")
        .bearer_auth(link)
        .json(&json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call }));
    let answer = asked.send().await.unwrap().text().await.unwrap();
    assert!(answer.contains("position"), "{answer}");
    drop(ann);
    program.says("board created").await.unwrap();
    program.terminate().await.unwrap();
    let log = program.output().join("\n");
    let hidden = [
        board.owner.secret.reveal(),
        board.edit.secret.reveal(),
        board.view.secret.reveal(),
        key(1).reveal(),
        board.id.to_string(),
        "Divorce".to_owned(),
        "Person 1".to_owned(),
    ];
    for word in hidden {
        let found = log.lines().find(|line| line.contains(&word));
        assert_eq!(found, None, "{word}");
    }
    let bytes = format!("{:?}", board.edit.secret.as_bytes());
    assert!(
        !log.contains(bytes.trim_matches(['[', ']'])),
        "the bytes of a secret are in the log"
    );
}

#[tokio::test]
async fn a_wrong_set_up_behind_a_proxy_is_logged_once_with_the_option_that_mends_it() {
    let data = tempfile::tempdir().unwrap();
    let server = start(&["--data-dir", data.path().to_str().unwrap()]).await;
    let client = reqwest::Client::new();
    for _ in 0..3 {
        let request = client.post(format!("{}/api/v1/boards", server.url()));
        let request = request.header("x-forwarded-for", "1.2.3.4");
        let request = request.header("origin", "https://board.example:8443");
        let answer = request
            .header("host", "board.example")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 403);
        let plain = client.get(format!("{}/ws/AAAAAAAAAAAAAAAAAAAAAA", server.url()));
        assert_eq!(plain.send().await.unwrap().status(), 426);
    }
    for words in ["--trust-proxy", "--public-url", "Upgrade"] {
        server.says(words).await.unwrap();
        let output = server.output();
        let warnings = output.iter().filter(|line| line.contains(words));
        assert_eq!(warnings.count(), 1, "{output:?}");
    }
    let output = server.output().join("\n");
    assert!(
        output.contains("https://board.example:8443") && output.contains("host=\"board.example\"")
    );
}
