//! Pages of other origins, and what proxies say about a request.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use server::config::Config;
use shared::api::{ApiError, CreateBoard};
use shared::id::{BoardId, Secret};
use testkit::board::Board;

use crate::test_server::TestServer;

/// A server with these options, and its data.
async fn server_with(options: &[&str]) -> (TestServer, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let fixed = ["commonslate", "--listen", "127.0.0.1:0", "--data-dir", dir];
    let args = fixed.iter().chain(options).map(Into::into);
    (TestServer::with(Config::read(args).unwrap()).await, data)
}

fn create(server: &TestServer) -> RequestBuilder {
    Client::new().post(server.url("/api/v1/boards"))
}

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

/// The beginning of the links that a server gives.
async fn links(request: RequestBuilder) -> String {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let made: Value = answer.json().await.unwrap();
    let link = made["links"]["view"].as_str().unwrap();
    link.split("/b/").next().unwrap().to_owned()
}

#[tokio::test]
async fn pages_of_foreign_origins_change_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let rename = |board: &Board| {
        let url = server.url(&format!("/api/v1/boards/{}", board.id));
        let request = Client::new().request(Method::PATCH, url);
        request
            .bearer_auth(board.owner.secret.reveal())
            .json(&json!({ "title": "Other" }))
    };
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(
            status(create(&server).header(name, value)).await,
            403,
            "{value}"
        );
        assert_eq!(
            status(rename(&board).header(name, value)).await,
            403,
            "{value}"
        );
    }
    let own = server.url("");
    assert_eq!(status(create(&server).header("origin", &own)).await, 201);
    assert_eq!(status(rename(&board).header("origin", &own)).await, 200);
    assert_eq!(status(rename(&board)).await, 200, "scripts send no origin");
}

#[tokio::test]
async fn a_page_that_a_proxy_makes_foreign_gets_an_answer_that_names_the_cause() {
    let server = TestServer::start().await;
    let call = |host: &str| {
        Client::new()
            .post(server.url("/sfn/create_board"))
            .header("content-type", "application/msgpack")
            .header("origin", "https://board.example:8443")
            .header("host", host)
            .body(rmp_serde::to_vec(&CreateBoard { title: None }).unwrap())
    };
    for host in ["board.example", "inner", ""] {
        let answer = call(host).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{host}");
        assert_eq!(answer.headers()["content-type"], "application/msgpack");
        let error: ApiError = rmp_serde::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(error, ApiError::ForeignOrigin);
        assert!(error.to_string().contains("Host") && error.to_string().contains("--public-url"));
    }
    assert_eq!(status(call("board.example:8443")).await, 200);
}

#[tokio::test]
async fn with_a_public_address_the_host_is_not_believed() {
    let (server, _data) = server_with(&["--public-url", "https://board.example"]).await;
    let from = |origin: &str, host: &str| {
        create(&server)
            .header("origin", origin)
            .header("host", host)
    };
    assert_eq!(
        status(from("https://board.example", "inner:3000")).await,
        201
    );
    for (origin, host) in [
        ("http://evil.example", "evil.example"),
        ("http://board.example", "board.example"),
        ("http://localhost:8080", "127.0.0.1:3000"),
    ] {
        assert_eq!(status(from(origin, host)).await, 403, "{origin}");
    }
    let page = Client::new()
        .get(server.url("/"))
        .header("host", "evil.example");
    let answer = page.send().await.unwrap();
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("wss://board.example;") && !policy.contains("evil"),
        "{policy}"
    );
    assert_eq!(
        links(create(&server).header("host", "evil.example")).await,
        "https://board.example"
    );
}

