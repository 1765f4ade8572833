//! A client of a board without the board: it sends and receives messages.

use anyhow::{Context as _, Result};
use shared::protocol::{ClientMsg, ServerMsg};
use shared::sync::Receipts;
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::client::Connection;
use testkit::fixtures::hello;
use tokio::time::timeout;

/// A connection that acknowledges each part.
pub(crate) struct Peer {
    connection: Connection,
    receipts: Receipts,
}

impl Peer {
    /// Joins a board as the client of a number.
    ///
    /// # Errors
    /// The server does not let it in.
    pub(crate) async fn join(server: &str, link: Link, who: u8) -> Result<Self> {
        let mut connection = Connection::open(server, &link.board.to_string()).await?;
        let hello = hello(link.secret, who);
        connection.send(&ClientMsg::Hello(hello)).await?;
        let receipts = Receipts::default();
        let mut peer = Self {
            connection,
            receipts,
        };
        while !matches!(peer.next().await?, ServerMsg::Welcome(_)) {}
        Ok(peer)
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The connection has ended.
    pub(crate) async fn send(&mut self, message: &ClientMsg) -> Result<()> {
        self.connection.send(message).await
    }

    /// The next message.
    ///
    /// # Errors
    /// The connection has ended, or the server is silent.
    pub(crate) async fn next(&mut self) -> Result<ServerMsg> {
        let next = timeout(PATIENCE, self.connection.next()).await;
        let received = next.context("the server is silent")??;
        self.receipts.received(received.bytes);
        if let Some(bytes) = self.receipts.next_due() {
            self.send(&ClientMsg::Received(bytes)).await?;
        }
        Ok(received.message)
    }
}
