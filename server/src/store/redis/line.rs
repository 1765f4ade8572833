//! One connection for commands that is always being kept up.
//!
//! A task of its own connects, again and again and without end, looks at each
//! server before it is used, and pings; callers take the connection that is
//! there and give up after their own limit.
//!
//! redis' `ConnectionManager` (1.8) does not fit, even with a response timeout and push
//! notifications. It replaces connections without a hook, while a script must name the run of
//! the very server it is sent to, and a server that may evict boards must not be used at all. A
//! timeout does not make it leave a connection that is silent but not closed. After the last of
//! its attempts it tries again only when somebody asks, and attempts outlive the manager. So
//! only the waits between attempts come from a library.

use std::fmt;
use std::future::Future;
use std::time::{Duration, Instant};

use backon::BackoffBuilder as _;
use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, RedisError, RedisResult, ServerErrorKind, cmd};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::super::StoreError;
use super::facts::{Facts, NotAdmitted};
use super::target::{Admitted, RedisTarget};
use crate::retry::{LONGEST, backoff};

/// How often an idle connection is tried.
const PING_EVERY: Duration = Duration::from_secs(1);
/// Silence after which a connection is given up. Longer than the longest wait
/// for the disk, during which the connection cannot answer.
const PING_LIMIT: Duration = Duration::from_secs(3);
/// A connection that lived this long was a good one.
const STABLE: Duration = Duration::from_secs(1);

/// Why a command brought no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LineError {
    #[error("{0}")]
    Down(String),
    #[error("no answer in {0:?}")]
    Silent(Duration),
    #[error("{0}")]
    Redis(#[from] RedisError),
}

impl From<LineError> for StoreError {
    fn from(error: LineError) -> Self {
        match &error {
            LineError::Redis(inner)
                if matches!(
                    inner.kind(),
                    ErrorKind::Parse | ErrorKind::UnexpectedReturnType
                ) =>
            {
                Self::Corrupt(error.to_string())
            }
            LineError::Redis(_) | LineError::Down(_) | LineError::Silent(_) => {
                Self::Unavailable(error.to_string())
            }
        }
    }
}

/// A connection that is up, and what its server said about itself.
#[derive(Clone)]
pub(super) struct Connected {
    generation: u64,
    since: Instant,
    pub(super) connection: MultiplexedConnection,
    pub(super) facts: Facts,
}

#[derive(Clone)]
enum State {
    Up(Connected),
    Down(String),
}

/// See the module. Dropping it closes the connection.
pub(crate) struct Line {
    state: watch::Receiver<State>,
    /// The newest connection that is of no use any more.
    broken: watch::Sender<u64>,
    keeper: JoinHandle<()>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &*self.state.borrow() {
            State::Up(_) => "up".to_owned(),
            State::Down(reason) => reason.clone(),
        };
        write!(f, "Line({state})")
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

impl Line {
    /// Starts keeping a connection up.
    pub(crate) fn start(target: RedisTarget) -> Self {
        let (told, state) = watch::channel(State::Down("not connected yet".to_owned()));
        let (broken, breaks) = watch::channel(0);
        let keeper = tokio::spawn(keep_up(target, told, breaks));
        Self {
            state,
            broken,
            keeper,
        }
    }

    /// Runs one command or script; waits for the connection and for the answer
    /// together for at most `limit`. Without an answer the outcome is unknown.
    pub(crate) async fn call<T, F>(
        &self,
        limit: Duration,
        work: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Result<T, LineError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        self.call_knowing(limit, |connected| work(connected.connection))
            .await
    }

    /// As [`Self::call`], for work that must know about the server.
    pub(super) async fn call_knowing<T, F>(
        &self,
        limit: Duration,
        work: impl FnOnce(Connected) -> F,
    ) -> Result<T, LineError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let began = Instant::now();
        let connected = self.connected(limit).await?;
        let generation = connected.generation;
        match timeout(limit.saturating_sub(began.elapsed()), work(connected)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                if is_fatal(&error) {
                    self.give_up(generation);
                }
                Err(error.into())
            }
            // The keeper's ping decides whether the connection is dead or the server slow.
            Err(_) => Err(LineError::Silent(limit)),
        }
    }

    /// The connection, as soon as there is one.
    pub(super) async fn connected(&self, limit: Duration) -> Result<Connected, LineError> {
        let mut state = self.state.clone();
        let waiting = state.wait_for(|state| matches!(state, State::Up(_)));
        let found = match timeout(limit, waiting).await {
            Ok(Ok(state)) => match &*state {
                State::Up(connected) => Some(connected.clone()),
                State::Down(_) => None,
            },
            Ok(Err(_)) | Err(_) => None,
        };
        found.ok_or_else(|| LineError::Down(self.reason()))
    }

    /// Connects anew if the connection is older than this, to learn whether the
    /// server was configured differently.
    pub(super) fn refresh(&self, connected: &Connected, age: Duration) {
        if connected.since.elapsed() > age {
            self.give_up(connected.generation);
        }
    }

    fn reason(&self) -> String {
        match &*self.state.borrow() {
            State::Up(_) => "connected only just now".to_owned(),
            State::Down(reason) => reason.clone(),
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
fn is_fatal(error: &RedisError) -> bool {
    error.is_unrecoverable_error()
        || error.is_io_error()
        || error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly)
}

async fn keep_up(
    target: RedisTarget,
    told: watch::Sender<State>,
    mut breaks: watch::Receiver<u64>,
) {
    let mut waits = backoff().build();
    for generation in 1.. {
        match target.connect().await {
            Ok(Admitted {
                connection,
                facts,
                closed,
            }) => {
                let since = Instant::now();
                let connected = Connected {
                    generation,
                    since,
                    connection,
                    facts,
                };
                let watched = connected.connection.clone();
                told.send_replace(State::Up(connected));
                let reason = tokio::select! {
                    reason = until_silent(watched) => reason,
                    () = closed.notified() => "connection closed".to_owned(),
                    _ = breaks.wait_for(|broken| *broken >= generation) => "connection lost".to_owned(),
                };
                tracing::debug!(target = ?target, reason, "redis connection ended");
                told.send_replace(State::Down(reason));
                if since.elapsed() > STABLE {
                    waits = backoff().build();
                }
            }
            Err(NotAdmitted::NotNow(reason)) => {
                told.send_replace(State::Down(reason));
            }
            Err(NotAdmitted::Never(error)) => {
                tracing::error!(%error, "redis server cannot be used");
                told.send_replace(State::Down(error.to_string()));
            }
        }
        sleep(waits.next().unwrap_or(LONGEST)).await;
    }
}

/// Returns when a connection does not answer any more. An error that the server
/// itself sends is an answer.
async fn until_silent(mut connection: MultiplexedConnection) -> String {
    loop {
        sleep(PING_EVERY).await;
        let ping = cmd("PING");
        match timeout(
            PING_LIMIT,
            ping.query_async::<redis::Value>(&mut connection),
        )
        .await
        {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if !is_fatal(&error) => {}
            Ok(Err(error)) => return error.to_string(),
            Err(_) => return format!("no answer in {PING_LIMIT:?}"),
        }
    }
}
