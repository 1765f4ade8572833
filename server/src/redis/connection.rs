//! One connection for commands to one server, which reconnects by itself.
//!
//! A task of its own connects, again and again and without end, checks each server before it is
//! used, and pings it. Callers use the current connection and give up after their own limit.
//!
//! redis' `ConnectionManager` (1.8) does not fit, even with a response timeout and push
//! notifications. It replaces connections without a hook, while a script must name the run of
//! the very server it is sent to, and a server that may evict boards must not be used at all. A
//! timeout does not make it leave a connection that is silent but not closed. After the last of
//! its attempts it tries again only when it is used, and attempts outlive the manager. So
//! only the waits between attempts come from a library.

use std::fmt;
use std::future::Future;
use std::time::{Duration, Instant};

use backon::BackoffBuilder as _;
use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::{
    Cmd, ErrorKind, Pipeline, RedisError, RedisFuture, RedisResult, ServerErrorKind, Value, pipe,
};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::liveness::until_useless;
use super::node::{Node, Usable};
use super::server_info::{ConnectError, ServerInfo};
use super::target::RedisTarget;
use crate::metrics::RedisConnection;
use crate::retry::{LONGEST, backoff};

/// After a connection that lasted this long the waits between attempts begin anew.
const STABLE: Duration = Duration::from_secs(1);

/// Why a command brought no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// There is no connection.
    #[error("{0}")]
    Disconnected(String),
    /// The answer did not come in time; the outcome is unknown.
    #[error("no answer in {0:?}")]
    TimedOut(Duration),
    /// The server or the library reports an error.
    #[error("{0}")]
    Redis(#[from] RedisError),
}

/// An open connection, and the version and configuration of its server.
#[derive(Clone)]
pub(crate) struct Connected {
    generation: u64,
    since: Instant,
    pub(crate) connection: NodeConnection,
    pub(crate) server: ServerInfo,
}

/// A connection to one server.
#[derive(Clone)]
pub(crate) struct NodeConnection {
    connection: MultiplexedConnection,
    /// Whether each command asks for a slot that is about to come to this server.
    asking: bool,
}

impl Connected {
    /// The same connection, for commands on a slot that is about to come to this server.
    pub(crate) fn asking(mut self) -> Self {
        self.connection.asking = true;
        self
    }
}

impl ConnectionLike for NodeConnection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        if !self.asking {
            return self.connection.req_packed_command(cmd);
        }
        Box::pin(async move {
            let mut both = pipe();
            both.cmd("ASKING").add_command(cmd.clone());
            let answers = self.connection.send_packed_commands(&both, 0, 2).await?;
            Ok(answers.into_iter().next_back().unwrap_or(Value::Nil))
        })
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        self.connection.req_packed_commands(pipeline, offset, count)
    }

    fn get_db(&self) -> i64 {
        self.connection.get_db()
    }
}

#[derive(Clone)]
enum State {
    Open(Connected),
    Closed(String),
}

/// A connection to one server. Dropping it closes the connection.
pub(crate) struct Connection {
    state: watch::Receiver<State>,
    /// The newest connection that must not be used any more.
    broken: watch::Sender<u64>,
    task: JoinHandle<()>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &*self.state.borrow() {
            State::Open(_) => "open".to_owned(),
            State::Closed(reason) => reason.clone(),
        };
        write!(f, "Connection({state})")
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Connection {
    /// Starts to connect to a server of a Redis, whose masters are looked up anew when the server
    /// cannot be reached.
    pub(crate) fn start(node: Node, target: RedisTarget) -> Self {
        let (states, state) = watch::channel(State::Closed("not connected yet".to_owned()));
        let (broken, breaks) = watch::channel(0);
        let task = tokio::spawn(reconnect(node, target, states, breaks));
        Self {
            state,
            broken,
            task,
        }
    }

    /// Runs a command or script; waits for the connection and for the answer together for at
    /// most `limit`. Without an answer the outcome is unknown.
    pub(crate) async fn call<T, F>(
        &self,
        limit: Duration,
        command: impl FnOnce(Connected) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let began = Instant::now();
        let connected = self.connected(limit).await?;
        let left = limit.saturating_sub(began.elapsed());
        self.exchange(connected, left, command).await
    }

    /// As [`Self::call`], on a connection that [`Self::connected`] returned.
    pub(crate) async fn exchange<T, F>(
        &self,
        connected: Connected,
        limit: Duration,
        command: impl FnOnce(Connected) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let generation = connected.generation;
        match timeout(limit, command(connected)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                if is_fatal(&error) {
                    self.give_up(generation);
                }
                Err(error.into())
            }
            // The ping decides whether the connection is dead or the server slow.
            Err(_) => Err(CallError::TimedOut(limit)),
        }
    }

    /// The connection, as soon as there is one.
    pub(crate) async fn connected(&self, limit: Duration) -> Result<Connected, CallError> {
        let mut state = self.state.clone();
        let waiting = state.wait_for(|state| matches!(state, State::Open(_)));
        let found = match timeout(limit, waiting).await {
            Ok(Ok(state)) => match &*state {
                State::Open(connected) => Some(connected.clone()),
                State::Closed(_) => None,
            },
            Ok(Err(_)) | Err(_) => None,
        };
        found.ok_or_else(|| CallError::Disconnected(self.reason()))
    }

    /// Reconnects if the connection is older than this, to learn whether the
    /// server was configured differently.
    pub(crate) fn refresh(&self, connected: &Connected, age: Duration) {
        if connected.since.elapsed() > age {
            self.give_up(connected.generation);
        }
    }

    fn reason(&self) -> String {
        match &*self.state.borrow() {
            State::Open(_) => "connected only just now".to_owned(),
            State::Closed(reason) => reason.clone(),
        }
    }

    fn give_up(&self, generation: u64) {
        self.broken.send_if_modified(|broken| {
            let newer = generation > *broken;
            *broken = generation.max(*broken);
            newer
        });
    }
}

/// Whether a connection is of no use after this error. A server that became a
/// replica is left, because the name may lead to the new master by now.
pub(super) fn is_fatal(error: &RedisError) -> bool {
    error.is_unrecoverable_error()
        || error.is_io_error()
        || error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly)
}

/// Connects again whenever a connection ends, without end.
async fn reconnect(
    node: Node,
    target: RedisTarget,
    states: watch::Sender<State>,
    mut breaks: watch::Receiver<u64>,
) {
    let mut waits = backoff().build();
    for generation in 1.. {
        match node.connect().await {
            Ok(Usable {
                connection,
                server,
                closed,
            }) => {
                let since = Instant::now();
                let watched = until_useless(&node, connection.clone(), server.clone());
                let asking = false;
                let connected = Connected {
                    generation,
                    since,
                    connection: NodeConnection { connection, asking },
                    server,
                };
                states.send_replace(State::Open(connected));
                let reason = tokio::select! {
                    reason = watched => reason,
                    () = closed.notified() => "connection closed".to_owned(),
                    _ = breaks.wait_for(|broken| *broken >= generation) => "connection lost".to_owned(),
                };
                tracing::debug!(?node, reason, "redis connection ended");
                states.send_replace(State::Closed(reason));
                target.metrics().connection_lost(RedisConnection::Commands);
                if since.elapsed() > STABLE {
                    waits = backoff().build();
                }
            }
            Err(ConnectError::Temporary(reason)) => {
                states.send_replace(State::Closed(reason));
            }
            Err(ConnectError::Permanent(error)) => {
                states.send_replace(State::Closed(error.to_string()));
            }
        }
        target.topology().lost_master();
        sleep(waits.next().unwrap_or(LONGEST)).await;
    }
}
