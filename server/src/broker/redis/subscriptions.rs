//! One subscription connection, for the durable or the live channels of all boards. It reconnects
//! without end.
//!
//! redis' `ConnectionManager` (1.8) gives up after some attempts, so this loop connects by itself
//! and subscribes again to all boards; the waits between attempts come from backon.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use backon::BackoffBuilder as _;
use futures::StreamExt as _;
use redis::aio::PubSubStream;
use shared::id::BoardId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::health::Trouble;
use super::heartbeat::Heartbeat;
use super::message;
use crate::broker::BrokerMsg;
use crate::broker::subscribers::{Left, Subscribers};
use crate::health::Outage;
use crate::metrics::RedisConnection;
use crate::protection::{self, Protection};
use crate::redis::RedisTarget;
use crate::redis::keys::Names;
use crate::redis::subscriber::Subscriber;
use crate::retry::{LONGEST, backoff};
use crate::telemetry::Tag;

/// How often the connection is checked.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// Requests carried out together.
const REQUESTS: usize = 256;
/// After a connection that lasted this long the waits between attempts begin anew.
const STABLE: Duration = Duration::from_secs(2);

/// Which channels a connection carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    Durable,
    Live,
}

impl Channels {
    fn of_all(self, boards: Vec<BoardId>, names: &Names) -> Vec<String> {
        let channel_of = |board| match self {
            Self::Durable => names.durable_channel(board),
            Self::Live => names.live_channel(board),
        };
        boards.into_iter().map(channel_of).collect()
    }

    fn decode(self, payload: &[u8]) -> Option<BrokerMsg> {
        match self {
            Self::Durable => message::durable(payload),
            Self::Live => message::live(payload),
        }
    }
}

/// A request to the task of a connection.
#[derive(Debug)]
pub(super) enum Request {
    /// Subscribe to a board and tell when that is confirmed.
    Subscribe(BoardId, oneshot::Sender<()>),
    /// Unsubscribe from a board, unless it has subscriptions again.
    Unsubscribe(BoardId),
}

/// The state of the task of one connection.
#[derive(Debug)]
pub(super) struct Subscriptions {
    pub(super) channels: Channels,
    pub(super) target: RedisTarget,
    pub(super) heartbeat_channel: String,
    pub(super) subscribers: Arc<Subscribers>,
    pub(super) heartbeat: Arc<Heartbeat>,
    /// Whether the durable connection is lost and not back yet; both connections share this.
    pub(super) durable_down: Arc<AtomicBool>,
    pub(super) requests: mpsc::Receiver<Request>,
    /// Why there is no connection at present.
    pub(super) trouble: Trouble,
}

/// Whether there was a connection before. Before the first one no message could be missed.
#[derive(PartialEq)]
enum Attempt {
    First,
    Reconnect,
}

