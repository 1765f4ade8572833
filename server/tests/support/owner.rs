//! Requests about the links and settings of a board, over REST.

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use shared::id::{BoardId, Secret};
use testkit::board::{Board, Link};

use crate::test_server::TestServer;

/// One who asks a server about a board, with the secret of some link.
pub(crate) struct Asker<'a> {
    pub(crate) server: &'a TestServer,
    pub(crate) board: BoardId,
    pub(crate) secret: Secret,
}

impl<'a> Asker<'a> {
    pub(crate) fn owner(server: &'a TestServer, board: &Board) -> Self {
        Self::with(server, board.owner)
    }

    pub(crate) fn with(server: &'a TestServer, link: Link) -> Self {
        Self {
            server,
            board: link.board,
            secret: link.secret,
        }
    }

    /// Sends a request to a path below that of the board; a `body` of null sends none.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let path = format!("/api/v1/boards/{}{path}", self.board);
        let request = Client::new()
            .request(method, self.server.url(&path))
            .bearer_auth(self.secret.reveal());
        let request = match body {
            Value::Null => request,
            body => request.json(&body),
        };
        let answer = request.send().await.unwrap();
        let status = answer.status();
        if !status.is_success() {
            let kind = &answer.headers()["content-type"];
            assert_eq!(kind, "application/problem+json");
        }
        let text = answer.text().await.unwrap();
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap(),
        };
        (status, body)
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.ask(Method::GET, path, Value::Null).await
    }

    /// All links of the board.
    pub(crate) async fn links(&self) -> Vec<Value> {
        let (status, body) = self.get("/links").await;
        assert_eq!(status, 200, "{body}");
        body["links"].as_array().unwrap().clone()
    }

    /// Makes a link.
    pub(crate) async fn make(&self, body: Value) -> (u64, Link) {
        let (status, body) = self.ask(Method::POST, "/links", body).await;
        assert_eq!(status, 201, "{body}");
        read(&body)
    }

    /// Puts another link in the place of one.
    pub(crate) async fn rotate(&self, id: u64) -> (u64, Link) {
        let path = format!("/links/{id}/rotate");
        let (status, body) = self.ask(Method::POST, &path, Value::Null).await;
        assert_eq!(status, 201, "{body}");
        read(&body)
    }

    pub(crate) async fn change(&self, id: u64, body: Value) -> Value {
        let path = format!("/links/{id}");
        let (status, body) = self.ask(Method::PATCH, &path, body).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub(crate) async fn revoke(&self, id: u64) -> StatusCode {
        let path = format!("/links/{id}");
        let (status, body) = self.ask(Method::DELETE, &path, Value::Null).await;
        assert!(status == 204 || body["detail"].is_string());
        status
    }
}

/// The number and the link in an answer about one link.
fn read(body: &Value) -> (u64, Link) {
    let url = body["url"].as_str().unwrap();
    (body["id"].as_u64().unwrap(), url.parse().unwrap())
}

/// Milliseconds since 1970, so much from now.
pub(crate) fn in_ms(wait: u64) -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    u64::try_from(since.unwrap().as_millis()).unwrap() + wait
}
