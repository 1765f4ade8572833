//! Everything that reads bytes from outside, as functions that a fuzzer calls with any bytes.
//!
//! Each module with a `run` is one target. It panics if a reader panics or a guarantee is broken. A
//! program in `targets/` gives it to libFuzzer, and a test here runs it on the kept inputs. The inputs
//! are in `corpus/<target>`, and those that once failed in `regressions/<target>`.
//!
//! - [`client_messages`], [`websocket_stream`], [`server_messages`]: what arrives on a WebSocket
//! - [`commits`], [`edits`], [`text`]: changes of a board, checked by `history`
//! - [`room`]: several clients, a room and its store, from any bytes
//! - [`snapshots`], [`ink`], [`stored_bytes`]: the forms of stored boards
//! - [`redis_messages`]: replies of scripts, messages on channels
//! - [`http_requests`]: paths, headers and bodies
//! - [`pasted_elements`], [`svg_drawings`], [`excalidraw_scenes`], [`tldraw_shapes`], [`web_pages`],
//!   [`tables`]: what users paste
//! - [`picture_files`]: pictures that users upload
//! - [`board_files`], [`embedded_scenes`]: files that users open, and elements in requests of programs
//! - [`ids_and_options`]: ids, links, and addresses in options

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a target fails by panicking"
)]

pub mod board_files;
pub mod client_messages;
pub mod commits;
pub mod edits;
pub mod embedded_scenes;
pub mod excalidraw_scenes;
mod generated;
mod golden;
mod history;
pub mod http_requests;
pub mod ids_and_options;
mod imported;
pub mod ink;
pub mod pasted_elements;
pub mod picture_files;
pub mod redis_messages;
mod requests;
pub mod room;
mod round_trip;
pub mod server_messages;
pub mod snapshots;
pub mod stored_bytes;
pub mod svg_drawings;
pub mod tables;
pub mod text;
pub mod tldraw_shapes;
pub mod web_pages;
pub mod websocket_stream;

#[cfg(test)]
mod kept_inputs;

/// One target: its name, and what the fuzzer calls.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name of its program and of the folder of its inputs.
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]),
    /// Makes inputs that show its format.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        [$(Target { name: stringify!($name), run: $name::run, seeds: $name::seeds }),*]
    };
}

/// All targets.
pub const TARGETS: &[Target] = &targets![
    client_messages,
    websocket_stream,
    server_messages,
    commits,
    edits,
    text,
    room,
    snapshots,
    ink,
    stored_bytes,
    redis_messages,
    http_requests,
    pasted_elements,
    svg_drawings,
    excalidraw_scenes,
    tldraw_shapes,
    web_pages,
    tables,
    picture_files,
    board_files,
    embedded_scenes,
    ids_and_options,
];
