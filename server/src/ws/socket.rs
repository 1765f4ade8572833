//! Reading and writing one socket, with a deadline for everything.
//!
//! Knows frames; must not know rooms or secrets.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message};
use bytes::Bytes;
use futures::{Sink, SinkExt as _, Stream, StreamExt as _};
use shared::protocol::CloseCode;
use tokio::time::{timeout, timeout_at};

/// Something must be heard this often; a live client answers pings in time.
pub(super) const SILENCE: Duration = Duration::from_secs(9);
/// A frame must be on its way within this; else the client reads too slowly.
const WRITE_DEADLINE: Duration = Duration::from_secs(10);
/// How long the client's half of closing is waited for.
const CLOSING: Duration = Duration::from_secs(1);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The connection is gone.
    Gone,
    /// We close it.
    Close(CloseCode),
}

/// What a client sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A message.
    Frame(Bytes),
    /// Something that is no message of ours.
    Nonsense,
    /// A sign of life.
    Life,
}

/// Waits for the next frame.
pub(super) async fn hear<S, E>(socket: &mut S) -> Result<Heard, End>
where
    S: Stream<Item = Result<Message, E>> + Unpin,
{
    let frame = timeout(SILENCE, socket.next())
        .await
        .map_err(|_| End::Close(CloseCode::Silent))?;
    match frame {
        Some(Ok(Message::Binary(bytes))) => Ok(Heard::Frame(bytes)),
        Some(Ok(Message::Text(_))) => Ok(Heard::Nonsense),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Heard::Life),
        Some(Ok(Message::Close(_))) | None => Err(End::Gone),
        // A frame that is too long or breaks the protocol, or the line broke;
        // telling costs nothing in either case.
        Some(Err(_)) => Err(End::Close(CloseCode::Protocol)),
    }
}

/// Writes frames and sees them off.
pub(super) async fn say<S, E>(
    socket: &mut S,
    messages: impl IntoIterator<Item = Message>,
) -> Result<(), End>
where
    S: Sink<Message, Error = E> + Unpin,
{
    for message in messages {
        in_time(socket.feed(message)).await?;
    }
    in_time(socket.flush()).await
}

async fn in_time<E>(writing: impl Future<Output = Result<(), E>>) -> Result<(), End> {
    match timeout(WRITE_DEADLINE, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::Close(CloseCode::Slow)),
    }
}

/// Sends the close frame and waits a moment for the other side to take it: a
/// socket closed with something unread in it would take the frame back.
pub(super) async fn close<S, E>(socket: &mut S, code: CloseCode)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin,
{
    let deadline = tokio::time::Instant::now() + CLOSING;
    let frame = CloseFrame {
        code: code.number(),
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
