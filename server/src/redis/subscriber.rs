//! One connection that subscribes to channels.
//!
//! Each request waits for its confirmation. redis' `ConnectionManager` (1.8) would ignore a
//! SUBSCRIBE that failed after a reconnect.

use std::collections::HashSet;
use std::time::Duration;

use redis::RedisResult;
use redis::aio::{PubSubSink, PubSubStream};
use tokio::time::timeout;

use super::target::RedisTarget;

/// Longest wait for a confirmation or a pong.
const ANSWER_LIMIT: Duration = Duration::from_secs(2);
/// Channels in one SUBSCRIBE: a server with thousands of boards subscribes to all of them again
/// after a reconnect.
const CHUNK: usize = 256;

/// A connection with its confirmed subscriptions. It does not reconnect.
pub(crate) struct Subscriber {
    sink: PubSubSink,
    channels: HashSet<String>,
}

impl Subscriber {
    /// Connects; the stream yields the messages of the channels.
    pub(crate) async fn connect(target: &RedisTarget) -> Result<(Self, PubSubStream), String> {
        let (sink, stream) = target.connect_pubsub().await?.split();
        let channels = HashSet::new();
        Ok((Self { sink, channels }, stream))
    }

    /// Subscribes to channels, except for those that are subscribed to already.
    pub(crate) async fn subscribe(&mut self, channels: Vec<String>) -> Result<(), String> {
        let mut fresh = channels;
        fresh.retain(|channel| self.channels.insert(channel.clone()));
        for chunk in fresh.chunks(CHUNK) {
            confirmed(self.sink.subscribe(chunk)).await?;
        }
        Ok(())
    }

    /// Unsubscribes from channels, except for those that are not subscribed to.
    pub(crate) async fn unsubscribe(&mut self, channels: Vec<String>) -> Result<(), String> {
        let mut subscribed = channels;
        subscribed.retain(|channel| self.channels.remove(channel));
        if subscribed.is_empty() {
            // Without a channel the command would mean all of them.
            return Ok(());
        }
        confirmed(self.sink.unsubscribe(subscribed)).await
    }

    /// Waits until the server answers.
    pub(crate) async fn ping(&mut self) -> Result<(), String> {
        confirmed(self.sink.ping::<redis::Value>()).await
    }
}

async fn confirmed<T>(request: impl Future<Output = RedisResult<T>>) -> Result<(), String> {
    match timeout(ANSWER_LIMIT, request).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer in {ANSWER_LIMIT:?}")),
    }
}
