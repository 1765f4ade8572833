//! Reads, writes and closes one socket, each within a time limit.

use std::io;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures::{Sink, SinkExt as _, Stream, StreamExt as _};
use shared::protocol::CloseCode;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frames::FrameError;
use super::progress::{Progress, Stalled};
use super::watch::FrameWatch;

/// Within this a frame must be written, or [`LEAST_WRITTEN`] of it; else the client reads too slowly.
const WRITE_WINDOW: Duration = Duration::from_secs(10);
/// Bytes that the slowest mobile networks carry in [`WRITE_WINDOW`]. On them a large commit takes
/// several windows.
const LEAST_WRITTEN: u64 = 10 * 1024;
/// How long the client may take to answer a close frame.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// An error of a socket.
pub(super) trait SocketError {
    /// Whether the connection is gone. Otherwise the client broke the protocol of WebSockets, or a
    /// limit of this server.
    fn is_disconnect(&self) -> bool;
}

impl SocketError for Error {
    fn is_disconnect(&self) -> bool {
        match self {
            Self::Io(error) => !is_limit(error),
            Self::ConnectionClosed
            | Self::AlreadyClosed
            | Self::Protocol(ProtocolError::ResetWithoutClosingHandshake) => true,
            _ => false,
        }
    }
}

/// Whether bytes arrived that break a limit of [`super::watch`].
fn is_limit(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(|inner| inner.is::<FrameError>())
}

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
    E: SocketError,
{
    loop {
        let since = Instant::now();
        tokio::select! {
            biased;
            frame = socket.next() => {
                let incoming = read(frame)?;
                progress.arrived(since.elapsed())?;
                return Ok(incoming);
            }
            () = progress.due() => progress.waited(since.elapsed())?,
        }
    }
}

fn read<E: SocketError>(frame: Option<Result<Message, E>>) -> Result<Incoming, SessionEnd> {
    match frame {
        Some(Ok(Message::Binary(bytes))) => Ok(Incoming::Message(bytes)),
        // Raw frames are only ever written.
        Some(Ok(Message::Text(_) | Message::Frame(_))) => Ok(Incoming::Malformed),
        Some(Ok(Message::Ping(bytes) | Message::Pong(bytes))) => Ok(Incoming::Control(bytes.len())),
        Some(Ok(Message::Close(_))) | None => Err(SessionEnd::Disconnected),
        Some(Err(error)) if error.is_disconnect() => Err(SessionEnd::Disconnected),
        Some(Err(_)) => Err(SessionEnd::Close(CloseCode::Protocol)),
    }
}

impl From<Stalled> for SessionEnd {
    fn from(Stalled: Stalled) -> Self {
        Self::Close(CloseCode::Silent)
    }
}

/// Writes frames and flushes them. `watch` sees the bytes that are written.
pub(super) async fn send<S, E>(
    socket: &mut S,
    watch: &FrameWatch,
    messages: impl IntoIterator<Item = Message>,
) -> Result<(), SessionEnd>
where
    S: Sink<Message, Error = E> + Unpin,
{
    for message in messages {
        in_time(socket.feed(message), watch).await?;
    }
    in_time(socket.flush(), watch).await
}

async fn in_time<E>(
    writing: impl Future<Output = Result<(), E>>,
    watch: &FrameWatch,
) -> Result<(), SessionEnd> {
    let mut writing = pin!(writing);
    loop {
        let before = watch.written();
        match timeout(WRITE_WINDOW, writing.as_mut()).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(_)) => return Err(SessionEnd::Disconnected),
            Err(_) if watch.written() - before >= LEAST_WRITTEN => {}
            Err(_) => return Err(SessionEnd::Close(CloseCode::Slow)),
        }
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

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;
    use tokio_tungstenite::WebSocketStream;
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::super::watch::WatchedStream;
    use super::*;

    /// Sends a frame of 200,000 bytes to a client that reads so many bytes a second.
    async fn send_to_client_that_reads(a_second: usize) -> Result<(), SessionEnd> {
        let (server, mut client) = tokio::io::duplex(4 * 1024);
        let watch = FrameWatch::default();
        let stream = WatchedStream::new(server, watch.clone());
        let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
        let reading = async {
            let mut bytes = vec![0; a_second];
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                client.read_exact(&mut bytes).await.unwrap();
            }
        };
        let frame = Message::Binary(vec![0; 200_000].into());
        tokio::select! {
            sent = send(&mut socket, &watch, [frame]) => sent,
            () = reading => unreachable!("it reads without end"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_may_take_long_as_long_as_it_is_written() {
        assert_eq!(send_to_client_that_reads(2_000).await, Ok(()));
        let slow = Err(SessionEnd::Close(CloseCode::Slow));
        assert_eq!(send_to_client_that_reads(500).await, slow);
    }
}
