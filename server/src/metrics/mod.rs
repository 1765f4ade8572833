//! What a server counts and measures for Prometheus.
//!
//! Each part of the server gets the counters of its area and says what happened; the names, labels
//! and the library are known here only. Every label has a fixed list of values, so their number does
//! not grow, and none of them is a board, an address or a secret. Several servers can run in one
//! process, each with metrics of its own.

mod blobs;
mod boards;
mod broker;
mod budgets;
mod commits;
mod connections;
mod fan_out;
mod http;
mod label;
mod open;
mod process;
mod registrar;
mod store;

use std::fmt;

use prometheus_client::encoding::{prometheus_text, text};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use shared::protocol::PROTOCOL_VERSION;
use shared::sync::RoomCounts;

pub(crate) use blobs::{BlobFailure, BlobMetrics, BlobRemoval};
pub(crate) use boards::{BoardMetrics, OpeningEnd};
pub(crate) use broker::{BrokerMetrics, MessageKind, RedisConnection};
pub(crate) use budgets::BudgetMetrics;
pub(crate) use commits::CommitMetrics;
pub(crate) use connections::{ConnectionEnd, ConnectionMetrics};
pub(crate) use fan_out::{FanOutMetrics, LiveDrop};
pub(crate) use http::{HttpMetrics, HttpRefusal};
pub use open::OpenGuard;
pub(crate) use store::{StoreCall, StoreMetrics};

use process::ProcessCollector;
use registrar::Registrar;

/// How all names of this server's own metrics begin.
const PREFIX: &str = "commonslate";

/// The text format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// OpenMetrics 1.0.
    OpenMetrics,
    /// The older format of Prometheus, 0.0.4.
    Prometheus,
}

impl Format {
    /// Its content type.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Prometheus => prometheus_text::CONTENT_TYPE,
        }
    }
}

/// The metrics of a server, by area.
pub struct Metrics {
    registry: Registry,
    draining: Gauge,
    pub(crate) blobs: BlobMetrics,
    pub(crate) boards: BoardMetrics,
    pub(crate) broker: BrokerMetrics,
    pub(crate) budgets: BudgetMetrics,
    pub(crate) commits: CommitMetrics,
    pub(crate) connections: ConnectionMetrics,
    pub(crate) fan_out: FanOutMetrics,
    pub(crate) http: HttpMetrics,
    pub(crate) store: StoreMetrics,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(ProcessCollector::new()));
        let mut all = Registrar(registry.sub_registry_with_prefix(PREFIX));
        let build = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("protocol", PROTOCOL_VERSION.to_string()),
        ];
        let help = "The version of the program, and of the protocol that it speaks";
        all.0.register("build", help, Info::new(build));
        Self {
            draining: all.gauge("draining", "1 from SIGTERM until the server ends, else 0"),
            blobs: BlobMetrics::new(&mut all),
            boards: BoardMetrics::new(&mut all),
            broker: BrokerMetrics::new(&mut all),
            budgets: BudgetMetrics::new(&mut all),
            commits: CommitMetrics::new(&mut all),
            connections: ConnectionMetrics::new(&mut all),
            fan_out: FanOutMetrics::new(&mut all),
            http: HttpMetrics::new(&mut all),
            store: StoreMetrics::new(&mut all),
            registry,
        }
    }
}

impl Metrics {
    /// Counts a person on a board.
    #[must_use]
    pub fn person_joined(&self) -> OpenGuard {
        self.boards.person_joined()
    }

    /// Notes what a room did.
    pub(crate) fn room_acted(&self, counts: &RoomCounts) {
        if *counts == RoomCounts::default() {
            return;
        }
        self.boards.room_acted(counts);
        self.broker.room_acted(counts);
        self.commits.room_acted(counts);
        self.fan_out.room_acted(counts);
    }

    /// Notes that the server begins to shut down.
    pub(crate) fn shutdown_began(&self) {
        self.draining.set(1);
    }

    /// All metrics as text.
    ///
    /// # Errors
    /// A metric could not be written, which does not happen for a string.
    pub(crate) fn encode(&self, format: Format) -> Result<String, fmt::Error> {
        let mut out = String::new();
        match format {
            Format::OpenMetrics => text::encode(&mut out, &self.registry)?,
            Format::Prometheus => prometheus_text::encode(&mut out, &self.registry)?,
        }
        Ok(out)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}
