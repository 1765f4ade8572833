//! The REST API.

use std::num::NonZeroU32;

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use server::config::{Config, Storage};
use shared::id::Secret;
use testkit::board::Board;

use crate::test_server::TestServer;

async fn problem(answer: Response) -> (StatusCode, Value) {
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status.as_u16());
    assert!(body["type"].is_string() && body["title"].is_string() && body["detail"].is_string());
    (status, body)
}

async fn ask(server: &TestServer, board: &str, secret: &Secret) -> Response {
    let url = server.url(&format!("/api/v1/boards/{board}"));
    Client::new()
        .get(url)
        .bearer_auth(secret.reveal())
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_board_is_made_with_three_links_that_work() {
    let server = TestServer::start().await;
    let made = Client::new()
        .post(server.url("/api/v1/boards"))
        .json(&json!({ "title": "  Plan  " }))
        .send()
        .await
        .unwrap();
    assert_eq!(made.status(), 201);
    let json: Value = made.json().await.unwrap();
    assert_eq!(json["title"], "Plan");
    let board = Board::read(&json.to_string()).unwrap();
    for (role, secret) in [
        ("owner", board.owner.secret),
        ("edit", board.edit.secret),
        ("view", board.view.secret),
    ] {
        let link = json["links"][role].as_str().unwrap();
        assert_eq!(
            link,
            server.url(&format!("/b/{}#{}", board.id, secret.reveal()))
        );
        let info: Value = ask(&server, &board.id.to_string(), &secret)
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(
            info,
            json!({ "board": board.id.to_string(), "title": "Plan", "role": role })
        );
    }
}

#[tokio::test]
async fn a_board_can_be_created_without_a_body() {
    let server = TestServer::start().await;
    let made = Client::new()
        .post(server.url("/api/v1/boards"))
        .send()
        .await
        .unwrap();
    assert_eq!(made.status(), 201);
    let json: Value = made.json().await.unwrap();
    assert_eq!(json["title"], "Untitled board");
}

#[tokio::test]
async fn an_unknown_board_a_malformed_one_and_a_wrong_secret_are_answered_alike() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let wrong = Secret::from_bytes([9; 16]);
    let known = problem(ask(&server, &board.id.to_string(), &wrong).await).await;
    let unknown = problem(ask(&server, "AAAAAAAAAAAAAAAAAAAAAA", &board.owner.secret).await).await;
    let malformed = problem(ask(&server, "nonsense", &board.owner.secret).await).await;
    assert_eq!(known.0, 404);
    assert_eq!(known, unknown);
    assert_eq!(known, malformed);
}

#[tokio::test]
async fn without_a_secret_the_answer_says_how_to_send_one() {
    let server = TestServer::start().await;
    let answer = reqwest::get(server.url("/api/v1/boards/AAAAAAAAAAAAAAAAAAAAAA"))
        .await
        .unwrap();
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    assert_eq!(problem(answer).await.0, 401);
}

#[tokio::test]
async fn a_header_that_holds_no_secret_opens_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let url = server.url(&format!("/api/v1/boards/{}", board.id));
    let wrong = problem(ask(&server, &board.id.to_string(), &Secret::from_bytes([9; 16])).await);
    let wrong = wrong.await;
    for odd in [
        "Bearer".to_owned(),
        "Bearer nonsense".to_owned(),
        format!("Basic {}", board.owner.secret.reveal()),
        board.owner.secret.reveal(),
    ] {
        let asked = Client::new().get(&url).header("authorization", &odd);
        assert_eq!(problem(asked.send().await.unwrap()).await, wrong, "{odd}");
    }
    let lower = format!("bearer  {}", board.owner.secret.reveal());
    let asked = Client::new().get(&url).header("authorization", lower);
    assert_eq!(asked.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_body_needs_a_type_and_a_change_needs_a_body() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let untyped = Client::new()
        .post(server.url("/api/v1/boards"))
        .body("{\"title\":\"Plan\"}");
    assert_eq!(problem(untyped.send().await.unwrap()).await.0, 415);
    let empty = Client::new()
        .post(server.url("/api/v1/boards"))
        .header("content-type", "application/json");
    assert_eq!(empty.send().await.unwrap().status(), 201);
    let nothing = Client::new()
        .patch(server.url(&format!("/api/v1/boards/{}", board.id)))
        .bearer_auth(board.owner.secret.reveal());
    let (status, body) = problem(nothing.send().await.unwrap()).await;
    assert_eq!(status, 400);
    assert!(body["detail"].as_str().unwrap().contains("title"));
}

#[tokio::test]
async fn owner_and_edit_rename_and_view_does_not() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let rename = async |secret: Secret, body: Value| {
        let url = server.url(&format!("/api/v1/boards/{}", board.id));
        Client::new()
            .patch(url)
            .bearer_auth(secret.reveal())
            .json(&body)
            .send()
            .await
            .unwrap()
    };
    assert_eq!(
        rename(board.owner.secret, json!({ "title": "One" }))
            .await
            .status(),
        200
    );
    assert_eq!(
        rename(board.edit.secret, json!({ "title": "Two" }))
            .await
            .status(),
        200
    );
    let refused = problem(rename(board.view.secret, json!({ "title": "Three" })).await).await;
    assert_eq!(refused.0, 403);
    for (bad, status) in [
        (json!({ "title": " " }), 422),
        (json!({ "title": "x".repeat(121) }), 422),
        (json!({}), 400),
    ] {
        assert_eq!(
            problem(rename(board.edit.secret, bad).await).await.0,
            status
        );
    }
    let info: Value = ask(&server, &board.id.to_string(), &board.view.secret)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(info["title"], "Two");
}

#[tokio::test]
async fn malformed_bodies_get_different_problems() {
    let server = TestServer::start().await;
    let post = async |kind: &str, body: Vec<u8>| {
        let post = Client::new()
            .post(server.url("/api/v1/boards"))
            .header("content-type", kind);
        problem(post.body(body).send().await.unwrap()).await.0
    };
    assert_eq!(post("text/plain", b"{}".to_vec()).await, 415);
    assert_eq!(post("application/json", b"{\"title\":".to_vec()).await, 400);
    assert_eq!(
        post("application/json", b"{\"name\":\"x\"}".to_vec()).await,
        400
    );
    assert_eq!(post("application/json", b"[[[[[[".repeat(2_000)).await, 400);
    assert_eq!(post("application/json", vec![b' '; 20_000]).await, 413);
    let packed = Client::new()
        .post(server.url("/api/v1/boards"))
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body("x");
    assert_eq!(problem(packed.send().await.unwrap()).await.0, 415);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let server = TestServer::start().await;
    for path in ["/api", "/api/", "/api/v1/nothing", "/api/v2/boards"] {
        let answer = reqwest::get(server.url(path)).await.unwrap();
        assert_eq!(problem(answer).await.0, 404, "{path}");
    }
    let answer = Client::new()
        .delete(server.url("/api/v1/boards"))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(answer).await.0, 405);
}

#[tokio::test]
async fn creating_boards_is_rate_limited_by_address() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(data.path().to_owned()));
    config.boards_per_hour = NonZeroU32::new(3).unwrap();
    let server = TestServer::with(config).await;
    for _ in 0..3 {
        server.board().await;
    }
    let answer = Client::new()
        .post(server.url("/api/v1/boards"))
        .send()
        .await
        .unwrap();
    let wait: u32 = answer.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1_000..=1_200).contains(&wait), "{wait}");
    assert_eq!(problem(answer).await.0, 429);
}
