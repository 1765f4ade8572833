//! One subscription connection to one master, for the durable or the live channels of its boards.
//! It reconnects without end.
//!
//! redis' `ConnectionManager` (1.8) gives up after some attempts, so this loop connects by itself
//! and subscribes again to all boards; the waits between attempts come from backon. In a cluster
//! it also follows the slots: a board whose slot goes to another master is subscribed to there, and
//! its subscriptions are told that they may have missed messages.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use backon::BackoffBuilder as _;
use shared::id::BoardId;
use tokio::sync::mpsc;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::task::AbortOnDropHandle;

use super::health::Trouble;
use super::heartbeat::Heartbeat;
use super::inbox::{Inbox, Request, Requests};
use super::lane::{Channels, Lane};
use super::link::Parts;
use crate::broker::BrokerMsg;
use crate::health::Outage;
use crate::metrics::{BrokerMetrics, RedisConnection};
use crate::protection::{self, Protection};
use crate::redis::keys::Names;
use crate::redis::node::Node;
use crate::redis::subscriber::{Event, Events, Subscriber};
use crate::redis::topology::Topology;
use crate::retry::{LONGEST, backoff};

/// How often the connection is checked.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// After a connection that lasted this long the waits between attempts begin anew.
const STABLE: Duration = Duration::from_secs(2);

/// The state of the task of one connection.
#[derive(Debug)]
pub(super) struct Subscriptions {
    pub(super) master: Node,
    pub(super) parts: Arc<Parts>,
    pub(super) lane: Arc<Lane>,
    pub(super) heartbeat: Arc<Heartbeat>,
    /// Whether the durable connection is lost and not back yet; both connections to a master share
    /// this.
    pub(super) durable_down: Arc<AtomicBool>,
    /// Why there is no connection at present.
    pub(super) trouble: Trouble,
}

/// A connection and all that comes from it.
struct Open {
    subscriber: Subscriber,
    /// The channel on which this server hears itself.
    heartbeat_channel: String,
    /// The topology by which boards are subscribed to.
    followed: Option<Arc<Topology>>,
    /// Whether this master refused or ended a subscription to a board that it has by the topology.
    is_behind: bool,
    /// The channels whose subscriptions ended.
    left: UnboundedReceiver<String>,
    /// Ends when the connection is closed.
    forwarding: AbortOnDropHandle<()>,
}

impl Subscriptions {
    /// Runs until the broker is dropped.
    pub(super) async fn run(self, requests: mpsc::Receiver<Request>) {
        let mut inbox = Inbox::new(requests);
        let mut waits = backoff().build();
        let mut was_connected = false;
        loop {
            let connected = tokio::select! {
                connected = self.connect(was_connected) => connected,
                () = inbox.take_unconnected(&self.lane) => return,
            };
            match connected {
                Ok(mut open) => {
                    self.trouble.set(None);
                    was_connected = true;
                    let since = Instant::now();
                    let Err(outage) = self.serve(&mut open, &mut inbox).await else {
                        return;
                    };
                    tracing::debug!(master = ?self.master, channels = ?self.lane.channels, ?outage, "redis subscription ended");
                    self.trouble.set(Some(outage));
                    self.durable_down
                        .fetch_or(self.is_durable(), Ordering::SeqCst);
                    let metrics = self.parts.target.metrics();
                    metrics.connection_lost(RedisConnection::Subscription);
                    if since.elapsed() > STABLE {
                        waits = backoff().build();
                    }
                }
                Err(outage) => self.trouble.set(Some(outage)),
            }
            self.parts.target.topology().lost_master();
            tokio::select! {
                () = sleep(waits.next().unwrap_or(LONGEST)) => {}
                () = inbox.take_unconnected(&self.lane) => return,
            }
        }
    }

    fn is_durable(&self) -> bool {
        self.lane.channels == Channels::Durable
    }

    /// Connects and subscribes to all boards of this master that have subscriptions.
    async fn connect(&self, was_connected: bool) -> Result<Open, Outage> {
        let (subscriber, events) =
            Subscriber::connect(&self.master, self.parts.target.names()).await?;
        let (tell, left) = unbounded_channel();
        let forward = forward(
            events,
            Arc::clone(&self.lane),
            (
                Arc::clone(&self.heartbeat),
                self.parts.target.metrics().clone(),
            ),
            tell,
        );
        let mut open = Open {
            subscriber,
            heartbeat_channel: String::new(),
            followed: self.parts.target.topology().now().ok(),
            is_behind: false,
            left,
            forwarding: AbortOnDropHandle::new(tokio::spawn(forward)),
        };
        self.follow_heartbeat(&mut open).await?;
        if !was_connected || protection::is_on(Protection::Resubscribe) {
            self.follow_slots(&mut open).await?;
        }
        Ok(open)
    }

