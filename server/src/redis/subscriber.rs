//! One connection that subscribes to channels.
//!
//! Each request waits for its confirmation. redis' `ConnectionManager` (1.8) would ignore a
//! SUBSCRIBE that failed after a reconnect.

use std::collections::HashSet;
use std::time::Duration;

use redis::RedisResult;
use redis::aio::{PubSubSink, PubSubStream};
use tokio::time::timeout;

use super::keys::Names;
use super::refusal::outage;
use super::target::RedisTarget;
use crate::health::Outage;

/// Longest wait for a confirmation or a pong.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// Channels in one SUBSCRIBE: a server with thousands of boards subscribes to all of them again
/// after a reconnect.
const CHUNK: usize = 256;

/// A connection with its confirmed subscriptions. It does not reconnect.
pub(crate) struct Subscriber {
    sink: PubSubSink,
    names: Names,
    channels: HashSet<String>,
}

impl Subscriber {
    /// Connects; the stream yields the messages of the channels.
    pub(crate) async fn connect(target: &RedisTarget) -> Result<(Self, PubSubStream), Outage> {
        let (sink, stream) = target.connect_pubsub().await?.split();
        let subscriber = Self {
            sink,
            names: target.names().clone(),
            channels: HashSet::new(),
        };
        Ok((subscriber, stream))
    }

    /// Subscribes to channels, except for those that are subscribed to already.
    pub(crate) async fn subscribe(&mut self, channels: Vec<String>) -> Result<(), Outage> {
        let mut fresh = channels;
        fresh.retain(|channel| self.channels.insert(channel.clone()));
        for chunk in fresh.chunks(CHUNK) {
            confirmed(self.sink.subscribe(chunk), &self.names).await?;
        }
        Ok(())
    }

    /// Unsubscribes from channels, except for those that are not subscribed to.
    pub(crate) async fn unsubscribe(&mut self, channels: Vec<String>) -> Result<(), Outage> {
        let mut subscribed = channels;
        subscribed.retain(|channel| self.channels.remove(channel));
        if subscribed.is_empty() {
            // Without a channel the command would mean all of them.
            return Ok(());
        }
        confirmed(self.sink.unsubscribe(subscribed), &self.names).await
    }

    /// Waits until the server answers.
    pub(crate) async fn ping(&mut self) -> Result<(), Outage> {
        confirmed(self.sink.ping::<redis::Value>(), &self.names).await
    }
}

async fn confirmed<T>(
    request: impl Future<Output = RedisResult<T>>,
    names: &Names,
) -> Result<(), Outage> {
    match timeout(ANSWER_LIMIT, request).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(outage(&error, names)),
        Err(_) => Err(Outage::shared(format!("no answer in {ANSWER_LIMIT:?}"))),
    }
}
