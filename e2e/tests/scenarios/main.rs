//! The browser scenarios: real pages in Chromium against real servers, one folder a topic.
//!
//! They are one binary, so that scenarios take turns on a machine with few cores.

mod accessibility;
mod assistant;
mod chat;
mod collaboration;
mod drawing;
mod export;
mod interface;
mod navigation;
mod observer;
mod performance;
mod permissions;
mod pictures;
mod presence;
mod programs;
mod rendering;
mod resilience;
mod selection;
mod shapes;
mod style;
mod support;
mod text;
mod touch;
