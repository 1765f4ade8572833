//! All that is known of a run when it has ended.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::id::{ClientId, CommitNo, Position, Seq};
use shared::model::Board;
use tokio::time::Instant;

use crate::invariant::Invariant;
use crate::person::Log;

/// How a client left without coming back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// The connection was closed.
    Closed,
    /// Its process or its server crashed, so no close frame was sent.
    Crashed,
}

/// A client that left without coming back.
#[derive(Debug, Clone, Copy)]
pub struct Departure {
    /// Who.
    pub client: ClientId,
    /// When.
    pub when: Instant,
    /// How.
    pub leaving: Leaving,
}

/// A fault that was made.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// What failed.
    pub kind: &'static str,
    /// When it began.
    pub from: Instant,
    /// When it ended.
    pub to: Instant,
}

/// The board at the end of the run, as a new client receives it.
#[derive(Debug, Clone)]
pub struct End {
    /// Its position.
    pub at: Position,
    /// The board.
    pub board: Board,
    /// The last commit of each author.
    pub authors: BTreeMap<ClientId, CommitNo>,
}

/// All that is known of a run.
#[derive(Debug)]
pub struct Evidence {
    /// Of the people who stayed.
    pub logs: Vec<Log>,
    /// Of the people who left.
    pub gone: Vec<(Departure, Log)>,
    /// The board in the end; `None` if people never agreed.
    pub end: Option<End>,
    /// The log in the store, as far as it was not compacted.
    pub stored: Option<Vec<(Seq, ClientId, CommitNo)>>,
    /// What failed.
    pub faults: Vec<Fault>,
    /// How late timers of this machine were at worst.
    pub lag: Duration,
    /// How long clients may show that something is wrong, if that is limited.
    pub longest_notice: Option<Duration>,
    /// How much the largest server may grow, in bytes, if that is limited.
    pub growth_limit: Option<u64>,
    /// What the case found by itself.
    pub findings: Vec<(Invariant, String)>,
    /// Resident bytes of the largest server before the load, and at most.
    pub resident: (u64, u64),
}
