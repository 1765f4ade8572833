//! One connection to one server that subscribes to channels.
//!
//! Each request waits for its confirmation. redis' `ConnectionManager` (1.8) would ignore a
//! SUBSCRIBE that failed after a reconnect.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{Msg, PushInfo, PushKind, RedisResult, Value};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use super::keys::Names;
use super::node::Node;
use super::refusal::{is_elsewhere, outage};
use super::server_info::ConnectError;
use crate::health::Outage;

/// Longest wait for a confirmation or a pong.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// Requests sent together: a server with thousands of boards subscribes to all of them again
/// after a reconnect.
const CHUNK: usize = 256;

/// A connection with its confirmed subscriptions. It does not reconnect.
pub(crate) struct Subscriber {
    connection: MultiplexedConnection,
    /// Whether the channels are those of shards.
    is_sharded: bool,
    names: Names,
    channels: HashSet<String>,
    /// How often we left each channel without having seen the confirmation among the events yet.
    leaving: HashMap<String, usize>,
    /// Confirmations that shard channels were left, at our request or at that of the server.
    left: Arc<AtomicUsize>,
}

/// What a connection yields.
#[derive(Debug)]
pub(crate) enum Event {
    /// A message on a channel.
    Message(Msg),
    /// A subscription has ended.
    Left(String),
}

/// The events of one connection, up to its end.
pub(crate) struct Events(UnboundedReceiver<PushInfo>);

impl Events {
    /// The next event; `None` when the connection is closed.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            let push = self.0.recv().await?;
            match push.kind {
                PushKind::Disconnection => return None,
                PushKind::Message | PushKind::SMessage => {
                    if let Some(message) = Msg::from_push_info(push) {
                        return Some(Event::Message(message));
                    }
                }
                PushKind::Unsubscribe | PushKind::SUnsubscribe => {
                    if let Some(Value::BulkString(channel)) = push.data.into_iter().next() {
                        return Some(Event::Left(String::from_utf8_lossy(&channel).into_owned()));
                    }
                }
                _ => {}
            }
        }
    }
}

impl Subscriber {
    /// Connects; the events begin with the first subscription.
    pub(crate) async fn connect(node: &Node, names: &Names) -> Result<(Self, Events), Outage> {
        let (events, received) = unbounded_channel();
        let left = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&left);
        let on_push = move |push: PushInfo| {
            if push.kind == PushKind::SUnsubscribe {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            // The receiver is gone when the connection was given up.
            drop(events.send(push));
        };
        let connecting = node.connect_pubsub(on_push).await;
        let connection = connecting.map_err(|error| match error {
            ConnectError::Temporary(reason) => {
                Outage::shared(format!("Redis cannot be used: {reason}"))
            }
            ConnectError::Permanent(error) => Outage::own(error.to_string()),
        })?;
        let subscriber = Self {
            connection,
            is_sharded: node.is_in_cluster(),
            names: names.clone(),
            channels: HashSet::new(),
            leaving: HashMap::new(),
            left,
        };
        Ok((subscriber, Events(received)))
    }

    /// The channels that are subscribed to.
    pub(crate) const fn channels(&self) -> &HashSet<String> {
        &self.channels
    }

    /// Subscribes to channels. Returns those that were not subscribed to before and are now; a
    /// cluster refuses channels whose slots another master has.
    pub(crate) async fn subscribe(&mut self, channels: Vec<String>) -> Result<Vec<String>, Outage> {
        let command = if self.is_sharded {
            "SSUBSCRIBE"
        } else {
            "SUBSCRIBE"
        };
        let mut fresh = channels;
        fresh.retain(|channel| self.channels.insert(channel.clone()));
        let mut subscribed = Vec::with_capacity(fresh.len());
        for chunk in fresh.chunks(CHUNK) {
            let answers = self.request(command, chunk, 0).await?;
            for (channel, answer) in chunk.iter().zip(answers) {
                match answer {
                    Ok(_) => subscribed.push(channel.clone()),
                    Err(error) if is_elsewhere(&error) => {
                        self.channels.remove(channel);
                    }
                    Err(error) => return Err(outage(&error, &self.names)),
                }
            }
        }
        Ok(subscribed)
    }

    /// Unsubscribes from channels, except for those that are not subscribed to.
    pub(crate) async fn unsubscribe(&mut self, channels: Vec<String>) -> Result<(), Outage> {
        let mut subscribed = channels;
        subscribed.retain(|channel| self.channels.remove(channel));
        for channel in &subscribed {
            *self.leaving.entry(channel.clone()).or_default() += 1;
        }
        for chunk in subscribed.chunks(CHUNK) {
            let answers = if self.is_sharded {
                self.request("SUNSUBSCRIBE", chunk, chunk.len()).await?
            } else {
                self.request("UNSUBSCRIBE", chunk, 0).await?
            };
            if let Some(Err(error)) = answers.into_iter().find(Result::is_err) {
                return Err(outage(&error, &self.names));
            }
        }
        Ok(())
    }

    /// Notes that a subscription has ended; tells whether the server ended it, because the slot
    /// has moved.
    pub(crate) fn has_left(&mut self, channel: &str) -> bool {
        match self.leaving.get_mut(channel) {
            Some(count @ 2..) => *count -= 1,
            Some(_) => {
                self.leaving.remove(channel);
            }
            None => return self.channels.remove(channel),
        }
        false
    }

    /// Waits until the server answers.
    pub(crate) async fn ping(&mut self) -> Result<(), Outage> {
        let mut connection = self.connection.clone();
        let ping = redis::cmd("PING");
        let ponged = ping.query_async::<Value>(&mut connection);
        self.answered(ponged, 0).await.map(drop)
    }

    /// Sends one command for each channel: those of a cluster may be of different slots.
    async fn request(
        &self,
        command: &str,
        channels: &[String],
        leaves: usize,
    ) -> Result<Vec<RedisResult<Value>>, Outage> {
        let mut requests = redis::pipe();
        for channel in channels {
            requests.cmd(command).arg(channel);
        }
        requests.ignore_errors();
        let mut connection = self.connection.clone();
        self.answered(requests.query_async(&mut connection), leaves)
            .await
    }

    /// Waits for the answer to a request after which so many shard channels were left. The library
    /// takes any such confirmation for an answer. So if the server ended more subscriptions
    /// meanwhile, the answer is unknown.
    async fn answered<T>(
        &self,
        request: impl Future<Output = RedisResult<T>>,
        leaves: usize,
    ) -> Result<T, Outage> {
        let before = self.left.load(Ordering::SeqCst);
        let answer = timeout(ANSWER_LIMIT, request).await;
        let left = self.left.load(Ordering::SeqCst) - before;
        match answer {
            Ok(Ok(_)) if left != leaves => {
                Err(Outage::shared("slots of the Redis cluster are moving"))
            }
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(outage(&error, &self.names)),
            Err(_) => Err(Outage::shared(format!("no answer in {ANSWER_LIMIT:?}"))),
        }
    }
}
