//! What Commonslate promises, played by real people in real browsers on real servers.
//!
//! One binary, so that scenes take turns on a machine with few cores; one file a topic.

mod access;
mod aids;
mod arranging;
mod barriers;
mod clipboard;
mod comfort;
mod commands;
mod company;
mod embedded;
mod failover;
mod fingers;
mod going;
mod golden;
mod hand;
mod handles;
mod layout;
mod likeness;
mod looks;
mod navigation;
mod network;
mod offline;
mod pair;
mod panels;
mod phone;
mod places;
mod redis_outage;
mod selecting;
mod shapes;
mod sharing;
mod sheet;
mod start;
mod together;
mod tools;
mod touch;
mod undo;
mod versions;
mod witness;
mod writing;