    /// Serves a connection to its end. `Ok` means that the broker was dropped.
    async fn serve(&self, open: &mut Open, inbox: &mut Inbox) -> Result<(), Outage> {
        self.heartbeat.reconnected();
        self.leave_unused(&mut open.subscriber).await?;
        let mut check = interval(CHECK_EVERY);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let topology = self.parts.target.topology().clone();
        loop {
            tokio::select! {
                requests = inbox.next() => {
                    let Some(requests) = requests else {
                        return Ok(());
                    };
                    self.carry_out(&mut open.subscriber, requests).await?;
                }
                () = topology.changed_from(open.followed.as_ref()) => {
                    self.follow_heartbeat(open).await?;
                    self.follow_slots(open).await?;
                }
                Some(channel) = open.left.recv() => {
                    if open.subscriber.has_left(&channel) {
                        open.is_behind = true;
                        topology.suspect();
                    }
                }
                _ = &mut open.forwarding => return Err(Outage::shared("connection closed")),
                _ = check.tick() => {
                    open.subscriber.ping().await?;
                    if open.is_behind {
                        self.follow_slots(open).await?;
                    }
                    if self.heartbeat.is_overdue() {
                        return Err(Outage::own("own messages do not come back"));
                    }
                }
            }
        }
    }

    /// Hears this server where it publishes its heartbeats to this master.
    async fn follow_heartbeat(&self, open: &mut Open) -> Result<(), Outage> {
        let channel = self.parts.heartbeat_channel(&self.master);
        if channel != open.heartbeat_channel {
            let before = std::mem::replace(&mut open.heartbeat_channel, channel.clone());
            open.subscriber.unsubscribe(vec![before]).await?;
        }
        open.subscriber.subscribe(vec![channel]).await?;
        Ok(())
    }

    /// Subscribes to the boards that this master has, and leaves those that another one has.
    async fn follow_slots(&self, open: &mut Open) -> Result<(), Outage> {
        let Ok(topology) = self.parts.target.topology().now() else {
            return Ok(());
        };
        open.followed = Some(Arc::clone(&topology));
        let mut gone = self.lane.boards_of(open.subscriber.channels());
        gone.retain(|board| !self.has(&topology, *board));
        open.subscriber
            .unsubscribe(self.lane.of_all(gone.iter().copied()))
            .await?;
        let mut wanted = self.lane.subscribers.boards_subscribed();
        wanted.retain(|board| self.has(&topology, *board));
        self.subscribe(&mut open.subscriber, wanted.clone()).await?;
        let mut channels = self.lane.of_all(wanted).into_iter();
        open.is_behind = channels.any(|it| !open.subscriber.channels().contains(&it));
        Ok(())
    }

    fn has(&self, topology: &Topology, board: BoardId) -> bool {
        topology.owner(Names::slot_of(board)) == Some(&self.master)
    }

    /// Subscribes to boards, and tells the subscriptions of those that were subscribed to before,
    /// so that they know from where on they miss nothing.
    async fn subscribe(
        &self,
        subscriber: &mut Subscriber,
        boards: Vec<BoardId>,
    ) -> Result<(), Outage> {
        let fresh = subscriber.subscribe(self.lane.of_all(boards)).await?;
        let again = self.lane.confirm(self.lane.boards_of(&fresh));
        self.report_resubscribed(again);
        Ok(())
    }

    /// While the durable connection is down the live one reports nothing: the durable one will.
    fn report_resubscribed(&self, boards: Vec<BoardId>) {
        let reports = match self.lane.channels {
            Channels::Durable => {
                self.durable_down.store(false, Ordering::SeqCst);
                true
            }
            Channels::Live => !self.durable_down.load(Ordering::SeqCst),
        };
        if reports {
            self.lane.report(boards, &BrokerMsg::Resubscribed);
        }
    }

    async fn carry_out(
        &self,
        subscriber: &mut Subscriber,
        requests: Requests,
    ) -> Result<(), Outage> {
        let boards = requests.wanted.iter().map(|(board, _)| *board);
        self.subscribe(subscriber, boards.collect()).await?;
        for (board, confirmed) in requests.wanted {
            let channels = self.lane.of_all([board]);
            let is_here = channels.iter().all(|it| subscriber.channels().contains(it));
            if !is_here {
                // Its sender is dropped, which tells the caller to try again.
                self.parts.target.topology().suspect();
            } else if confirmed.send(()).is_err() {
                tracing::trace!("a subscriber gave up before its confirmation came");
            }
        }
        self.leave(subscriber, requests.dropped).await
    }

    /// Unsubscribes from boards that were left while the connection came up.
    async fn leave_unused(&self, subscriber: &mut Subscriber) -> Result<(), Outage> {
        let boards = self.lane.boards_of(subscriber.channels());
        self.leave(subscriber, boards).await
    }

    /// Unsubscribes from those of some boards that have no subscriptions any more.
    async fn leave(
        &self,
        subscriber: &mut Subscriber,
        mut boards: Vec<BoardId>,
    ) -> Result<(), Outage> {
        boards.retain(|board| self.lane.forget_if_unused(*board));
        subscriber.unsubscribe(self.lane.of_all(boards)).await
    }
}

/// Decodes and delivers; nothing here waits, so that Redis never finds this process too slow and
/// closes the connection.
async fn forward(
    mut events: Events,
    lane: Arc<Lane>,
    (heartbeat, metrics): (Arc<Heartbeat>, BrokerMetrics),
    left: mpsc::UnboundedSender<String>,
) {
    while let Some(event) = events.next().await {
        match event {
            Event::Message(message) => {
                let channel = message.get_channel_name();
                // The only channel that belongs to no board.
                let is_of_board = lane.deliver(channel, message.get_payload_bytes());
                if !is_of_board && let Some(after) = heartbeat.received() {
                    metrics.heartbeat_came_back(after);
                }
            }
            // The receiver is gone when the connection was given up.
            Event::Left(channel) => drop(left.send(channel)),
        }
    }
}
