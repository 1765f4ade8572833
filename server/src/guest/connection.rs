//! A guest's side of its connection: the protocol of clients, without a copy of the board.

use std::sync::Arc;

use futures::{SinkExt as _, StreamExt as _};
use shared::id::{BoardId, ClientKey, DeviceKey, Position, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{
    ClientMsg, CloseCode, Hello, PROTOCOL_VERSION, ProgramKind, ServerMsg, Welcome, decode, encode,
};
use shared::sync::Receipts;
use tokio_tungstenite::tungstenite::Message;

use super::error::GuestError;
use super::name::GuestName;
use crate::caller_rate_limit::Caller;
use crate::clock::random16;
use crate::state::AppState;
use crate::ws::{InProcess, connect};

/// With what a guest comes to a board.
#[derive(Debug)]
pub(crate) struct GuestHello<'a> {
    /// The board.
    pub(crate) board: BoardId,
    /// The secret of the link.
    pub(crate) secret: Secret,
    /// By what it is the same person on each server.
    pub(crate) device: DeviceKey,
    /// The name of the program.
    pub(crate) name: &'a GuestName,
    /// Whether a language model decides what it does.
    pub(crate) kind: ProgramKind,
    /// The caller, for rate limits.
    pub(crate) caller: Caller,
    /// What the program knows of the board. Commits after it follow; if the server does not have
    /// them all any more, a snapshot follows instead.
    pub(crate) resume: Position,
}

/// An open connection to the room of a board.
#[derive(Debug)]
pub(crate) struct GuestConnection {
    socket: InProcess,
    receipts: Receipts,
}

impl GuestConnection {
    /// Comes to a board, and waits for the welcome.
    pub(crate) async fn open(
        state: &Arc<AppState>,
        hello: GuestHello<'_>,
    ) -> Result<(Self, Welcome), GuestError> {
        let key = random16().map_err(|_| GuestError::Closed(CloseCode::Unavailable))?;
        let socket = connect(state, hello.board, hello.caller).map_err(GuestError::NotConnected)?;
        let mut connection = Self {
            socket,
            receipts: Receipts::default(),
        };
        let hello = Hello {
            version: PROTOCOL_VERSION,
            secret: hello.secret,
            key: ClientKey::from_bytes(key),
            session: 1,
            profile: hello.name.profile(),
            resume: Some(hello.resume),
            view: None,
            partial: None,
            device: Some(hello.device),
            program: Some(hello.kind),
        };
        connection.send(&ClientMsg::Hello(hello)).await?;
        loop {
            if let ServerMsg::Welcome(welcome) = connection.next().await? {
                return Ok((connection, *welcome));
            }
        }
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: &ClientMsg) -> Result<(), GuestError> {
        let frame = encode(message).map_err(|_| GuestError::Closed(CloseCode::Protocol))?;
        self.send_frame(Message::Binary(frame)).await
    }

    /// Waits for the next message. It may be cancelled: no message is lost by that.
    pub(crate) async fn next(&mut self) -> Result<ServerMsg, GuestError> {
        loop {
            if let Some(bytes) = self.receipts.next_due() {
                self.send(&ClientMsg::Received(bytes)).await?;
            }
            match self.socket.next().await {
                Some(Ok(Message::Binary(frame))) => {
                    self.receipts.received(frame.len());
                    if let Some(message) = read(&frame)? {
                        return Ok(message);
                    }
                }
                Some(Ok(Message::Ping(payload))) => {
                    self.send_frame(Message::Pong(payload)).await?;
                }
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.and_then(|frame| CloseCode::from_number(frame.code.into()));
                    return Err(GuestError::Closed(code.unwrap_or(CloseCode::Unavailable)));
                }
                Some(Ok(Message::Text(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(_)) | None => return Err(GuestError::Interrupted),
            }
        }
    }

    async fn send_frame(&mut self, frame: Message) -> Result<(), GuestError> {
        let sent = self.socket.send(frame).await;
        sent.map_err(|_| GuestError::Interrupted)
    }
}

/// Reads a frame. Parts of a snapshot tell a guest nothing, because it reads the board of the room
/// itself.
fn read(frame: &[u8]) -> Result<Option<ServerMsg>, GuestError> {
    match decode(frame, MAX_FRAME_BYTES) {
        Ok(ServerMsg::Snapshot(_) | ServerMsg::Opening(_)) => Ok(None),
        Ok(message) => Ok(Some(message)),
        Err(_) => Err(GuestError::Closed(CloseCode::Protocol)),
    }
}
