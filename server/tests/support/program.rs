//! The program, started as a process.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;
use testkit::server::{Server, command};
use tokio::time::timeout;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_commonslate");

pub(crate) async fn start(options: &[&str]) -> Server {
    Server::start(Path::new(PROGRAM), options).await.unwrap()
}

/// Runs the program with options that it refuses; returns its exit code and the one line that it
/// prints.
pub(crate) async fn refused(options: &[&str]) -> (i32, String) {
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(Path::new(PROGRAM), dir.path());
    command.args(options).kill_on_drop(true);
    let output = timeout(PATIENCE, command.output()).await;
    let output = output.expect("program ends").unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_says_nothing_twice(&said);
    assert!(
        output.stdout.is_empty() && !said.contains("panicked"),
        "{said}"
    );
    (output.status.code().unwrap(), said)
}

/// Runs the program with a Redis that it refuses with exit code 1; returns the line that it prints.
pub(crate) async fn refused_redis(url: &str, more: &[&str]) -> String {
    let options = ["--listen", "127.0.0.1:0", "--redis-url", url];
    let (code, line) = refused(&[&options, more].concat()).await;
    assert_eq!(code, 1, "{line}");
    line
}

/// A change of a board is stored.
pub(crate) async fn draws(server: &Server) {
    let board = Board::create(&server.url()).await.unwrap();
    let (mut ann, _) = Client::join(server.address(), board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
}

fn assert_says_nothing_twice(line: &str) {
    let parts: Vec<&str> = line.trim_end().split(": ").skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        let again = parts[at + 1..].iter().any(|later| later.contains(part));
        assert!(!again, "{part:?} comes twice in {line}");
    }
}

/// The status and report of `/readyz`.
pub(crate) async fn readiness(server: &Server) -> (u16, Value) {
    let ready = reqwest::get(format!("{}/readyz", server.url()))
        .await
        .unwrap();
    (ready.status().as_u16(), ready.json().await.unwrap())
}

/// Waits until `/readyz` answers with a status.
pub(crate) async fn until_ready_is(server: &Server, wanted: u16) -> Value {
    until_ready(server, wanted, |_| true).await
}

/// Waits until `/readyz` answers with a status and a certain report.
pub(crate) async fn until_ready(
    server: &Server,
    wanted: u16,
    holds: impl Fn(&Value) -> bool,
) -> Value {
    let asking = async {
        loop {
            let (status, report) = readiness(server).await;
            if status == wanted && holds(&report) {
                return report;
            }
            // No event tells of it.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, asking).await.expect("readiness changes")
}
