//! Publishes live messages: many in one round trip; none is kept for later.

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

use super::health::Trouble;
use super::heartbeat::Heartbeat;
use crate::broker::BrokerError;
use crate::redis::RedisTarget;
use crate::redis::connection::{CallError, Connection};
use crate::redis::keys::Names;
use crate::redis::refusal::outage_of_call;

/// Messages that wait to be sent. A full queue means that Redis is slow, and
/// live messages are worth nothing later.
const QUEUE: usize = 1024;
/// Messages in one round trip.
const BATCH: usize = 64;
/// Longest wait for a round trip.
const LIMIT: Duration = Duration::from_millis(500);
/// How often a heartbeat is sent.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(1);

/// Queues messages for a task of its own.
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
    pub(super) fn start(
        target: RedisTarget,
        channel: String,
        heartbeats: Vec<Arc<Heartbeat>>,
        trouble: Trouble,
    ) -> Self {
        let (messages, queued) = mpsc::channel(QUEUE);
        let up = Arc::new(AtomicBool::new(true));
        let names = target.names().clone();
        let connection = Connection::start(target);
        let task = PublisherTask {
            connection,
            names,
            trouble,
            heartbeat_channel: channel,
            heartbeats,
            queued,
            up: Arc::clone(&up),
        };
        Self {
            messages,
            up,
            task: tokio::spawn(task.run()),
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
            .or_else(|_| refuse("too many messages wait already"))
    }
}

struct PublisherTask {
    connection: Connection,
    names: Names,
    /// Why publishing fails at present.
    trouble: Trouble,
    heartbeat_channel: String,
    heartbeats: Vec<Arc<Heartbeat>>,
    queued: mpsc::Receiver<(BoardId, Bytes)>,
    up: Arc<AtomicBool>,
}

impl PublisherTask {
    async fn run(mut self) {
        let mut heartbeat = interval(HEARTBEAT_EVERY);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            tokio::select! {
                biased;
                _ = heartbeat.tick() => self.send_heartbeat().await,
                count = self.queued.recv_many(&mut batch, BATCH) => {
                    if count == 0 {
                        return;
                    }
                    let sent = self.send(batch.drain(..)).await;
                    self.note(&sent);
                }
            }
        }
    }

    async fn send(
        &self,
        messages: impl Iterator<Item = (BoardId, Bytes)>,
    ) -> Result<(), CallError> {
        let mut pipeline = pipe();
        for (board, message) in messages {
            pipeline
                .cmd("PUBLISH")
                .arg(self.names.live_channel(board))
                .arg(&message[..])
                .ignore();
        }
        let sending = |mut connection| async move { pipeline.exec_async(&mut connection).await };
        self.connection.call(LIMIT, sending).await
    }

    async fn send_heartbeat(&self) {
        let mut pipeline = pipe();
        pipeline
            .cmd("PUBLISH")
            .arg(&self.heartbeat_channel)
            .arg(&b""[..])
            .ignore();
        let sending = |mut connection| async move { pipeline.exec_async(&mut connection).await };
        self.heartbeats.iter().for_each(|it| it.sending());
        let sent = self.connection.call(LIMIT, sending).await;
        self.note(&sent);
        if sent.is_ok() {
            self.heartbeats.iter().for_each(|it| it.sent());
        }
    }

    /// While Redis does not answer, messages are refused; the next heartbeat that is sent ends that.
    fn note(&self, sent: &Result<(), CallError>) {
        self.up.store(sent.is_ok(), Ordering::Relaxed);
        let outage = sent.as_ref().err();
        self.trouble
            .set(outage.map(|error| outage_of_call(error, &self.names)));
    }
}
