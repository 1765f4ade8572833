//! The services that all rooms of a server share.

use std::sync::Arc;

use shared::id::NodeId;

use super::head_watch::HeadWatch;
use super::question::Questions;
use super::turns::Turns;
use crate::broker::Broker;
use crate::clock::Clock;
use crate::load::Load;
use crate::metrics::Metrics;
use crate::store::{Store, StoreWarnings};

/// The services that all rooms of a server share.
#[derive(Debug, Clone)]
pub struct Context {
    /// Id of this server.
    pub node: NodeId,
    /// Its time.
    pub clock: Clock,
    /// How busy it is.
    pub load: Load,
    /// Counters and measurements.
    pub metrics: Arc<Metrics>,
    /// Where boards are stored.
    pub store: Arc<dyn Store>,
    /// Asks it where the open boards stand.
    pub heads: HeadWatch,
    /// Limits the warnings about it.
    pub store_warnings: Arc<StoreWarnings>,
    /// How messages reach other servers.
    pub broker: Arc<dyn Broker>,
    /// The turns in which boards are replayed.
    pub replays: Turns,
    /// The turns in which snapshots are encoded.
    pub snapshots: Turns,
    /// The turns in which expensive commits are applied.
    pub commits: Turns,
    /// Where questions to the assistant go.
    pub questions: Questions,
}
