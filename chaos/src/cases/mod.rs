//! The cases. Each file has those of one part of the system.
//!
//! The numbers of rows are those of the fault matrix in `docs/testing.md`.

mod clock;
mod embedded;
mod hostile;
mod load;
mod network;
mod proxies;
mod redis;
mod servers;

pub use proxies::proxy_of;

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
    proxies::BEHIND_NGINX,
    proxies::BEHIND_HAPROXY,
    proxies::BEHIND_CADDY,
    network::HALF_OPEN,
    network::SLOW_READERS,
    proxies::SLOW_NGINX,
    proxies::SLOW_HAPROXY,
    proxies::SLOW_CADDY,
    load::IDLE,
    load::COMPACTION,
    embedded::KILL_EMBEDDED,
    embedded::DAMAGE,
    servers::RECONNECT_STORM,
    clock::CLOCK,
    network::BAD_NETWORK,
    load::LOAD_STEPS,
    load::SOAK,
    hostile::HOSTILE,
    hostile::UNFINISHED_HELLOS,
    servers::KILLS,
];

/// The case of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Case> {
    ALL.iter().find(|case| case.name == name)
}
