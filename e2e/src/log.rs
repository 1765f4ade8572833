//! Records what a page reports on its console, requests over HTTP, and sends and receives by
//! WebSocket.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::cdp::Event;

/// The direction of a WebSocket frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the page to the server.
    Sent,
    /// From the server to the page.
    Received,
}

/// One WebSocket frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its direction.
    pub way: Direction,
    /// Its payload, decoded.
    pub bytes: Vec<u8>,
    /// Seconds on the browser's monotonic clock, common to all its pages.
    pub time: f64,
}

/// The kind of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An uncaught exception, a `console.error`, or a warning of the browser.
    Fault,
    /// A connection that failed or was lost: expected when a test breaks something.
    Network,
}

/// A problem that the page or the browser reported.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Its kind.
    pub kind: Kind,
    /// What it says.
    pub text: String,
}

#[derive(Debug, Default)]
struct Entries {
    problems: Vec<Problem>,
    requests: Vec<String>,
    sockets: Vec<String>,
    frames: Vec<Frame>,
}

/// The log of one page; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Entries>>);

impl Log {
    pub(crate) fn collect(mut events: mpsc::UnboundedReceiver<Event>) -> Self {
        let log = Self::default();
        let writer = log.clone();
        tokio::spawn(async move {
            while let Some(event) = events.recv().await {
                writer.note(&event);
            }
        });
        log
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, event: &Event) {
        let params = &event.params;
        let mut entries = self.entries();
        match event.method.as_str() {
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                let text = details["exception"]["description"]
                    .as_str()
                    .or(details["text"].as_str());
                entries.report_problem(Kind::Fault, text.unwrap_or("unknown exception"));
            }
            "Runtime.consoleAPICalled" if params["type"] == "error" => {
                let arguments = params["args"].as_array().cloned().unwrap_or_default();
                let text = sentence(&arguments);
                // The script that loads the chunk reports a connection that failed.
                let network = text.contains("_chunk.js");
                let kind = if network { Kind::Network } else { Kind::Fault };
                entries.report_problem(kind, &text);
            }
            // Warnings count too: the page should cause none.
            "Log.entryAdded"
                if matches!(params["entry"]["level"].as_str(), Some("error" | "warning")) =>
            {
                let entry = &params["entry"];
                let network = entry["source"] == "network";
                let kind = if network { Kind::Network } else { Kind::Fault };
                let text = entry["text"].as_str().unwrap_or_default();
                let url = entry["url"].as_str().unwrap_or_default();
                // A refused WebSocket is reported by the script engine, not by the network stack.
                let socket = text.starts_with("WebSocket connection to");
                entries.report_problem(
                    if socket { Kind::Network } else { kind },
                    &format!("{text} {url}"),
                );
            }
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str().unwrap_or_default();
                let method = params["request"]["method"].as_str().unwrap_or_default();
                entries.requests.push(format!("{method} {url}"));
            }
            "Network.webSocketCreated" => {
                entries
                    .sockets
                    .push(params["url"].as_str().unwrap_or_default().to_owned());
            }
            "Network.webSocketFrameSent" => entries.frame(Direction::Sent, params),
            "Network.webSocketFrameReceived" => entries.frame(Direction::Received, params),
            _ => {}
        }
    }

    /// The problems so far.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.entries().problems.clone()
    }

    /// The HTTP requests so far, as `GET http://…`; `data:` and `blob:` are none.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let entries = self.entries();
        entries
            .requests
            .iter()
            .filter(|request| request.contains(" http"))
            .cloned()
            .collect()
    }

    /// The addresses of the WebSockets opened so far.
    #[must_use]
    pub fn sockets(&self) -> Vec<String> {
        self.entries().sockets.clone()
    }

    /// The WebSocket frames so far.
    #[must_use]
    pub fn frames(&self) -> Vec<Frame> {
        self.entries().frames.clone()
    }
}

impl Entries {
    fn report_problem(&mut self, kind: Kind, text: &str) {
        self.problems.push(Problem {
            kind,
            text: text.to_owned(),
        });
    }

    fn frame(&mut self, way: Direction, params: &Value) {
        let payload = params["response"]["payloadData"]
            .as_str()
            .unwrap_or_default();
        let binary = params["response"]["opcode"].as_f64() == Some(2.0);
        let bytes = if binary {
            STANDARD.decode(payload).unwrap_or_default()
        } else {
            payload.as_bytes().to_vec()
        };
        let time = params["timestamp"].as_f64().unwrap_or_default();
        self.frames.push(Frame { way, bytes, time });
    }
}

/// The arguments of a `console` call as one line.
fn sentence(arguments: &[Value]) -> String {
    let word = |argument: &Value| match &argument["value"] {
        Value::String(text) => text.clone(),
        Value::Null => argument["description"]
            .as_str()
            .unwrap_or("null")
            .to_owned(),
        other => other.to_string(),
    };
    arguments.iter().map(word).collect::<Vec<_>>().join(" ")
}
