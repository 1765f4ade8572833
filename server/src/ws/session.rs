//! One client on one WebSocket, from its hello to its end.
//!
//! A session passes messages to the room of its board, and frames from the room to the client. It
//! is generic over the socket, so that tests can use channels.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures::{Sink, Stream};
use shared::id::BoardId;
use shared::protocol::{CloseCode, Hello};
use shared::sync::SessionNo;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::admission::{admission, admit, enter};
use super::hello;
use super::progress::Progress;
use super::reader::Reader;
use super::shared_socket::SharedSocket;
use super::socket::{Incoming, SessionEnd, SocketError, close, receive, send};
use super::watch::FrameWatch;
use crate::caller_rate_limit::Caller;
use crate::clock::Clock;
use crate::cpu_budget::CpuAccount;
use crate::metrics::{ConnectionEnd, Metrics};
use crate::open_limit::OpenPermit;
use crate::people_limit::PersonPermit;
use crate::room::{RoomMsg, SessionHandle};
use crate::state::AppState;

/// The hello must come within this.
const HELLO_LIMIT: Duration = Duration::from_secs(5);
/// Pings and pongs that a client may send before its hello.
const MAX_CONTROL_BEFORE_HELLO: u32 = 16;

/// A WebSocket that has not sent its hello yet.
#[derive(Debug)]
pub(super) struct Handshake {
    /// The board that it asks for, if its id is well formed.
    pub(super) board: Option<BoardId>,
    /// The caller, for rate limits.
    pub(super) caller: Caller,
    /// Counts this handshake until it is over.
    pub(super) permit: OpenPermit,
    /// Counts this WebSocket until it ends.
    pub(super) socket: OpenPermit,
    /// The server.
    pub(super) state: Arc<AppState>,
}

/// Serves a client until it disconnects or is closed. `watch` sees the bytes that arrive on the
/// socket.
pub(super) async fn run<S, E>(socket: S, watch: FrameWatch, handshake: Handshake)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin + Send + 'static,
    E: SocketError,
{
    let connection = handshake
        .state
        .context
        .metrics
        .connections
        .connection_opened();
    let socket = SharedSocket::new(socket);
    let end = match join(&socket, watch, handshake).await {
        Ok(session) => session.run(&socket).await,
        Err(end) => end,
    };
    match end {
        SessionEnd::Disconnected => connection.closed(ConnectionEnd::Disconnected),
        SessionEnd::Close(code) => {
            connection.closed(ConnectionEnd::Closed(code));
            tracing::debug!(?code, "session closed");
            close(&mut &socket, code).await;
        }
    }
}

/// Reads the hello, checks its secret, and joins the board's room.
async fn join<S, E>(
    socket: &SharedSocket<S>,
    watch: FrameWatch,
    handshake: Handshake,
) -> Result<Session, SessionEnd>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin + Send + 'static,
    E: SocketError,
{
    let mut incoming = socket;
    let hello = tokio::select! {
        hello = timeout(HELLO_LIMIT, first_message(&mut incoming, watch.clone())) => {
            hello.map_err(|_| SessionEnd::Close(CloseCode::Silent))??
        }
        () = handshake.permit.evicted() => return Err(SessionEnd::Close(CloseCode::TooFast)),
        () = handshake.state.draining.cancelled() => return Err(SessionEnd::Close(CloseCode::Restart)),
    };
    let (board, grant) = admit(&handshake, &hello).await.map_err(SessionEnd::Close)?;
    let person = enter(&handshake, board, grant.role, &hello).map_err(SessionEnd::Close)?;
    drop(handshake.permit);
    let (hub, metrics) = (&handshake.state.hub, &handshake.state.context.metrics);
    let (session, clock) = (hub.next_session(), handshake.state.context.clock);
    let mailbox = hub
        .room(board)
        .map_err(|_| SessionEnd::Close(CloseCode::Restart))?;
    let cpu = handshake.state.cpu.account(board, handshake.caller);
    let transfer = handshake.state.transfers.session(board, handshake.caller);
    let (closer, closed) = oneshot::channel();
    let admission = admission(&hello, grant, handshake.caller);
    let join = RoomMsg::Join {
        session,
        hello,
        role: grant.role,
        handle: Box::new(SessionHandle {
            writer: socket.writer(),
            closer,
            cpu: cpu.clone(),
            transfer,
            person: metrics.person_joined(),
            admission,
        }),
        sent: 0,
    };
    mailbox
        .send(join)
        .await
        .map_err(|_| SessionEnd::Close(CloseCode::Unavailable))?;
    Ok(Session {
        session,
        mailbox,
        closed,
        clock,
        cpu,
        watch,
        metrics: Arc::clone(metrics),
        open: handshake.socket,
        person,
    })
}

