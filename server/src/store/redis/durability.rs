//! Waits until Redis has written all stored commits to the disk.
//!
//! One task asks Redis. All callers that come while it waits are answered together by its next
//! round, which begins after they came.

use std::time::Duration;

use redis::{RedisError, cmd, pipe};
use shared::id::NodeId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::super::StoreError;
use crate::redis::RedisTarget;
use crate::redis::connection::{Connected, Connection};
use crate::redis::server_info::{Fsync, ServerInfo};

/// Callers that may be queued at once; more wait until a slot is free.
const QUEUE: usize = 1024;
/// Callers answered by one round.
const ROUND: usize = 1024;
/// Longest wait for a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// Longest single wait for the disk. While it lasts the connection answers
/// nothing else, so it is shorter than the limit of the connection's ping.
const WAIT_MS: u64 = 1500;
/// Waits after which the caller is told to ask again.
const WAITS: usize = 4;
/// Longest wait for a reply on top of that.
const REPLY_LIMIT: Duration = Duration::from_millis(WAIT_MS + 1000);
/// How late Redis may be with its fsync each second, where it cannot tell when it is done.
const UNCONFIRMED_WAIT: Duration = Duration::from_secs(2);
/// After this time a server without a durable file is asked again whether it has one now.
const ASK_AGAIN: Duration = Duration::from_secs(10);

#[derive(Clone)]
enum RoundResult {
    Durable,
    NeverDurable,
    Unknown(String),
}

/// The task that asks Redis.
#[derive(Debug)]
pub(super) struct DurabilityTask {
    callers: mpsc::Sender<oneshot::Sender<RoundResult>>,
    task: JoinHandle<()>,
}

impl Drop for DurabilityTask {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl DurabilityTask {
    pub(super) fn start(target: RedisTarget, node: NodeId) -> Self {
        let (callers, waiting) = mpsc::channel(QUEUE);
        let key = target.names().durability_key(node);
        let connection = Connection::start(target);
        let task = tokio::spawn(
            Rounds {
                connection,
                key,
                waiting,
            }
            .run(),
        );
        Self { callers, task }
    }

    /// Returns when everything that was stored before the call is safe from power loss.
    pub(super) async fn wait(&self) -> Result<(), StoreError> {
        let stopped = || StoreError::Unavailable("store has stopped".to_owned());
        let (reply, answer) = oneshot::channel();
        self.callers.send(reply).await.map_err(|_| stopped())?;
        match answer.await.map_err(|_| stopped())? {
            RoundResult::Durable => Ok(()),
            RoundResult::NeverDurable => Err(StoreError::NeverDurable),
            RoundResult::Unknown(reason) => Err(StoreError::Unavailable(reason)),
        }
    }
}

struct Rounds {
    connection: Connection,
    key: String,
    waiting: mpsc::Receiver<oneshot::Sender<RoundResult>>,
}

impl Rounds {
    async fn run(mut self) {
        let mut callers = Vec::new();
        while self.waiting.recv_many(&mut callers, ROUND).await > 0 {
            let result = self.round().await;
            for caller in callers.drain(..) {
                // A caller that went away needs no answer.
                drop(caller.send(result.clone()));
            }
        }
    }

    async fn round(&self) -> RoundResult {
        let connected = match self.connection.connected(CONNECT_LIMIT).await {
            Ok(connected) => connected,
            Err(error) => return RoundResult::Unknown(error.to_string()),
        };
        match connected.server.fsync {
            Fsync::Always => RoundResult::Durable,
            Fsync::Never => {
                self.connection.refresh(&connected, ASK_AGAIN);
                RoundResult::NeverDurable
            }
            Fsync::EverySecondConfirmed => self.wait_for_confirmation(connected).await,
            Fsync::EverySecondUnconfirmed => wait_unconfirmed(connected).await,
        }
    }

    async fn wait_for_confirmation(&self, mut connected: Connected) -> RoundResult {
        for _ in 0..WAITS {
            let mut ask = pipe();
            ask.cmd("SET")
                .arg(&self.key)
                .arg(1)
                .arg("EX")
                .arg(3600)
                .ignore();
            ask.cmd("WAITAOF").arg(1).arg(0).arg(WAIT_MS);
            let asked = ask.query_async::<((u64, u64),)>(&mut connected.connection);
            match timeout(REPLY_LIMIT, asked).await {
                Ok(Ok(((1.., _),))) => return RoundResult::Durable,
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return self.refresh_after(&connected, &error),
                Err(_) => return RoundResult::Unknown(format!("no answer in {REPLY_LIMIT:?}")),
            }
        }
        RoundResult::Unknown("disk of the Redis server is slow".to_owned())
    }

    /// The append-only file may have been turned off since the connection was made.
    fn refresh_after(&self, connected: &Connected, error: &RedisError) -> RoundResult {
        self.connection.refresh(connected, Duration::ZERO);
        RoundResult::Unknown(error.to_string())
    }
}

/// Waits as long as the server may take to sync, and then checks whether it is still the same
/// process and its last write succeeded.
async fn wait_unconfirmed(mut connected: Connected) -> RoundResult {
    tokio::time::sleep(UNCONFIRMED_WAIT).await;
    let question = cmd("INFO");
    let asked = question.query_async::<String>(&mut connected.connection);
    match timeout(REPLY_LIMIT, asked).await {
        Ok(Ok(info)) => {
            let now = ServerInfo::read(&info, "everysec");
            if now.run_id != connected.server.run_id || now.fsync == Fsync::Never {
                RoundResult::Unknown("Redis server was restarted or configured anew".to_owned())
            } else if now.last_write_ok {
                RoundResult::Durable
            } else {
                RoundResult::Unknown("Redis server cannot write to its disk".to_owned())
            }
        }
        Ok(Err(error)) => RoundResult::Unknown(error.to_string()),
        Err(_) => RoundResult::Unknown(format!("no answer in {REPLY_LIMIT:?}")),
    }
}
