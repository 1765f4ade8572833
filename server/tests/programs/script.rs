//! A program that speaks REST, and listens to events.

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::redis::{Redis, Version};
use tokio::time::timeout;

use crate::test_server::{TestServer, redis_config};

/// A program with a link.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    server: String,
    link: Link,
    name: &'static str,
}

impl Script {
    pub(crate) fn new(server: &TestServer, link: Link, name: &'static str) -> Self {
        Self {
            server: server.url(""),
            link,
            name,
        }
    }

    /// A request to a path below that of the board.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/api/v1/boards/{}{path}", self.server, self.link.board);
        let request = Client::new().request(method, url);
        request
            .bearer_auth(self.link.secret.reveal())
            .header("Commonslate-Program", self.name)
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        answer(self.request(Method::POST, path).json(&body)).await
    }

    /// Writes a message; returns its id.
    pub(crate) async fn say(&self, text: &str) -> String {
        let (status, body) = self
            .post("/chat", serde_json::json!({ "text": text }))
            .await;
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap().to_owned()
    }

    /// Listens from now on, or from the position after which something is missing.
    pub(crate) async fn listen(&self, last: Option<&str>) -> Listener {
        let request = self.request(Method::GET, "/events");
        let request = match last {
            Some(last) => request.header("Last-Event-ID", last),
            None => request,
        };
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Listener {
            response,
            text: String::new(),
        }
    }
}

/// The status of an answer and its JSON.
pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    if !status.is_success() {
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
    let text = answer.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    (status, body)
}

/// An event that came.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) data: Value,
}

/// An open stream of events.
#[derive(Debug)]
pub(crate) struct Listener {
    response: Response,
    text: String,
}

impl Listener {
    /// The next event; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if !event.starts_with(':') {
                    return Some(read(&event));
                }
                continue;
            }
            let chunk = timeout(PATIENCE, self.response.chunk()).await.unwrap();
            let chunk = chunk.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next event with a name. Other events and comments may come before it.
    pub(crate) async fn until(&mut self, name: &str) -> Event {
        let named = async {
            loop {
                let event = self.next().await.unwrap_or_else(|| panic!("no {name}"));
                if event.name == name {
                    return event;
                }
            }
        };
        let named = timeout(PATIENCE, named).await;
        named.unwrap_or_else(|_| panic!("{name} does not come"))
    }
}

fn read(text: &str) -> Event {
    let field = |name: &str| {
        let mut lines = text.lines();
        lines.find_map(|line| {
            line.strip_prefix(name)?
                .strip_prefix(": ")
                .map(str::to_owned)
        })
    };
    Event {
        name: field("event").unwrap(),
        id: field("id"),
        data: serde_json::from_str(&field("data").unwrap()).unwrap(),
    }
}

/// Two servers on one Redis.
pub(crate) async fn two_servers() -> (Redis, [TestServer; 2]) {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let servers = [
        TestServer::with(redis_config(&redis)).await,
        TestServer::with(redis_config(&redis)).await,
    ];
    (redis, servers)
}
