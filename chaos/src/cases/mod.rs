//! The cases. Each file has those of one part of the system.
//!
//! The numbers of rows are those of the fault matrix that the design was made by; `docs/testing.md`
//! has the list.

mod embedded;
mod hostile;
mod load;
mod network;
mod redis;
mod servers;

use crate::case::Case;

/// All cases, in the order of the matrix.
pub const ALL: &[Case] = &[
    servers::KILL_SERVERS,
    redis::KILL_REDIS,
    redis::CUT_SUBSCRIPTIONS,
    redis::TAIL_LOSS,
    servers::JOIN_STORM,
    network::RESEND,
    redis::SLOW_REDIS,
    redis::FAILOVER,
    servers::DRAIN,
    network::HALF_OPEN,
    network::SLOW_READERS,
    load::IDLE,
    load::COMPACTION,
    embedded::KILL_EMBEDDED,
    embedded::DAMAGE,
    servers::RECONNECT_STORM,
    network::BAD_NETWORK,
    load::LOAD_STEPS,
    load::SOAK,
    hostile::HOSTILE,
    servers::KILLS,
];

/// The case of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Case> {
    ALL.iter().find(|case| case.name == name)
}
