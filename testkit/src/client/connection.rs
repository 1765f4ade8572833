//! A WebSocket that carries the messages of the protocol.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result};
use futures::{SinkExt as _, StreamExt as _};
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, CodecError, ServerMsg, decode, encode};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async_with_config};

/// The size of a narrow receive buffer, in bytes; the system doubles it.
const NARROW: u32 = 4 * 1024;

/// A message and how long its frame was, in bytes.
#[derive(Debug)]
pub struct Received {
    /// The message.
    pub message: ServerMsg,
    /// The length of its frame.
    pub bytes: usize,
}

/// Why no more messages come.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// The server closed the connection, with this code if it gave one.
    #[error("closed by the server with the code {0:?}")]
    Closed(Option<u16>),
    /// The connection broke without a close frame.
    #[error("the connection broke: {0:?}")]
    Broken(Option<Error>),
    /// The server sent a malformed message.
    #[error("a malformed message: {0}")]
    Malformed(#[from] CodecError),
}

/// A WebSocket that carries messages.
#[derive(Debug)]
pub struct Connection(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Connection {
    /// Connects to a board, by the text of its id, at a server such as `http://127.0.0.1:3000`.
    ///
    /// # Errors
    /// If the server does not open a WebSocket.
    pub async fn open(server: &str, board: &str) -> Result<Self> {
        let url = url(server, board);
        let (socket, _) = connect_async_with_config(&url, None, true)
            .await
            .with_context(|| format!("cannot connect to {url}"))?;
        Ok(Self(socket))
    }

    /// Connects with a receive buffer of a few KiB, which is soon full while the client does not read.
    ///
    /// # Errors
    /// As [`Connection::open`].
    pub async fn open_narrow(server: SocketAddr, board: &str) -> Result<Self> {
        Self::open_narrow_from(Ipv4Addr::LOCALHOST, server, board).await
    }

    /// Connects as [`Connection::open_narrow`], from an address of this machine.
    ///
    /// # Errors
    /// As [`Connection::open`].
    pub async fn open_narrow_from(from: Ipv4Addr, server: SocketAddr, board: &str) -> Result<Self> {
        let narrow = TcpSocket::new_v4()?;
        narrow.bind(SocketAddr::from((from, 0)))?;
        narrow.set_recv_buffer_size(NARROW)?;
        let stream = MaybeTlsStream::Plain(narrow.connect(server).await?);
        let (socket, _) = client_async(url(&format!("http://{server}"), board), stream).await?;
        Ok(Self(socket))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn send(&mut self, message: &ClientMsg) -> Result<()> {
        self.send_raw(Message::Binary(encode(message)?)).await
    }

    /// Sends a frame of any kind.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn send_raw(&mut self, frame: Message) -> Result<()> {
        Ok(self.0.send(frame).await?)
    }

    /// Writes a message that is sent with the next [`Connection::flush`]; returns the length of
    /// its frame in bytes.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn feed(&mut self, message: &ClientMsg) -> Result<usize> {
        let frame = encode(message)?;
        let bytes = frame.len();
        self.0.feed(Message::Binary(frame)).await?;
        Ok(bytes)
    }

    /// Sends what was fed.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn flush(&mut self) -> Result<()> {
        Ok(self.0.flush().await?)
    }

    /// Waits for the next message. It may be cancelled: no message is lost by that.
    ///
    /// # Errors
    /// See [`Ended`].
    pub async fn next(&mut self) -> Result<Received, Ended> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Binary(frame))) => {
                    let message = decode(&frame, MAX_FRAME_BYTES)?;
                    let bytes = frame.len();
                    return Ok(Received { message, bytes });
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(Ended::Closed(frame.map(|frame| frame.code.into())));
                }
                Some(Ok(
                    Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
                )) => {}
                Some(Err(error)) => return Err(Ended::Broken(Some(error))),
                None => return Err(Ended::Broken(None)),
            }
        }
    }
}

fn url(server: &str, board: &str) -> String {
    let server = server.replacen("http", "ws", 1);
    format!("{server}/ws/{board}")
}
