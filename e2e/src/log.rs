//! Ears: what a page reported on its console, requested over HTTP, and sent and got by WebSocket.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::cdp::Event;

/// Which way a WebSocket frame went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the page to the server.
    Sent,
    /// From the server to the page.
    Received,
}

/// One WebSocket frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its direction.
    pub way: Way,
    /// Its payload, decoded.
    pub bytes: Vec<u8>,
    /// Seconds on the browser's monotonic clock, common to all its pages.
    pub time: f64,
}

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An exception nobody caught, or a `console.error`.
    Fault,
    /// A connection that failed or was lost: expected when a test breaks something.
    Network,
}

/// A complaint of the page or of the browser about it.
#[derive(Debug, Clone)]
pub struct Complaint {
    /// How bad it is.
    pub kind: Kind,
    /// What it says.
    pub text: String,
}

#[derive(Debug, Default)]
struct Entries {
    complaints: Vec<Complaint>,
    requests: Vec<String>,
    sockets: Vec<String>,
    frames: Vec<Frame>,
}

/// Everything heard from one page; clones share it.
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
                entries.complain(Kind::Fault, text.unwrap_or("unknown exception"));
            }
            "Runtime.consoleAPICalled" if params["type"] == "error" => {
                let arguments = params["args"].as_array().cloned().unwrap_or_default();
                entries.complain(Kind::Fault, &sentence(&arguments));
            }
            // A warning tells of something that the page does not mean to do either.
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
                entries.complain(
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
            "Network.webSocketFrameSent" => entries.frame(Way::Sent, params),
            "Network.webSocketFrameReceived" => entries.frame(Way::Received, params),
            _ => {}
        }
    }

    /// The complaints so far.
    #[must_use]
    pub fn complaints(&self) -> Vec<Complaint> {
        self.entries().complaints.clone()
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
    fn complain(&mut self, kind: Kind, text: &str) {
        self.complaints.push(Complaint {
            kind,
            text: text.to_owned(),
        });
    }

    fn frame(&mut self, way: Way, params: &Value) {
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
