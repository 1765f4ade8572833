//! Faults on purpose: `cargo xtask chaos`.
//!
//! A case starts real servers and a real Redis, lets scripted people draw through fault proxies, and
//! makes something fail. Then a checker decides from the notes of all clients, the final boards and
//! the log in the store whether the invariants held. The names are those of the simulation in
//! `shared/tests/simulation`, which checks the same promises without processes.
//!
//! Layout: [`settings`] is what a run is asked to do. `deployment` starts the processes, with a
//! `front` if people reach them through a reverse proxy; `person`, `work` and `pages` draw, and `run` brings them together and keeps the evidence. [`checker`] decides the
//! [`invariant`]s. A [`case`] is one fault, [`cases`] has all of them, and [`table`] prints the
//! results.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

pub mod case;
pub mod cases;
pub mod checker;
mod deployment;
mod front;
pub mod invariant;
mod lag;
mod pages;
mod person;
mod run;
pub mod settings;
pub mod table;
mod work;
