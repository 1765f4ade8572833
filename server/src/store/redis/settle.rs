//! Waiting until Redis has brought to the disk what it stored.
//!
//! One task asks; all who come while it waits are answered together by its next
//! round, which begins after they came.

use std::time::Duration;

use redis::{RedisError, cmd, pipe};
use shared::id::NodeId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::super::StoreError;
use super::facts::{Facts, Fsync};
use super::keys::settle_key;
use super::line::{Connected, Line};
use super::target::RedisTarget;

/// Askers that may wait at once; more wait to be let in.
const WAITING: usize = 1024;
/// Askers answered by one round.
const ROUND: usize = 1024;
/// Longest wait for a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// Longest single wait for the disk. While it lasts the connection answers
/// nothing else, so it is shorter than the limit of the line's ping.
const WAIT_MS: u64 = 1500;
/// Waits before an asker is told to come again.
const WAITS: usize = 4;
/// Longest wait for a reply on top of that.
const REPLY_LIMIT: Duration = Duration::from_millis(WAIT_MS + 1000);
/// How late Redis may be with its fsync each second, where it cannot tell.
const UNTOLD: Duration = Duration::from_secs(2);
/// After this time a server that keeps nothing is asked again whether it does now.
const ASK_AGAIN: Duration = Duration::from_secs(10);

#[derive(Clone)]
enum Settled {
    Safe,
    Never,
    Unknown(String),
}

/// See the module.
#[derive(Debug)]
pub(super) struct Settler {
    askers: mpsc::Sender<oneshot::Sender<Settled>>,
    task: JoinHandle<()>,
}

impl Drop for Settler {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Settler {
    pub(super) fn start(target: RedisTarget, node: NodeId) -> Self {
        let (askers, waiting) = mpsc::channel(WAITING);
        let line = Line::start(target);
        let task = tokio::spawn(
            Rounds {
                line,
                key: settle_key(node),
                waiting,
            }
            .run(),
        );
        Self { askers, task }
    }

    /// Returns when what was stored before the call is safe from power loss.
    pub(super) async fn settle(&self) -> Result<(), StoreError> {
        let stopped = || StoreError::Unavailable("store has stopped".to_owned());
        let (reply, answer) = oneshot::channel();
        self.askers.send(reply).await.map_err(|_| stopped())?;
        match answer.await.map_err(|_| stopped())? {
            Settled::Safe => Ok(()),
            Settled::Never => Err(StoreError::NeverDurable),
            Settled::Unknown(reason) => Err(StoreError::Unavailable(reason)),
        }
    }
}

struct Rounds {
    line: Line,
    key: String,
    waiting: mpsc::Receiver<oneshot::Sender<Settled>>,
}

impl Rounds {
    async fn run(mut self) {
        let mut askers = Vec::new();
        while self.waiting.recv_many(&mut askers, ROUND).await > 0 {
            let settled = self.round().await;
            for asker in askers.drain(..) {
                // An asker that went away needs no answer.
                drop(asker.send(settled.clone()));
            }
        }
    }

    async fn round(&self) -> Settled {
        let connected = match self.line.connected(CONNECT_LIMIT).await {
            Ok(connected) => connected,
            Err(error) => return Settled::Unknown(error.to_string()),
        };
        match connected.facts.fsync {
            Fsync::Always => Settled::Safe,
            Fsync::Never => {
                self.line.refresh(&connected, ASK_AGAIN);
                Settled::Never
            }
            Fsync::EverySecondTold => self.wait_to_be_told(connected).await,
            Fsync::EverySecondUntold => wait_untold(connected).await,
        }
    }

    async fn wait_to_be_told(&self, mut connected: Connected) -> Settled {
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
                Ok(Ok(((1.., _),))) => return Settled::Safe,
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return self.refused(&connected, &error),
                Err(_) => return Settled::Unknown(format!("no answer in {REPLY_LIMIT:?}")),
            }
        }
        Settled::Unknown("disk of the Redis server is slow".to_owned())
    }

    /// The append-only file may have been turned off since the connection was made.
    fn refused(&self, connected: &Connected, error: &RedisError) -> Settled {
        self.line.refresh(connected, Duration::ZERO);
        Settled::Unknown(error.to_string())
    }
}

/// Lets the time pass in which the server must have synced, and then looks
/// whether it is still the same process and its writes went well.
async fn wait_untold(mut connected: Connected) -> Settled {
    tokio::time::sleep(UNTOLD).await;
    let question = cmd("INFO");
    let asked = question.query_async::<String>(&mut connected.connection);
    match timeout(REPLY_LIMIT, asked).await {
        Ok(Ok(info)) => {
            let now = Facts::read(&info, "everysec");
            if now.run != connected.facts.run || now.fsync == Fsync::Never {
                Settled::Unknown("Redis server was restarted or configured anew".to_owned())
            } else if now.writing {
                Settled::Safe
            } else {
                Settled::Unknown("Redis server cannot write to its disk".to_owned())
            }
        }
        Ok(Err(error)) => Settled::Unknown(error.to_string()),
        Err(_) => Settled::Unknown(format!("no answer in {REPLY_LIMIT:?}")),
    }
}