/// Aborts a task when dropped.
struct Owned(JoinHandle<()>);

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Subscriptions {
    /// Runs until the broker is dropped.
    pub(super) async fn run(mut self) {
        let mut waits = backoff().build();
        let mut attempt = Attempt::First;
        loop {
            match self.connect(&attempt).await {
                Ok((subscriber, stream)) => {
                    self.trouble.set(None);
                    let since = Instant::now();
                    if std::mem::replace(&mut attempt, Attempt::Reconnect) == Attempt::Reconnect {
                        self.report_resubscribed();
                    }
                    let Err(outage) = self.serve(subscriber, stream).await else {
                        return;
                    };
                    tracing::debug!(channels = ?self.channels, ?outage, "redis subscription ended");
                    self.trouble.set(Some(outage));
                    self.report_lost();
                    let metrics = self.target.metrics();
                    metrics.connection_lost(RedisConnection::Subscription);
                    if since.elapsed() > STABLE {
                        waits = backoff().build();
                    }
                }
                Err(outage) => self.trouble.set(Some(outage)),
            }
            sleep(waits.next().unwrap_or(LONGEST)).await;
        }
    }

    /// Tells all subscribers before the first message of the new connection, so that
    /// they know from where on they miss nothing. While the durable connection
    /// is down the live one reports nothing: the durable one will.
    fn report_resubscribed(&self) {
        let reports = match self.channels {
            Channels::Durable => self.durable_down.swap(false, Ordering::SeqCst),
            Channels::Live => !self.durable_down.load(Ordering::SeqCst),
        };
        if reports {
            self.subscribers.deliver_to_all(&BrokerMsg::Resubscribed);
        }
    }

    fn report_lost(&self) {
        match self.channels {
            Channels::Durable => {
                self.durable_down.store(true, Ordering::SeqCst);
                self.subscribers.deliver_to_all(&BrokerMsg::Lost);
            }
            Channels::Live => {}
        }
    }

    /// Connects and subscribes to all boards that have subscriptions.
    async fn connect(&self, attempt: &Attempt) -> Result<(Subscriber, PubSubStream), Outage> {
        let (mut subscriber, stream) = Subscriber::connect(&self.target).await?;
        subscriber
            .subscribe(vec![self.heartbeat_channel.clone()])
            .await?;
        if *attempt == Attempt::First || protection::is_on(Protection::Resubscribe) {
            let boards = self.subscribers.boards_subscribed();
            subscriber.subscribe(self.all_channels(boards)).await?;
        }
        Ok((subscriber, stream))
    }

    fn all_channels(&self, boards: Vec<BoardId>) -> Vec<String> {
        self.channels.of_all(boards, self.target.names())
    }

    /// Serves a connection to its end. `Ok` means that the broker was dropped.
    async fn serve(
        &mut self,
        mut subscriber: Subscriber,
        stream: PubSubStream,
    ) -> Result<(), Outage> {
        self.heartbeat.reconnected();
        let mut forwarding = Owned(tokio::spawn(self.forward(stream)));
        let mut check = interval(CHECK_EVERY);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut requests = Vec::new();
        loop {
            tokio::select! {
                count = self.requests.recv_many(&mut requests, REQUESTS) => {
                    if count == 0 {
                        return Ok(());
                    }
                    self.carry_out(&mut subscriber, requests.drain(..)).await?;
                }
                _ = &mut forwarding.0 => return Err(Outage::shared("connection closed")),
                _ = check.tick() => {
                    subscriber.ping().await?;
                    if self.heartbeat.is_overdue() {
                        return Err(Outage::own("own messages do not come back"));
                    }
                }
            }
        }
    }

    async fn carry_out(
        &self,
        subscriber: &mut Subscriber,
        requests: impl Iterator<Item = Request>,
    ) -> Result<(), Outage> {
        let (mut wanted, mut waiting, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
        for request in requests {
            match request {
                Request::Subscribe(board, confirmed) => {
                    wanted.push(board);
                    waiting.push(confirmed);
                }
                Request::Unsubscribe(board) => dropped.push(board),
            }
        }
        subscriber.subscribe(self.all_channels(wanted)).await?;
        for confirmed in waiting {
            if confirmed.send(()).is_err() {
                tracing::trace!("a subscriber gave up before its confirmation came");
            }
        }
        dropped.retain(|board| self.subscribers.prune(*board) == Left::None);
        subscriber.unsubscribe(self.all_channels(dropped)).await
    }

    /// Decodes and delivers; nothing here waits, so that Redis never finds this
    /// process too slow and closes the connection.
    fn forward(&self, mut stream: PubSubStream) -> impl Future<Output = ()> + use<> {
        let (channels, heartbeat_channel) = (self.channels, self.heartbeat_channel.clone());
        let subscribers = Arc::clone(&self.subscribers);
        let heartbeat = Arc::clone(&self.heartbeat);
        let metrics = self.target.metrics().clone();
        let names = self.target.names().clone();
        async move {
            while let Some(message) = stream.next().await {
                let channel = message.get_channel_name();
                if channel == heartbeat_channel {
                    if let Some(after) = heartbeat.received() {
                        metrics.heartbeat_came_back(after);
                    }
                    continue;
                }
                let Some(board) = names.board_of(channel) else {
                    continue;
                };
                match channels.decode(message.get_payload_bytes()) {
                    Some(message) => subscribers.deliver(board, message),
                    None => {
                        let board = Tag::from(board);
                        tracing::warn!(%board, ?channels, "message on the broker is malformed");
                    }
                }
            }
        }
    }
}
