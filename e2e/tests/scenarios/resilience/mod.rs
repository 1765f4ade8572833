//! Lost connections, crashes, outages and rejected clients.

mod blocked_services;
mod failover;
mod misconfigured_proxy;
mod offline;
mod redis_outage;
mod rejected_connections;
mod rolling_restart;
mod server_crash;
mod slow_link;
