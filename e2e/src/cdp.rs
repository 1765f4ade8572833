//! A small client of the Chrome DevTools Protocol: calls, answers, events by session.
//!
//! Written by hand over a WebSocket and untyped JSON on purpose. The crates with generated
//! bindings deserialise every event into closed enums and fail on the first value that a newer
//! Chromium adds, so they break with each browser update. We need some forty methods; a method
//! name and a JSON value are enough, and unknown events are ignored.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A call fails if Chromium has not answered by then. A script may wait longer, see
/// [`Session::call_within`].
const CALL_DEADLINE: Duration = Duration::from_secs(60);

/// Something Chromium reported by itself.
#[derive(Debug, Clone)]
pub struct Event {
    /// For example `Network.webSocketFrameSent`.
    pub method: String,
    /// The parameters as sent.
    pub params: Value,
}

#[derive(Default)]
struct Shared {
    waiting: HashMap<u64, oneshot::Sender<Result<Value>>>,
    listeners: HashMap<String, mpsc::UnboundedSender<Event>>,
    closed: bool,
}

/// One DevTools connection; cheap to clone.
#[derive(Clone)]
pub struct Cdp {
    shared: Arc<Mutex<Shared>>,
    outgoing: mpsc::UnboundedSender<Message>,
    next: Arc<AtomicU64>,
}

impl std::fmt::Debug for Cdp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cdp").finish_non_exhaustive()
    }
}

impl Cdp {
    /// Connects to the browser endpoint `ws://127.0.0.1:<port>/devtools/browser/<id>`.
    ///
    /// # Errors
    /// If nothing answers there.
    pub async fn connect(url: &str) -> Result<Self> {
        // Screenshots come as one base64 message; the default cap of 16 MiB a frame is too near.
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let (socket, _) =
            tokio_tungstenite::connect_async_with_config(url, Some(config), true).await?;
        let (sink, stream) = socket.split();
        let (outgoing, queue) = mpsc::unbounded_channel();
        let shared = Arc::new(Mutex::new(Shared::default()));
        tokio::spawn(write(sink, queue));
        tokio::spawn(read(stream, Arc::clone(&shared)));
        Ok(Self {
            shared,
            outgoing,
            next: Arc::new(AtomicU64::new(1)),
        })
    }

    /// Calls a method of the browser itself.
    ///
    /// # Errors
    /// If Chromium refuses the call, has gone away, or stays silent.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.send(None, method, params, CALL_DEADLINE).await
    }

    /// Makes the handle of an attached session, and the stream of its events.
    #[must_use]
    pub fn session(&self, id: &str) -> (Session, mpsc::UnboundedReceiver<Event>) {
        let (sender, events) = mpsc::unbounded_channel();
        lock(&self.shared).listeners.insert(id.to_owned(), sender);
        (
            Session {
                cdp: self.clone(),
                id: id.to_owned(),
            },
            events,
        )
    }

    async fn send(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
        within: Duration,
    ) -> Result<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let (Some(session), Some(object)) = (session, message.as_object_mut()) {
            object.insert("sessionId".to_owned(), session.into());
        }
        let (sender, answer) = oneshot::channel();
        {
            let mut shared = lock(&self.shared);
            if shared.closed {
                bail!("{method}: the browser is gone");
            }
            shared.waiting.insert(id, sender);
        }
        self.outgoing
            .send(Message::text(message.to_string()))
            .map_err(|_| anyhow!("{method}: the browser is gone"))?;
        match tokio::time::timeout(within, answer).await {
            Ok(Ok(result)) => result.with_context(|| method.to_owned()),
            Ok(Err(_)) => bail!("{method}: the browser went away before it answered"),
            Err(_) => {
                lock(&self.shared).waiting.remove(&id);
                bail!("{method}: no answer within {within:?}")
            }
        }
    }
}

/// One attached target (a page): calls carry its session id.
#[derive(Debug, Clone)]
pub struct Session {
    cdp: Cdp,
    id: String,
}

impl Session {
    /// Calls a method of this target.
    ///
    /// # Errors
    /// If Chromium refuses the call, the target has gone, or no answer comes.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.call_within(method, params, CALL_DEADLINE).await
    }

    /// As [`Session::call`], for scripts that take their time.
    ///
    /// # Errors
    /// As [`Session::call`].
    pub async fn call_within(
        &self,
        method: &str,
        params: Value,
        within: Duration,
    ) -> Result<Value> {
        self.cdp.send(Some(&self.id), method, params, within).await
    }

    /// The connection under this session.
    #[must_use]
    pub fn cdp(&self) -> &Cdp {
        &self.cdp
    }
}

async fn write(mut sink: SplitSink<Socket, Message>, mut queue: mpsc::UnboundedReceiver<Message>) {
    while let Some(message) = queue.recv().await {
        if sink.send(message).await.is_err() {
            return;
        }
    }
}

async fn read(mut stream: SplitStream<Socket>, shared: Arc<Mutex<Shared>>) {
    while let Some(Ok(message)) = stream.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            deliver(&shared, value);
        }
    }
    let mut shared = lock(&shared);
    shared.closed = true;
    shared.waiting.clear();
    shared.listeners.clear();
}

/// Hands an answer to its caller, or an event to its session.
fn deliver(shared: &Mutex<Shared>, mut value: Value) {
    let mut shared = lock(shared);
    if let Some(id) = value["id"].as_u64() {
        let Some(caller) = shared.waiting.remove(&id) else {
            return;
        };
        let result = match value.get("error") {
            Some(error) => Err(anyhow!("{error}")),
            None => Ok(value["result"].take()),
        };
        // The caller may have timed out and dropped its receiver.
        drop(caller.send(result));
        return;
    }
    let Some(method) = value["method"].as_str().map(str::to_owned) else {
        return;
    };
    let session = value["sessionId"].as_str().unwrap_or_default().to_owned();
    if let Some(listener) = shared.listeners.get(&session) {
        let event = Event {
            method,
            params: value["params"].take(),
        };
        if listener.send(event).is_err() {
            shared.listeners.remove(&session);
        }
    }
}

/// Locks even after a panic in another thread, because the maps are consistent after every
/// statement.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
