//! One client on one WebSocket, from its hello to its end.
//!
//! Generic over the socket, so that tests can use channels. Must not know what
//! messages mean: those go to the room, and frames come from it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Message;
use bytes::Bytes;
use futures::{Sink, Stream, StreamExt as _};
use shared::api::ApiError;
use shared::id::BoardId;
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, CloseCode, Hello, Role, decode};
use shared::sync::SessionNo;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::hello;
use super::pace::{Advice, Lane, Pace};
use super::socket::{End, Heard, close, hear, say};
use crate::clock::Clock;
use crate::handshakes::HandshakePermit;
use crate::rate::Caller;
use crate::room::{Line, RoomMsg};
use crate::state::AppState;

/// The hello must come within this.
const HELLO_DEADLINE: Duration = Duration::from_secs(5);
/// How often the client is asked for a sign of life.
const PING_EVERY: Duration = Duration::from_secs(3);
/// Malformed frames after which a session ends.
const MAX_NONSENSE: u32 = 3;

/// A WebSocket that has not sent its hello yet.
#[derive(Debug)]
pub struct Handshake {
    /// The board that it asks for, if its id is well formed.
    pub board: Option<BoardId>,
    /// Who connects, for rate limits.
    pub caller: Caller,
    /// Counts this handshake until it is over.
    pub permit: HandshakePermit,
    /// The server.
    pub state: Arc<AppState>,
}

/// Serves a client until it leaves or is sent away.
pub async fn run<S, E>(mut socket: S, handshake: Handshake)
where
    S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin + Send,
{
    let end = match enter(&mut socket, handshake).await {
        Ok(seat) => seat.converse(&mut socket).await,
        Err(end) => end,
    };
    match end {
        End::Gone => {}
        End::Close(code) => {
            tracing::debug!(?code, "session closed");
            close(&mut socket, code).await;
        }
    }
}

/// Checks who comes and takes them to their board's room.
async fn enter<S, E>(socket: &mut S, handshake: Handshake) -> Result<Seat, End>
where
    S: Stream<Item = Result<Message, E>> + Unpin + Send,
{
    let hello = tokio::select! {
        hello = timeout(HELLO_DEADLINE, first_frame(socket)) => {
            hello.map_err(|_| End::Close(CloseCode::Silent))??
        }
        () = handshake.state.draining.cancelled() => return Err(End::Close(CloseCode::Restart)),
    };
    let (board, role) = admit(&handshake, &hello).await.map_err(End::Close)?;
    drop(handshake.permit);
    let hub = &handshake.state.hub;
    let (session, clock) = (hub.next_session(), handshake.state.context.clock);
    let mailbox = hub
        .room(board)
        .map_err(|_| End::Close(CloseCode::Restart))?;
    let (frames, batches) = mpsc::channel(1);
    let (closer, closed) = oneshot::channel();
    let join = RoomMsg::Join {
        session,
        hello,
        role,
        line: Line { frames, closer },
    };
    mailbox
        .send(join)
        .await
        .map_err(|_| End::Close(CloseCode::Unavailable))?;
    Ok(Seat {
        session,
        mailbox,
        batches,
        closed,
        clock,
    })
}

async fn first_frame<S, E>(socket: &mut S) -> Result<Box<Hello>, End>
where
    S: Stream<Item = Result<Message, E>> + Unpin,
{
    loop {
        match hear(socket).await? {
            Heard::Life => {}
            Heard::Frame(frame) => return hello::read(&frame).map_err(End::Close),
            Heard::Nonsense => return Err(End::Close(CloseCode::Protocol)),
        }
    }
}

async fn admit(handshake: &Handshake, hello: &Hello) -> Result<(BoardId, Role), CloseCode> {
    let board = handshake.board.ok_or(CloseCode::NoAccess)?;
    match handshake
        .state
        .boards
        .enter(board, &hello.secret, handshake.caller)
        .await
    {
        Ok(role) => Ok((board, role)),
        Err(ApiError::NoAccess | ApiError::Forbidden) => Err(CloseCode::NoAccess),
        Err(ApiError::TooMany { .. }) => Err(CloseCode::TooFast),
        Err(ApiError::Unavailable | ApiError::BadTitle | ApiError::Transport(_)) => {
            Err(CloseCode::Unavailable)
        }
    }
}

