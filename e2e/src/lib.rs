//! End-to-end harness: real Chromium pages against real `commonslate` servers and a real Redis.
//!
//! Three layers, each of which uses only the ones before it:
//! * the browser: [`cdp`] (DevTools connection), [`browser`] (Chromium with a context for each
//!   person), [`page`] (one tab), [`axe`], [`controls`], [`cpu_time`], [`emulate`], [`files`], [`input`],
//!   [`input_method`], [`keys`], [`log`], [`pixels`], [`profile`], [`svg_renderer`], [`touch`];
//! * the infrastructure: servers, Redis and proxies (of `testkit`), and [`path_proxy`]:
//!   real processes and sockets that a test may kill, cut or delay;
//! * the product: [`person`] (what a person does and sees), [`status_record`] and [`test_env`] (runs
//!   a scenario, and saves screenshots and logs if it fails).
//!
//! The harness uses only what is visible from outside: accessible names, the HTTP API, the command
//! line, and the `data-*` attributes of the board's `<main>`.

#![allow(
    clippy::indexing_slicing,
    reason = "a missing member of a JSON value reads as null; only tests use this crate"
)]

pub mod axe;
pub mod browser;
pub mod cdp;
pub mod controls;
pub mod cpu_time;
pub mod emulate;
pub mod files;
pub mod input;
pub mod input_method;
pub mod keys;
pub mod log;
pub mod page;
pub mod path_proxy;
pub mod person;
pub mod pixels;
pub mod profile;
pub mod status_record;
mod storage;
pub mod svg_renderer;
pub mod test_env;
pub mod touch;

pub use testkit::PATIENCE;
