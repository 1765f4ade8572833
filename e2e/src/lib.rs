//! End-to-end harness: real Chromium pages against real `commonslate` servers and a real Redis.
//!
//! Three layers, each knowing only the ones before it:
//! * the browser: [`cdp`] (DevTools connection), [`browser`] (one Chromium, many people),
//!   [`page`] (one tab: scripts, waiting), [`axe`], [`controls`], [`easel`], [`input`], [`touch`],
//!   [`ime`], [`log`], [`emulate`], [`effort`], [`pixels`];
//! * the world around it: servers and Redis (of `testkit`) and [`proxy`], each a real process or
//!   socket that a test may kill, cut or delay;
//! * the words of the product: [`person`] (somebody with a pen) and [`stage`] (sets a scene, runs
//!   it, and on failure keeps pictures and logs).
//!
//! Nothing here knows how Commonslate works inside: only its accessible names, its HTTP API, its
//! command line, and the `data-*` attributes of the board's `<main>`.

#![allow(
    clippy::indexing_slicing,
    reason = "a missing member of a JSON value reads as null; nothing here serves anybody but tests"
)]

pub mod axe;
pub mod browser;
pub mod cdp;
pub mod controls;
pub mod easel;
pub mod effort;
pub mod emulate;
pub mod ime;
pub mod input;
pub mod keys;
pub mod log;
pub mod page;
pub mod person;
pub mod pixels;
pub mod proxy;
mod server;
pub mod stage;
pub mod touch;

pub use testkit::PATIENCE;