/// A client that is in.
#[derive(Debug)]
struct Seat {
    session: SessionNo,
    mailbox: mpsc::Sender<RoomMsg>,
    batches: mpsc::Receiver<Vec<Bytes>>,
    closed: oneshot::Receiver<CloseCode>,
    clock: Clock,
}

impl Seat {
    /// Passes messages on, both ways, until one side ends it.
    async fn converse<S, E>(self, socket: &mut S) -> End
    where
        S: Stream<Item = Result<Message, E>> + Sink<Message, Error = E> + Unpin + Send,
    {
        let Self {
            session,
            mailbox,
            batches,
            closed,
            clock,
        } = self;
        let (mut to_client, mut from_client) = socket.split();
        let end = tokio::select! {
            end = Listening::new(session, &mailbox, clock).listen(&mut from_client) => end,
            end = talk(&mut to_client, &mailbox, batches, closed) => end,
        };
        if mailbox.send(RoomMsg::Leave(session)).await.is_err() {
            tracing::trace!("the room ended before the session");
        }
        end
    }
}

/// From the client to the room.
#[derive(Debug)]
struct Listening<'a> {
    session: SessionNo,
    mailbox: &'a mpsc::Sender<RoomMsg>,
    pace: Pace,
    nonsense: u32,
}

impl<'a> Listening<'a> {
    fn new(session: SessionNo, mailbox: &'a mpsc::Sender<RoomMsg>, clock: Clock) -> Self {
        Self {
            session,
            mailbox,
            pace: Pace::new(clock),
            nonsense: 0,
        }
    }

    async fn listen<S, E>(mut self, socket: &mut S) -> End
    where
        S: Stream<Item = Result<Message, E>> + Unpin,
    {
        loop {
            let taken = match hear(socket).await {
                Ok(Heard::Life) => Ok(()),
                Ok(Heard::Frame(frame)) => self.take(&frame).await,
                Ok(Heard::Nonsense) => self.take_nonsense(),
                Err(end) => Err(end),
            };
            if let Err(end) = taken {
                return end;
            }
        }
    }

    async fn take(&mut self, frame: &Bytes) -> Result<(), End> {
        let Ok(message) = decode::<ClientMsg>(frame, MAX_FRAME_BYTES) else {
            return self.take_nonsense();
        };
        let lane = match message {
            ClientMsg::Live(_) => Lane::Live,
            ClientMsg::Commit(_) => Lane::Commit,
            ClientMsg::Hello(_) | ClientMsg::Profile(_) => Lane::Other,
        };
        match self.pace.judge(lane, frame.len()).await {
            Advice::Take => {}
            Advice::Drop => return Ok(()),
            Advice::End => return Err(End::Close(CloseCode::TooFast)),
        }
        let message = RoomMsg::Receive {
            session: self.session,
            message: Box::new(message),
        };
        if self.mailbox.send(message).await.is_err() {
            // The room has ended; the other half of the session knows why.
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    fn take_nonsense(&mut self) -> Result<(), End> {
        self.nonsense += 1;
        if self.nonsense >= MAX_NONSENSE {
            Err(End::Close(CloseCode::Protocol))
        } else {
            Ok(())
        }
    }
}

/// From the room to the client.
async fn talk<S, E>(
    socket: &mut S,
    mailbox: &mpsc::Sender<RoomMsg>,
    mut batches: mpsc::Receiver<Vec<Bytes>>,
    mut closed: oneshot::Receiver<CloseCode>,
) -> End
where
    S: Sink<Message, Error = E> + Unpin,
{
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // In this order: a ping is due whatever else there is to say, and what
        // the room gave before it closed the session goes out, above all the goodbye.
        let said = tokio::select! {
            biased;
            _ = ping.tick() => say(socket, [Message::Ping(Bytes::new())]).await,
            Some(frames) = batches.recv() => {
                if mailbox.send(RoomMsg::Drained).await.is_err() {
                    tracing::trace!("the room ended before its last frames were sent");
                }
                say(socket, frames.into_iter().map(Message::Binary)).await
            }
            code = &mut closed => {
                return End::Close(code.unwrap_or(CloseCode::Unavailable));
            }
        };
        if let Err(end) = said {
            return end;
        }
    }
}

#[cfg(test)]
mod tests;
