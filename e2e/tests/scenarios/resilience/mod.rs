//! Lost connections, crashes, outages and rejected clients.

mod failover;
mod offline;
mod redis_outage;
mod rejected_connections;
mod server_crash;
