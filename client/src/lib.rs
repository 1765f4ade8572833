//! The browser shell of Commonslate.
//!
//! Layout. Each module imports only modules above it:
//! - [`clock`], [`random`], [`storage`], [`clipboard`], [`importer`]: services of the browser;
//!   [`chunk`]: code that is loaded later
//! - [`base`], [`link`], [`boards`], [`profile`], [`identity`], [`device`]: addresses, and values in the
//!   browser's storage
//! - [`handover`]: elements on their way to the page of a new board
//! - [`outbox`]: keeps commits that are not durable yet over reloads and crashes
//! - [`net`]: the connection to the server; [`orphans`]: sends the outboxes of ended tabs;
//!   [`pictures`]: the files of pictures
//! - [`view_model`], [`scene`]: plain data for components and for the canvas
//! - [`session`]: one board: editor, replica and connection, and the signals that show them
//! - [`ui`]: presentational components
//! - [`canvas`]: painting the board, and its pointer events
//! - [`page`]: the start page and the board page, made of all these
//! - [`app`]: starts the client

#![expect(
    unreachable_pub,
    reason = "the macro `component` makes functions `pub`, whatever their visibility is"
)]

pub mod app;
mod base;
mod boards;
mod browser_fonts;
mod canvas;
#[cfg(test)]
mod changed_text;
mod chunk;
mod clipboard;
mod clock;
mod device;
mod handover;
mod identity;
mod importer;
mod link;
mod net;
mod orphans;
mod outbox;
mod page;
mod pictures;
mod profile;
mod random;
mod scene;
mod session;
mod size_watch;
mod storage;
mod ui;
mod view_model;
