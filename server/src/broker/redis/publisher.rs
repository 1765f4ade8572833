//! Publishing what is live: many messages in one round trip, nothing kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use redis::pipe;
use shared::id::BoardId;
use shared::limits::MAX_FRAME_BYTES;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use super::pulse::Pulse;
use crate::broker::BrokerError;
use crate::store::redis::RedisTarget;
use crate::store::redis::keys::live_channel;
use crate::store::redis::line::{Line, LineError};

/// Messages that wait for the wire. A full queue means that Redis is slow, and
/// what is live is worth nothing later.
const WAITING: usize = 1024;
/// Messages in one round trip.
const ROUND: usize = 64;
/// Longest wait for a round trip.
const LIMIT: Duration = Duration::from_millis(500);
/// How often a canary is sent.
const CANARY_EVERY: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug)]
pub(super) struct Publisher {
    messages: mpsc::Sender<(BoardId, Bytes)>,
    up: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Publisher {
    pub(super) fn start(target: RedisTarget, canary: String, pulses: Vec<Arc<Pulse>>) -> Self {
        let (messages, waiting) = mpsc::channel(WAITING);
        let up = Arc::new(AtomicBool::new(true));
        let line = Line::start(target);
        let rounds = Rounds {
            line,
            canary,
            pulses,
            waiting,
            up: Arc::clone(&up),
        };
        Self {
            messages,
            up,
            task: tokio::spawn(rounds.run()),
        }
    }

    /// Queues a message; returns at once.
    pub(super) fn publish(&self, board: BoardId, message: Bytes) -> Result<(), BrokerError> {
        let refuse = |reason: &str| Err(BrokerError::Unavailable(reason.to_owned()));
        if message.len() > MAX_FRAME_BYTES {
            return refuse("live message is too large");
        }
        if !self.up.load(Ordering::Relaxed) {
            return refuse("Redis does not answer");
        }
        self.messages
            .try_send((board, message))
            .or_else(|_| refuse("too much waits already"))
    }
}

struct Rounds {
    line: Line,
    canary: String,
    pulses: Vec<Arc<Pulse>>,
    waiting: mpsc::Receiver<(BoardId, Bytes)>,
    up: Arc<AtomicBool>,
}

impl Rounds {
    async fn run(mut self) {
        let mut canary = interval(CANARY_EVERY);
        canary.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut round = Vec::with_capacity(ROUND);
        loop {
            tokio::select! {
                biased;
                _ = canary.tick() => self.send_canary().await,
                count = self.waiting.recv_many(&mut round, ROUND) => {
                    if count == 0 {
                        return;
                    }
                    let sent = self.send(round.drain(..)).await;
                    self.note(&sent);
                }
            }
        }
    }

    async fn send(
        &self,
        messages: impl Iterator<Item = (BoardId, Bytes)>,
    ) -> Result<(), LineError> {
        let mut round = pipe();
        for (board, message) in messages {
            round
                .cmd("PUBLISH")
                .arg(live_channel(board))
                .arg(&message[..])
                .ignore();
        }
        let sending = |mut connection| async move { round.exec_async(&mut connection).await };
        self.line.call(LIMIT, sending).await
    }

    async fn send_canary(&self) {
        let mut canary = pipe();
        canary
            .cmd("PUBLISH")
            .arg(&self.canary)
            .arg(&b""[..])
            .ignore();
        let sending = |mut connection| async move { canary.exec_async(&mut connection).await };
        let sent = self.line.call(LIMIT, sending).await;
        self.note(&sent);
        if sent.is_ok() {
            self.pulses.iter().for_each(|pulse| pulse.sent());
        }
    }

    /// While Redis is away nothing is queued; a canary that gets through ends that.
    fn note(&self, sent: &Result<(), LineError>) {
        let was_up = self.up.swap(sent.is_ok(), Ordering::Relaxed);
        if let (true, Err(error)) = (was_up, sent) {
            tracing::debug!(%error, "publishing to redis failed");
        }
    }
}
