//! The broker, and the connections to Redis.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use shared::sync::RoomCounts;

use super::label::{CountBy, count, label};
use super::registrar::{Buckets, Registrar};

/// From the same machine to the limit of a heartbeat.
const ROUND_TRIP: Buckets = Buckets(&[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0,
]);

/// The kind of a message between servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Durable,
    Live,
}

label!(MessageKind, "kind", {
    MessageKind::Durable => "durable",
    MessageKind::Live => "live",
});

/// A connection to Redis, by its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedisConnection {
    Commands,
    Subscription,
}

label!(RedisConnection, "connection", {
    RedisConnection::Commands => "commands",
    RedisConnection::Subscription => "subscription",
});

/// Counts and measures messages between servers.
#[derive(Debug, Clone)]
pub(crate) struct BrokerMetrics {
    connected: Gauge,
    lost: CountBy<RedisConnection>,
    round_trip: Histogram,
    published: Counter,
    received: CountBy<MessageKind>,
    gaps_found: Counter,
    gaps_filled: Counter,
}

impl BrokerMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            connected: all.gauge(
                "broker_connected",
                "1 while messages of this server come back to it, else 0",
            ),
            lost: all.count_by(
                "redis_connections_lost",
                "Connections to Redis that ended and were made again",
            ),
            round_trip: all.seconds(
                "broker_heartbeat",
                "Time from sending a heartbeat to Redis until it comes back",
                &ROUND_TRIP,
            ),
            published: all.counter(
                "broker_messages_published",
                "Live messages that rooms published for other servers",
            ),
            received: all.count_by(
                "broker_messages_received",
                "Messages that rooms received from the broker, their own included",
            ),
            gaps_found: all.counter(
                "gaps_found",
                "How often a room missed commits and asked the store for them",
            ),
            gaps_filled: all.counter("gaps_filled", "How often a room read all missed commits"),
        }
    }

    pub(crate) fn message_published(&self) {
        self.published.inc();
    }

    pub(crate) fn message_received(&self, kind: MessageKind) {
        self.received.add(kind, 1);
    }

    pub(crate) fn heartbeat_came_back(&self, after: Duration) {
        self.round_trip.observe(after.as_secs_f64());
    }

    pub(crate) fn connection_lost(&self, connection: RedisConnection) {
        self.lost.add(connection, 1);
    }

    /// How the broker is now.
    pub(crate) fn seen(&self, is_connected: bool) {
        self.connected.set(is_connected.into());
    }

    pub(super) fn room_acted(&self, counts: &RoomCounts) {
        count(&self.gaps_found, counts.gaps_found);
        count(&self.gaps_filled, counts.gaps_filled);
    }
}
