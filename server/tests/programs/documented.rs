//! The examples of docs/api.md, run as they stand.

use std::process::Stdio;

use testkit::PATIENCE;
use tokio::process::Command;
use tokio::time::timeout;

use crate::test_server::TestServer;

const PAGE: &str = include_str!("../../../docs/api.md");
/// The examples that the page has at least, so that a test of nothing does not pass.
const EXAMPLES: usize = 10;

/// The examples in the order of the page, each with the number of its first line.
fn examples(page: &str) -> Vec<(usize, String)> {
    let mut examples = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (&mut open, line) {
            (None, "```sh") => open = Some((number + 1, String::new())),
            (Some(_), "```") => examples.extend(open.take()),
            (Some((_, text)), line) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    examples
}

/// One program of all examples. It ends at the first command that fails, also within a pipe or a
/// substitution, and says in which example.
fn program(examples: &[(usize, String)]) -> String {
    let mut program = "set -Eeuo pipefail\nshopt -s inherit_errexit\n\
        trap 'echo \"the example in line $EXAMPLE failed\" >&2' ERR\n"
        .to_owned();
    for (line, example) in examples {
        program.push_str(&format!("EXAMPLE={line}\n{example}"));
    }
    program
}

/// Runs a program against a server; what it printed as an error if it failed.
async fn run(program: &str, server: &TestServer) -> Result<(), String> {
    let bash = Command::new("bash")
        .args(["-c", program])
        .env("SERVER", server.url(""))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = timeout(PATIENCE, bash).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    output.status.success().then_some(()).ok_or(said)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_example_of_the_page_about_the_api_works() {
    let server = TestServer::start().await;
    let examples = examples(PAGE);
    assert!(examples.len() >= EXAMPLES, "{examples:?}");
    let outcome = run(&program(&examples), &server).await;
    assert_eq!(outcome, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_example_that_is_wrong_is_found() {
    let server = TestServer::start().await;
    for wrong in [
        "curl -sSf \"$SERVER/api/v1/bord\" | jq .",
        "ID=$(curl -sSf \"$SERVER/api/v1/bord\" | jq -r .id)",
        "echo \"$NEVER_SET\"",
    ] {
        let page = format!("text\n```sh\ntrue\n```\n```sh\n{wrong}\n```\n");
        let outcome = run(&program(&examples(&page)), &server).await;
        assert!(outcome.is_err(), "{wrong}");
    }
}

/// Each call of the description has an example.
#[tokio::test]
async fn every_call_that_is_described_has_an_example() {
    let server = TestServer::start().await;
    let described = reqwest::get(server.url("/api/v1/openapi.json")).await;
    let described: serde_json::Value = described.unwrap().json().await.unwrap();
    let all: String = examples(PAGE).into_iter().map(|(_, text)| text).collect();
    let all = all.replace("\\\n", " ");
    for (path, calls) in described["paths"].as_object().unwrap() {
        let path = path
            .replace("{board}", "$BOARD")
            .replace("{link}", "$LINK")
            .replace("{element}", "$STICKY")
            .replace("{file}", "export.");
        for method in calls.as_object().unwrap().keys() {
            let is_shown = all.lines().any(|line| {
                let is_here = [
                    format!("{path}\""),
                    format!("{path}?"),
                    format!("{path}svg?"),
                ]
                .iter()
                .any(|end| line.contains(end));
                let shown = match line.split_once("-X ") {
                    Some((_, rest)) => rest.split(' ').next().unwrap_or_default(),
                    None if line.contains(" -d ") => "POST",
                    None => "GET",
                };
                is_here && shown.eq_ignore_ascii_case(method)
            });
            assert!(is_shown, "{method} {path} has no example");
        }
    }
}
