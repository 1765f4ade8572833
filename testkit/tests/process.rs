//! Programs that tests start leave nothing behind.

#![cfg(feature = "servers")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use testkit::PATIENCE;
use testkit::process::Process;
use tokio::process::Command;
use tokio::time::timeout;

/// The variable with the path of the pipe, which tells a test process that it will be killed.
const PIPE: &str = "TESTKIT_TEST_PIPE";

/// A named pipe.
fn pipe(dir: &TempDir) -> PathBuf {
    let path = dir.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    path
}

/// A shell and a child of it, which both hold a pipe open for as long as they live.
fn family(pipe: &Path) -> Command {
    let mut command = Command::new("sh");
    let script = "exec 9>\"$0\"; sleep 1000 & echo started; wait";
    command.args(["-c", script]).arg(pipe);
    command
}

/// Waits until a pipe was opened, and closed by every process that held it.
async fn is_let_go(pipe: PathBuf) {
    let reading = tokio::task::spawn_blocking(move || {
        let mut rest = Vec::new();
        File::open(pipe).unwrap().read_to_end(&mut rest).unwrap();
    });
    timeout(PATIENCE, reading).await.unwrap().unwrap();
}

fn started(line: &str) -> Option<()> {
    (line == "started").then_some(())
}

#[tokio::test]
async fn children_of_a_program_end_when_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = pipe(&dir);
    let reading = tokio::spawn(is_let_go(pipe.clone()));
    let process = Process::spawn("family", &mut family(&pipe)).unwrap();
    process.line_with(started).await.unwrap();
    drop(process);
    reading.await.unwrap();
}

#[tokio::test]
async fn children_of_a_program_end_when_the_test_is_killed() {
    if let Some(pipe) = std::env::var_os(PIPE) {
        return wait_to_be_killed(Path::new(&pipe)).await;
    }
    let dir = tempfile::tempdir().unwrap();
    let pipe = pipe(&dir);
    let reading = tokio::spawn(is_let_go(pipe.clone()));
    // The test runs itself in a second process, which is killed.
    let mut test = Command::new(std::env::current_exe().unwrap());
    let name = "children_of_a_program_end_when_the_test_is_killed";
    test.args(["--exact", name, "--nocapture"]).env(PIPE, &pipe);
    let mut test = Process::spawn("test", &mut test).unwrap();
    test.line_with(|line| line.contains("inner started").then_some(()))
        .await
        .unwrap();
    test.kill().await.unwrap();
    reading.await.unwrap();
}

/// Starts a program as a test does, and never ends by itself.
#[expect(clippy::print_stdout, reason = "the outer test waits for this line")]
async fn wait_to_be_killed(pipe: &Path) {
    let process = Process::spawn("family", &mut family(pipe)).unwrap();
    process.line_with(started).await.unwrap();
    println!("inner started");
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn the_error_about_a_program_that_ends_early_has_its_output() {
    let mut command = Command::new("sh");
    command.args(["-c", "echo one; echo two >&2"]);
    let process = Process::spawn("early", &mut command).unwrap();
    let error = process.line_with(started).await.unwrap_err().to_string();
    let is_in_error = ["early", "one", "two"].map(|word| error.contains(word));
    assert_eq!(is_in_error, [true; 3], "{error}");
}

#[tokio::test]
async fn all_output_is_read_after_the_end() {
    let mut command = Command::new("sh");
    let script = "trap 'seq 1000; exit 3' TERM; echo started; while :; do sleep 0.01; done";
    command.args(["-c", script]);
    let mut process = Process::spawn("talker", &mut command).unwrap();
    process.line_with(started).await.unwrap();
    let status = process.terminate().await.unwrap();
    assert_eq!(status.code(), Some(3));
    assert_eq!(process.output().len(), 1_001);
    assert_eq!(process.tail(1), "  1000\n");
}
