//! Publishes live messages at one master: many in one round trip; none is kept for later.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use redis::{RedisError, RedisResult, Value, pipe};
use shared::id::BoardId;
use shared::limits::MAX_FRAME_BYTES;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;

use super::health::Trouble;
use super::heartbeat::Heartbeat;
use super::link::Parts;
use crate::broker::BrokerError;
use crate::redis::connection::{CallError, Connection};
use crate::redis::node::Node;
use crate::redis::refusal::{is_elsewhere, outage_of_call};

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
    _task: AbortOnDropHandle<()>,
}

impl Publisher {
    pub(super) fn start(
        master: &Node,
        parts: Arc<Parts>,
        heartbeats: [Arc<Heartbeat>; 2],
        trouble: Trouble,
    ) -> Self {
        let (messages, queued) = mpsc::channel(QUEUE);
        let up = Arc::new(AtomicBool::new(true));
        let connection = Connection::start(master.clone(), parts.target.clone());
        let task = PublisherTask {
            connection,
            master: master.clone(),
            parts,
            trouble,
            heartbeats,
            queued,
            up: Arc::clone(&up),
        };
        Self {
            messages,
            up,
            _task: AbortOnDropHandle::new(tokio::spawn(task.run())),
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
    master: Node,
    parts: Arc<Parts>,
    /// Why publishing fails at present.
    trouble: Trouble,
    heartbeats: [Arc<Heartbeat>; 2],
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
                    let channel_of = |board| self.parts.target.names().live_channel(board);
                    let messages = batch.drain(..);
                    let sent = self
                        .send(messages.map(|(board, bytes)| (channel_of(board), bytes)))
                        .await;
                    self.note(&sent);
                }
            }
        }
    }

    /// Publishes messages. One that another master should have got is lost.
    async fn send(&self, messages: impl Iterator<Item = (String, Bytes)>) -> Result<(), CallError> {
        let messages: Vec<_> = messages.collect();
        let answers: Vec<RedisResult<Value>> = self
            .connection
            .call(LIMIT, |mut connected| async move {
                let mut pipeline = pipe();
                for (channel, message) in &messages {
                    pipeline
                        .cmd(connected.server.publish())
                        .arg(channel)
                        .arg(&message[..]);
                }
                pipeline
                    .ignore_errors()
                    .query_async(&mut connected.connection)
                    .await
            })
            .await?;
        let mut refusals = answers.into_iter().filter_map(Result::err);
        let elsewhere = |refusal: &RedisError| {
            let is_elsewhere = is_elsewhere(refusal);
            if is_elsewhere {
                self.parts.target.topology().suspect();
            }
            is_elsewhere
        };
        refusals
            .find(|refusal| !elsewhere(refusal))
            .map_or(Ok(()), |refusal| Err(refusal.into()))
    }

    async fn send_heartbeat(&self) {
        let channel = self.parts.heartbeat_channel(&self.master);
        self.heartbeats.iter().for_each(|it| it.sending());
        let sent = self.send(std::iter::once((channel, Bytes::new()))).await;
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
            .set(outage.map(|error| outage_of_call(error, self.parts.target.names())));
    }
}
