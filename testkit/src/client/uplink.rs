//! The connection of a roaming client: open, being opened, or neither.

use std::collections::VecDeque;
use std::future::pending;
use std::time::Duration;

use anyhow::Result;
use shared::protocol::ClientMsg;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::connection::{Connection, Ended, Received};

/// How long the socket may take to accept a message before the client looks for others.
const WRITE_LIMIT: Duration = Duration::from_millis(20);

/// What happened.
pub(super) enum Event {
    Received(Received),
    /// The connection ended, or could not be made; the server gave this code, if any.
    Ended(Option<u16>),
    Opened,
    Time,
}

/// A connection to one of several servers.
#[derive(Debug)]
pub(super) struct Uplink {
    /// Addresses of servers; the next attempt goes to the first.
    servers: VecDeque<String>,
    board: String,
    connection: Option<Connection>,
    attempt: Option<JoinHandle<Result<Connection>>>,
    /// The socket has not accepted the last message yet.
    is_blocked: bool,
    reading_pause: Option<Duration>,
    next_read: Instant,
}

impl Drop for Uplink {
    fn drop(&mut self) {
        self.close();
    }
}

impl Uplink {
    pub(super) fn new(
        servers: Vec<String>,
        board: String,
        reading_pause: Option<Duration>,
    ) -> Self {
        Self {
            servers: servers.into(),
            board,
            connection: None,
            attempt: None,
            is_blocked: false,
            reading_pause,
            next_read: Instant::now(),
        }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.connection.is_some()
    }

    /// Begins to connect to the next server.
    pub(super) fn connect(&mut self) {
        self.close();
        let Some(server) = self.servers.pop_front() else {
            return;
        };
        self.servers.push_back(server.clone());
        let board = self.board.clone();
        let opening = async move { Connection::open(&server, &board).await };
        self.attempt = Some(tokio::spawn(opening));
    }

    /// Drops the connection or the attempt; tells whether there was a connection.
    pub(super) fn close(&mut self) -> bool {
        if let Some(attempt) = self.attempt.take() {
            attempt.abort();
        }
        self.connection.take().is_some()
    }

    /// Whether the socket takes another message.
    pub(super) async fn is_ready(&mut self) -> bool {
        let Some(connection) = &mut self.connection else {
            return false;
        };
        if self.is_blocked {
            // The end of the connection is found by reading.
            let flushed = timeout(WRITE_LIMIT, connection.flush()).await;
            self.is_blocked = !matches!(flushed, Ok(Ok(())));
        }
        !self.is_blocked
    }

    /// Writes a message. A socket that is ready takes it without waiting.
    pub(super) async fn feed(&mut self, message: &ClientMsg) {
        if let Some(connection) = &mut self.connection {
            // An error is found by reading.
            connection.feed(message).await.ok();
            self.is_blocked = true;
        }
    }

    /// Waits for something to happen, at most until a time.
    pub(super) async fn next(&mut self, until: Instant) -> Event {
        let (connection, attempt, next_read) =
            (&mut self.connection, &mut self.attempt, self.next_read);
        let reading = async {
            let Some(connection) = connection else {
                return pending().await;
            };
            if next_read > Instant::now() {
                sleep_until(next_read).await;
            }
            connection.next().await
        };
        let opening = async {
            match attempt {
                Some(attempt) => attempt.await,
                None => pending().await,
            }
        };
        tokio::select! {
            received = reading => match received {
                Ok(received) => {
                    if let Some(pause) = self.reading_pause {
                        self.next_read = Instant::now() + pause;
                    }
                    Event::Received(received)
                }
                Err(ended) => {
                    self.close();
                    Event::Ended(match ended {
                        Ended::Closed(code) => code,
                        Ended::Broken(_) | Ended::Malformed(_) => None,
                    })
                }
            },
            opened = opening => {
                self.attempt = None;
                self.connection = opened.ok().and_then(Result::ok);
                self.is_blocked = false;
                if self.is_open() { Event::Opened } else { Event::Ended(None) }
            }
            () = sleep_until(until) => Event::Time,
        }
    }
}
