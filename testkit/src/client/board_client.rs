//! A client that keeps a board, as the client in the browser does.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use shared::id::{ClientKey, CommitNo, Millis};
use shared::op::{Guard, Op};
use shared::protocol::{ClientMsg, LiveUpdate, Profile};
use shared::sync::{Driver, DriverEvent, Identity, Replica, Setup};
use tokio::time::{Instant, timeout};

use super::connection::{Connection, Received};
use crate::PATIENCE;
use crate::board::Link;

/// A driver without a timeout is called this often, in milliseconds.
const IDLE: Millis = 1_000;

/// A client of one board. It has no outbox and does not reconnect: in a test, a lost connection and a
/// refused commit are failures.
#[derive(Debug)]
pub struct BoardClient {
    driver: Driver,
    connection: Connection,
    since: Instant,
}

impl BoardClient {
    /// Connects to the board of a link. Nothing is sent or received yet.
    ///
    /// # Errors
    /// If the server does not open a WebSocket.
    pub async fn connect(
        server: &str,
        link: Link,
        key: ClientKey,
        profile: Profile,
    ) -> Result<Self> {
        let connection = Connection::open(server, &link.board.to_string()).await?;
        let setup = Setup {
            identity: Identity::fresh(key),
            commits: Vec::new(),
            secret: link.secret,
            profile,
            device: None,
            seed: 0,
        };
        let mut driver = Driver::new(setup, 0);
        driver.on_connected(0);
        Ok(Self {
            driver,
            connection,
            since: Instant::now(),
        })
    }

    /// Connects and waits until the board is loaded.
    ///
    /// # Errors
    /// If the server does not let the client in within [`PATIENCE`].
    pub async fn join(server: &str, link: Link, key: ClientKey, profile: Profile) -> Result<Self> {
        let mut client = Self::connect(server, link, key, profile).await?;
        client.load().await?;
        Ok(client)
    }

    /// Waits until the board is loaded; returns the bytes of the messages that came until then.
    ///
    /// # Errors
    /// If the server does not let the client in within [`PATIENCE`].
    pub async fn load(&mut self) -> Result<usize> {
        let loading = async {
            let mut bytes = 0;
            self.flush(|_, _| ()).await?;
            while self.replica().at().is_none() {
                let received = self.receive().await?;
                bytes += received.bytes;
                self.apply(received)?;
                self.flush(|_, _| ()).await?;
            }
            Ok(bytes)
        };
        timeout(PATIENCE, loading).await.context("no welcome")?
    }

    /// The client's copy of the board.
    #[must_use]
    pub const fn replica(&self) -> &Replica {
        self.driver.replica()
    }

    /// Changes the board; [`BoardClient::flush`] sends the change.
    pub fn submit(&mut self, ops: Vec<Op>) -> CommitNo {
        let now = self.now();
        self.driver.submit(ops, Guard::Any, now)
    }

    /// Asks for older messages of the conversation; [`BoardClient::flush`] sends the request.
    pub fn read_older_messages(&mut self) {
        self.driver.read_older_messages();
    }

    /// Receives messages and answers them until the replica is as it should be.
    ///
    /// # Errors
    /// If the connection ends, or that takes longer than [`PATIENCE`].
    pub async fn until(&mut self, is_done: impl Fn(&Replica) -> bool) -> Result<()> {
        let receiving = async {
            self.flush(|_, _| ()).await?;
            while !is_done(self.replica()) {
                let received = self.receive().await?;
                self.apply(received)?;
                self.flush(|_, _| ()).await?;
            }
            Ok(())
        };
        timeout(PATIENCE, receiving)
            .await
            .context("it takes too long")?
    }

    /// Shows something to others without making it durable; [`BoardClient::flush`] sends it.
    pub fn send_live(&mut self, item: LiveUpdate) {
        self.driver.send_live(item);
    }

    /// Waits for the next message; [`BoardClient::apply`] gives it to the driver. It may be
    /// cancelled: no message is lost by that.
    ///
    /// # Errors
    /// If the connection ends.
    pub async fn receive(&mut self) -> Result<Received> {
        Ok(self.connection.next().await?)
    }

    /// Gives a message to the driver.
    ///
    /// # Errors
    /// If the driver cannot go on with this connection, or the server refused a commit.
    pub fn apply(&mut self, received: Received) -> Result<()> {
        let now = self.now();
        self.driver
            .on_message(received.message, received.bytes, now);
        self.check()
    }

    /// Sends all that the driver has to send; tells `sent` of each message and the length of its
    /// frame in bytes.
    ///
    /// # Errors
    /// If the connection has ended.
    pub async fn flush(&mut self, mut sent: impl FnMut(&ClientMsg, usize)) -> Result<()> {
        let mut is_waiting = false;
        while let Some(message) = self.driver.poll_send(0) {
            let bytes = self.connection.feed(&message).await?;
            sent(&message, bytes);
            is_waiting = true;
        }
        if is_waiting {
            self.connection.flush().await?;
        }
        Ok(())
    }

    /// When to call [`BoardClient::tick`] next.
    #[must_use]
    pub fn next_tick(&self) -> Instant {
        let now = self.now();
        let due = self.driver.poll_timeout(now).unwrap_or(now + IDLE);
        self.since + Duration::from_millis(due + 1)
    }

    /// Calls the driver after its timeout.
    ///
    /// # Errors
    /// If the server was silent for too long.
    pub fn tick(&mut self) -> Result<()> {
        self.driver.on_timeout(self.now());
        self.check()
    }

    /// Milliseconds since it connected: the driver's clock.
    fn now(&self) -> Millis {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    /// Takes the driver's events; one that reports a failure is an error.
    fn check(&mut self) -> Result<()> {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Disconnect => {
                    bail!("the server was silent, sent a malformed message, or is stopping")
                }
                DriverEvent::GaveUp(code) => bail!("the server refused the client: {code:?}"),
                DriverEvent::IdentityLost => bail!("the server forgot earlier commits"),
                DriverEvent::Refused(reason) => bail!("a commit was refused: {reason:?}"),
                DriverEvent::Connect
                | DriverEvent::Outbox(_)
                | DriverEvent::OutageLasts
                | DriverEvent::SaveIdentity(_)
                | DriverEvent::Changed(_)
                | DriverEvent::Loaded(_)
                | DriverEvent::Reset
                | DriverEvent::Progress
                | DriverEvent::Fullness(_)
                | DriverEvent::Presence
                | DriverEvent::BlobReady(_)
                | DriverEvent::Chat
                | DriverEvent::Rights(_)
                | DriverEvent::Title(_) => {}
            }
        }
        Ok(())
    }
}
