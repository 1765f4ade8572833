//! Connections of programs that this server speaks for itself. They are sessions like all others,
//! with the same limits and the same rights, only without a network between.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::channel::mpsc::{Receiver, SendError, Sender, channel};
use futures::{Sink, Stream};
use shared::id::BoardId;
use tokio_tungstenite::tungstenite::Message;

use super::session::{Handshake, run};
use super::socket::SocketError;
use super::watch::FrameWatch;
use crate::caller_rate_limit::Caller;
use crate::request::Problem;
use crate::state::AppState;

/// Frames that wait on their way in one direction, as a socket of the system would keep some.
const FRAMES_ON_THE_WAY: usize = 16;

/// One end of a connection within the process.
#[derive(Debug)]
pub(crate) struct InProcess {
    frames: Receiver<Message>,
    other_end: Sender<Message>,
}

impl InProcess {
    fn pair() -> [Self; 2] {
        let (to_server, at_server) = channel(FRAMES_ON_THE_WAY);
        let (to_client, at_client) = channel(FRAMES_ON_THE_WAY);
        [(at_server, to_client), (at_client, to_server)]
            .map(|(frames, other_end)| Self { frames, other_end })
    }
}

impl Stream for InProcess {
    type Item = Result<Message, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.frames)
            .poll_next(cx)
            .map(|frame| frame.map(Ok))
    }
}

impl Sink<Message> for InProcess {
    type Error = SendError;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Pin::new(&mut self.other_end).poll_ready(cx)
    }

    fn start_send(mut self: Pin<&mut Self>, frame: Message) -> Result<(), SendError> {
        Pin::new(&mut self.other_end).start_send(frame)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Pin::new(&mut self.other_end).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Pin::new(&mut self.other_end).poll_close(cx)
    }
}

impl SocketError for SendError {
    fn is_disconnect(&self) -> bool {
        true
    }
}

/// Opens a connection to a board on behalf of a caller. Its first message must be a hello.
///
/// # Errors
/// The server shuts down, or serves as many connections as it can.
pub(crate) fn connect(
    state: &Arc<AppState>,
    board: BoardId,
    caller: Caller,
) -> Result<InProcess, Problem> {
    if state.draining.is_cancelled() {
        return Err(Problem::shutting_down());
    }
    let permit = state.handshakes.try_acquire(caller);
    let socket = state.sockets.try_acquire(caller);
    let (permit, socket) = permit.zip(socket).ok_or_else(Problem::too_many_sockets)?;
    let handshake = Handshake {
        board: Some(board),
        caller,
        permit,
        socket,
        state: Arc::clone(state),
    };
    let [server, client] = InProcess::pair();
    state
        .tasks
        .spawn(run(server, FrameWatch::default(), handshake));
    Ok(client)
}
