//! One person on a board: the core's half of the protocol, on a connection.

use std::time::Duration;

use anyhow::{Context as _, Result};
use shared::id::{ClientKey, Millis};
use shared::protocol::{ClientMsg, Profile, ServerMsg};
use shared::sync::Replica;
use tokio::time::{Instant, timeout};

use super::connection::{Connection, Received};
use crate::PATIENCE;
use crate::board::Link;

/// How often a replica that has asked for nothing is told the time, in milliseconds.
const IDLE: Millis = 1_000;

/// See the module. It does not connect again: in a test a lost connection is a failure.
#[derive(Debug)]
pub struct Driver {
    /// What is known of the board, and what waits to be sent.
    pub replica: Replica,
    connection: Connection,
    since: Instant,
}

impl Driver {
    /// Connects to the board of a link and says hello. Nothing is received yet.
    ///
    /// # Errors
    /// If the server does not open a WebSocket.
    pub async fn connect(
        server: &str,
        link: Link,
        key: ClientKey,
        profile: Profile,
    ) -> Result<Self> {
        let mut connection = Connection::open(server, &link.board.to_string()).await?;
        let mut replica = Replica::new(key, Vec::new(), 1, 0);
        let hello = replica.connected(link.secret, 1, profile, 0);
        connection.send(&hello).await?;
        Ok(Self {
            replica,
            connection,
            since: Instant::now(),
        })
    }

    /// Connects and waits until the board is there.
    ///
    /// # Errors
    /// If the server does not let the person in within [`PATIENCE`].
    pub async fn join(server: &str, link: Link, key: ClientKey, profile: Profile) -> Result<Self> {
        let joining = async {
            let mut driver = Self::connect(server, link, key, profile).await?;
            while driver.replica.at().is_none() {
                let received = driver.receive().await?;
                driver.apply(received.message)?;
            }
            Ok(driver)
        };
        timeout(PATIENCE, joining).await.context("no welcome")?
    }

    /// Waits for the next message; [`Driver::apply`] gives it to the replica. It may be
    /// cancelled: no message is lost by that.
    ///
    /// # Errors
    /// If the connection ends.
    pub async fn receive(&mut self) -> Result<Received> {
        Ok(self.connection.next().await?)
    }

    /// Gives a message to the replica.
    ///
    /// # Errors
    /// If the replica cannot go on with this connection.
    pub fn apply(&mut self, message: ServerMsg) -> Result<()> {
        let now = self.now();
        Ok(self.replica.receive(message, now)?)
    }

    /// Sends all that the replica has to say; tells `sent` of each message and the length of its
    /// frame in bytes.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn flush(&mut self, mut sent: impl FnMut(&ClientMsg, usize)) -> Result<()> {
        let mut is_waiting = false;
        while let Some(message) = self.replica.poll_transmit() {
            let bytes = self.connection.feed(&message).await?;
            sent(&message, bytes);
            is_waiting = true;
        }
        if is_waiting {
            self.connection.flush().await?;
        }
        Ok(())
    }

    /// When the replica is to be told the time next, by [`Driver::tick`].
    #[must_use]
    pub fn next_tick(&self) -> Instant {
        let now = self.now();
        let due = self.replica.poll_timeout(now).unwrap_or(now + IDLE);
        self.since + Duration::from_millis(due + 1)
    }

    /// Tells the replica the time.
    pub fn tick(&mut self) {
        self.replica.handle_timeout(self.now());
    }

    /// Milliseconds since it connected: the replica's clock.
    #[must_use]
    pub fn now(&self) -> Millis {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }
}
