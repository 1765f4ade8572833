//! A server that speaks like OpenAI: it answers as a test says, over real HTTP.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use futures::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A part of a streamed answer.
#[derive(Debug, Clone)]
pub enum Part {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing for some time.
    Pause(Duration),
    /// Nothing any more, and the connection stays open.
    Stall,
    /// The connection breaks.
    Break,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A stream of events.
    Stream(Vec<Part>),
    /// A status with a body of JSON.
    Json(u16, Value),
}

impl Reply {
    /// A text, in chunks of some characters with pauses between them.
    #[must_use]
    pub fn text(text: &str, pause: Duration) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let mut parts = Vec::new();
        for piece in letters.chunks(12) {
            let piece: String = piece.iter().collect();
            parts.push(Part::Bytes(event(&delta(&json!({ "content": piece })))));
            parts.push(Part::Pause(pause));
        }
        parts.extend(end("stop"));
        Self::Stream(parts)
    }

    /// Calls of tools, whose bytes are cut after every `cut` bytes.
    #[must_use]
    pub fn calls(calls: &[(&str, Value)], cut: usize) -> Self {
        let mut bytes = Vec::new();
        for (number, (name, arguments)) in calls.iter().enumerate() {
            let arguments = arguments.to_string();
            let mut at = arguments.len() / 2;
            while !arguments.is_char_boundary(at) {
                at += 1;
            }
            let (head, tail) = arguments.split_at(at);
            let id = format!("call_{number}_{name}");
            let first = json!({"name": name, "arguments": head});
            let part = json!({"index": number, "id": id, "type": "function", "function": first});
            bytes.extend(event(&delta(&json!({ "tool_calls": [part] }))));
            let part = json!({"index": number, "function": {"arguments": tail}});
            bytes.extend(event(&delta(&json!({ "tool_calls": [part] }))));
        }
        let mut parts: Vec<_> = bytes
            .chunks(cut.max(1))
            .map(|piece| Part::Bytes(piece.to_vec()))
            .collect();
        parts.extend(end("tool_calls"));
        Self::Stream(parts)
    }

    /// The beginning of a text, and then nothing any more.
    #[must_use]
    pub fn stalled(text: &str) -> Self {
        let bytes = event(&delta(&json!({ "content": text })));
        Self::Stream(vec![Part::Bytes(bytes), Part::Stall])
    }

    /// An error as OpenAI tells it.
    #[must_use]
    pub fn error(status: u16, message: &str) -> Self {
        Self::Json(
            status,
            json!({"error": {"message": message, "type": "server_error"}}),
        )
    }
}

fn delta(delta: &Value) -> Value {
    json!({"id": "x", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta}]})
}

fn event(data: &Value) -> Vec<u8> {
    format!("data: {data}\n\n").into_bytes()
}

fn end(reason: &str) -> [Part; 2] {
    let last = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]});
    [
        Part::Bytes(event(&last)),
        Part::Bytes(b"data: [DONE]\n\n".to_vec()),
    ]
}

type Answer = dyn Fn(usize, &Value) -> Reply + Send + Sync;

/// A running endpoint.
#[derive(Debug)]
pub struct Endpoint {
    address: SocketAddr,
    script: Arc<Script>,
    serving: JoinHandle<()>,
}

struct Script {
    answer: Box<Answer>,
    picture: Value,
    asked: Mutex<Vec<Asked>>,
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").finish_non_exhaustive()
    }
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path below `/v1`.
    pub path: &'static str,
    /// The header `Authorization`.
    pub key: Option<String>,
    /// The body.
    pub body: Value,
}

impl Endpoint {
    /// An endpoint whose `n`th answer, counted from 0, is what `answer` makes of the request.
    pub async fn start(answer: impl Fn(usize, &Value) -> Reply + Send + Sync + 'static) -> Self {
        Self::with_picture(answer, "").await
    }

    /// An endpoint that also makes pictures: always this one, in base64.
    pub async fn with_picture(
        answer: impl Fn(usize, &Value) -> Reply + Send + Sync + 'static,
        picture: &str,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Script {
            answer: Box::new(answer),
            picture: json!({"data": [{ "b64_json": picture }]}),
            asked: Mutex::default(),
        });
        let routes = Router::new()
            .route("/v1/chat/completions", post(complete))
            .route("/v1/images/generations", post(draw))
            .with_state(Arc::clone(&script));
        let serving = tokio::spawn(async move {
            axum::serve(listener, routes).await.unwrap();
        });
        Self {
            address,
            script,
            serving,
        }
    }

    /// Its address for `--assistant-url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The requests so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.script.asked.lock().unwrap().clone()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Script {
    /// Notes a request; returns how many of its kind came before.
    fn note(&self, path: &'static str, headers: &HeaderMap, body: &Value) -> usize {
        let key = headers.get(header::AUTHORIZATION);
        let key = key.and_then(|key| key.to_str().ok()).map(ToOwned::to_owned);
        let mut asked = self.asked.lock().unwrap();
        let before = asked.iter().filter(|one| one.path == path).count();
        asked.push(Asked {
            path,
            key,
            body: body.clone(),
        });
        before
    }
}

async fn complete(State(script): State<Arc<Script>>, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    let number = script.note("/chat/completions", &headers, &body);
    match (script.answer)(number, &body) {
        Reply::Json(status, body) => {
            (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
        }
        Reply::Stream(parts) => {
            let parts = stream::iter(parts).then(async |part| match part {
                Part::Bytes(bytes) => Ok(Some(bytes)),
                Part::Pause(time) => {
                    tokio::time::sleep(time).await;
                    Ok(None)
                }
                Part::Stall => std::future::pending().await,
                Part::Break => Err("broken"),
            });
            let bytes = parts.filter_map(async |part| part.transpose());
            let headers = [(header::CONTENT_TYPE, "text/event-stream")];
            (headers, Body::from_stream(bytes)).into_response()
        }
    }
}

async fn draw(State(script): State<Arc<Script>>, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    script.note("/images/generations", &headers, &body);
    axum::Json(script.picture.clone()).into_response()
}