async fn first_message<S, E>(socket: &mut S, watch: FrameWatch) -> Result<Box<Hello>, SessionEnd>
where
    S: Stream<Item = Result<Message, E>> + Unpin,
    E: SocketError,
{
    let mut progress = Progress::new(watch);
    let mut control = 0;
    loop {
        match receive(socket, &mut progress).await? {
            Incoming::Control(_) if control < MAX_CONTROL_BEFORE_HELLO => control += 1,
            Incoming::Control(_) => return Err(SessionEnd::Close(CloseCode::TooFast)),
            Incoming::Message(frame) => return hello::read(&frame).map_err(SessionEnd::Close),
            Incoming::Malformed => return Err(SessionEnd::Close(CloseCode::Protocol)),
        }
    }
}

/// A client that has joined its room.
#[derive(Debug)]
struct Session {
    session: SessionNo,
    mailbox: mpsc::Sender<RoomMsg>,
    closed: oneshot::Receiver<CloseCode>,
    clock: Clock,
    cpu: CpuAccount,
    watch: FrameWatch,
    metrics: Arc<Metrics>,
    open: OpenPermit,
    person: PersonPermit,
}

impl Session {
    /// Passes messages both ways, until one side ends the session.
    async fn run<S, E>(self, socket: &SharedSocket<S>) -> SessionEnd
    where
        S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin + Send,
        E: SocketError,
    {
        let Self {
            session,
            mailbox,
            closed,
            clock,
            cpu,
            watch,
            metrics,
            open,
            person,
        } = self;
        let mut incoming = socket;
        let reader = Reader::new(
            session,
            &mailbox,
            clock,
            cpu.clone(),
            watch.clone(),
            &metrics,
        );
        let end = tokio::select! {
            end = reader.run(&mut incoming) => end,
            end = write(socket, &watch, (session, &mailbox), closed) => end,
            () = open.evicted() => SessionEnd::Close(CloseCode::TooFast),
            () = person.evicted() => SessionEnd::Close(CloseCode::Crowded),
        };
        tracing::debug!(cpu_ms = cpu.used().as_millis(), "session ended");
        if mailbox.send(RoomMsg::Leave(session)).await.is_err() {
            tracing::trace!("the room ended before the session");
        }
        end
    }
}

/// Pings the client, and writes the frames that the room could not write at once.
async fn write<S, E>(
    mut socket: &SharedSocket<S>,
    watch: &FrameWatch,
    (session, mailbox): (SessionNo, &mpsc::Sender<RoomMsg>),
    mut closed: oneshot::Receiver<CloseCode>,
) -> SessionEnd
where
    S: Sink<Message, Error = E> + Unpin,
{
    let mut ping = pin!(sleep_until(socket.ping_if_due()));
    loop {
        // In this order: a ping never waits, and frames that the room sent
        // before it closed the session are sent first, above all the goodbye.
        tokio::select! {
            biased;
            () = ping.as_mut() => ping.as_mut().reset(socket.ping_if_due()),
            () = socket.busy() => {}
            code = &mut closed => {
                return SessionEnd::Close(code.unwrap_or(CloseCode::Unavailable));
            }
        }
        if let Err(end) = send(&mut socket, watch, []).await {
            return end;
        }
        if socket.take_ready() && mailbox.send(RoomMsg::Ready(session)).await.is_err() {
            tracing::trace!("the room ended before its last frames were sent");
        }
    }
}

#[cfg(test)]
mod tests;
