//! What Commonslate promises, played by real people in real browsers on real servers.
//!
//! One binary, so that scenes take turns on a machine with few cores; one file a topic.

mod access;
mod embedded;
mod failover;
mod hand;
mod layout;
mod navigation;
mod network;
mod offline;
mod places;
mod redis_outage;
mod selecting;
mod shapes;
mod sharing;
mod start;
mod together;
mod tools;
mod touch;
mod writing;