#[tokio::test]
async fn callers_behind_a_trusted_proxy_have_limits_of_their_own() {
    let (server, _data) = server_with(&["--trust-proxy", "--boards-per-hour", "2"]).await;
    let from = |name: &str, value: &str| create(&server).header(name, value);
    let xff = "x-forwarded-for";
    for [first, second, third] in [
        // The same client each time; a client can write what it wants before the last address.
        ["1.2.3.4:5678", "1.2.3.4", "9.9.9.9, 1.2.3.4:1"],
        [
            "[2001:db8::1]:443",
            "2001:db8::2",
            " 8.8.8.8 , [2001:db8::3] ",
        ],
    ] {
        assert_eq!(status(from(xff, first)).await, 201);
        assert_eq!(status(from(xff, second)).await, 201);
        assert_eq!(status(from(xff, third)).await, 429, "{third}");
    }
    let forwarded = "for=\"[2001:db8:1::1]:4711\";proto=https;host=board.example";
    assert_eq!(
        links(from("forwarded", forwarded)).await,
        "https://board.example"
    );
    let again = from("forwarded", "for=1.1.1.1, for=\"[2001:db8:1::2]\"");
    assert_eq!(status(again).await, 201);
    assert_eq!(status(from(xff, "2001:db8:1::9")).await, 429);
}

#[tokio::test]
async fn an_untrusted_header_changes_nothing() {
    let (server, _data) = server_with(&["--boards-per-hour", "2"]).await;
    for (client, expected) in [("1.1.1.1", 201), ("2.2.2.2", 201), ("3.3.3.3", 429)] {
        let request = create(&server).header("x-forwarded-for", client);
        assert_eq!(status(request).await, expected);
    }
}

/// The status of a request with a secret from one of many addresses, and after how many seconds to
/// try again.
async fn guess(server: &TestServer, board: BoardId, secret: Secret, from: u8) -> (u16, u64) {
    let url = server.url(&format!("/api/v1/boards/{board}"));
    let request = Client::new().get(url).bearer_auth(secret.reveal());
    let request = request.header("x-forwarded-for", format!("10.0.0.{from}"));
    let answer = request.send().await.unwrap();
    let wait = answer.headers().get("retry-after");
    let wait = wait.map_or(0, |it| it.to_str().unwrap().parse().unwrap());
    (answer.status().as_u16(), wait)
}

#[tokio::test]
async fn guesses_at_one_board_from_many_addresses_are_limited_and_lock_nobody_out() {
    let (server, _data) = server_with(&["--trust-proxy"]).await;
    let (board, other) = (server.board().await, server.board().await);
    let (wrong, unknown) = (Secret::from_bytes([9; 16]), BoardId::from_bytes([9; 16]));
    for board_id in [board.id, unknown] {
        for from in 0..30 {
            assert_eq!(guess(&server, board_id, wrong, from).await.0, 404);
        }
        let mut last = 0;
        for from in 100..110 {
            let (status, wait) = guess(&server, board_id, wrong, from).await;
            assert_eq!(status, 429);
            assert!(wait > last, "{wait} s after {last} s");
            last = wait;
        }
    }
    assert_eq!(
        guess(&server, board.id, board.view.secret, 200).await.0,
        200
    );
    assert_eq!(
        guess(&server, board.id, board.edit.secret, 100).await.0,
        200
    );
    assert_eq!(guess(&server, other.id, wrong, 200).await.0, 404);
}

#[tokio::test]
async fn one_address_does_not_use_up_the_guesses_at_a_board() {
    let (server, _data) = server_with(&["--trust-proxy"]).await;
    let (board, wrong) = (server.board().await, Secret::from_bytes([9; 16]));
    for _ in 0..60 {
        guess(&server, board.id, wrong, 1).await;
    }
    assert_eq!(guess(&server, board.id, wrong, 1).await.0, 429);
    assert_eq!(guess(&server, board.id, wrong, 2).await.0, 404);
}

#[tokio::test]
async fn a_right_secret_opens_a_board_whatever_others_at_the_same_address_guess() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let ask = async |secret: Secret| {
        let url = server.url(&format!("/api/v1/boards/{}", board.id));
        let request = Client::new().get(url).bearer_auth(secret.reveal());
        request.send().await.unwrap()
    };
    let wrong = Secret::from_bytes([9; 16]);
    for _ in 0..10 {
        assert_eq!(ask(wrong).await.status(), 404);
    }
    for _ in 0..50 {
        let answer = ask(wrong).await;
        assert_eq!(answer.status(), 429);
        assert!(answer.headers().contains_key("retry-after"));
    }
    for secret in [board.owner.secret, board.edit.secret, board.view.secret] {
        assert_eq!(ask(secret).await.status(), 200);
    }
    assert_eq!(
        ask(wrong).await.status(),
        429,
        "a right secret gives no new guesses"
    );
}
