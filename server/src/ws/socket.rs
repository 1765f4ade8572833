//! Reads, writes and closes one socket, each within a time limit.

use std::time::Duration;

use bytes::Bytes;
use futures::{Sink, SinkExt as _, Stream, StreamExt as _};
use shared::protocol::CloseCode;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::progress::{CHECK_EVERY, Progress, Stalled};

/// A frame must be written within this; else the client reads too slowly.
const WRITE_LIMIT: Duration = Duration::from_secs(10);
/// How long the client may take to answer a close frame.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionEnd {
    /// The client disconnected.
    Disconnected,
    /// The server closes it.
    Close(CloseCode),
}

/// A frame that a client sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    /// An encoded message.
    Message(Bytes),
    /// A frame that cannot hold a message.
    Malformed,
    /// A ping or a pong, with a payload of so many bytes.
    Control(usize),
}

/// Waits for the next message or control frame.
pub(super) async fn receive<S, E>(
    socket: &mut S,
    progress: &mut Progress,
) -> Result<Incoming, SessionEnd>
where
    S: Stream<Item = Result<Message, E>> + Unpin,
{
    loop {
        let since = Instant::now();
        match timeout(CHECK_EVERY, socket.next()).await {
            Ok(frame) => {
                let incoming = read(frame)?;
                progress.arrived(since.elapsed())?;
                return Ok(incoming);
            }
            Err(_) => progress.waited(since.elapsed())?,
        }
    }
}

fn read<E>(frame: Option<Result<Message, E>>) -> Result<Incoming, SessionEnd> {
    match frame {
        Some(Ok(Message::Binary(bytes))) => Ok(Incoming::Message(bytes)),
        // Raw frames are only ever written.
        Some(Ok(Message::Text(_) | Message::Frame(_))) => Ok(Incoming::Malformed),
        Some(Ok(Message::Ping(bytes) | Message::Pong(bytes))) => Ok(Incoming::Control(bytes.len())),
        Some(Ok(Message::Close(_))) | None => Err(SessionEnd::Disconnected),
        // A frame that is too long or breaks the protocol, or the connection broke;
        // a close frame does no harm in either case.
        Some(Err(_)) => Err(SessionEnd::Close(CloseCode::Protocol)),
    }
}

impl From<Stalled> for SessionEnd {
    fn from(Stalled: Stalled) -> Self {
        Self::Close(CloseCode::Silent)
    }
}

/// Writes frames and flushes them.
pub(super) async fn send<S, E>(
    socket: &mut S,
    messages: impl IntoIterator<Item = Message>,
) -> Result<(), SessionEnd>
where
    S: Sink<Message, Error = E> + Unpin,
{
    for message in messages {
        in_time(socket.feed(message)).await?;
    }
    in_time(socket.flush()).await
}

async fn in_time<E>(writing: impl Future<Output = Result<(), E>>) -> Result<(), SessionEnd> {
    match timeout(WRITE_LIMIT, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(SessionEnd::Disconnected),
        Err(_) => Err(SessionEnd::Close(CloseCode::Slow)),
    }
}

/// Sends the close frame and waits a moment for the other side to take it: a
/// socket closed with something unread in it would take the frame back.
pub(super) async fn close<S, E>(socket: &mut S, code: CloseCode)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin,
{
    let deadline = tokio::time::Instant::now() + CLOSE_LIMIT;
    let frame = CloseFrame {
        code: code.number().into(),
        reason: code.reason().into(),
    };
    let sent = timeout_at(deadline, socket.send(Message::Close(Some(frame)))).await;
    if !matches!(sent, Ok(Ok(()))) {
        return;
    }
    let answered = async {
        while let Some(Ok(message)) = socket.next().await {
            if matches!(message, Message::Close(_)) {
                return;
            }
        }
        // Nothing can be read after a frame that was too long, not even the
        // answer: leave the client the time.
        std::future::pending().await
    };
    if timeout_at(deadline, answered).await.is_err() {
        tracing::trace!("the client did not answer the close frame");
    }
}
