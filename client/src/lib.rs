//! The browser shell of Commonslate.
//!
//! Layout, each module knowing only those above it:
//! - [`clock`], [`random`], [`storage`], [`clipboard`], [`importer`]: what the browser has
//!   that pure code has not
//! - [`link`], [`boards`], [`profile`], [`identity`]: what is kept in this browser
//! - [`outbox`]: commits that are not yet durable, over reloads and crashes
//! - [`net`]: the connection to the server; [`orphans`]: sends the outboxes of ended tabs
//! - [`ui`]: presentational components, which know none of the above
//! - [`session`]: one board: editor, replica, and what of them is shown
//! - [`canvas`]: pixels and pointers
//! - [`page`]: start page and board page, put together from all of these
//!
//! It must not know the rules of merging (`shared`) or of tools (`editor`).

#![expect(
    unreachable_pub,
    reason = "the macro `component` makes functions `pub`, whatever their visibility is"
)]

pub mod app;
mod boards;
mod canvas;
mod clipboard;
mod clock;
mod frame;
mod identity;
mod importer;
mod link;
mod net;
mod orphans;
mod outbox;
mod page;
mod profile;
mod random;
mod session;
mod storage;
mod ui;
mod view_model;
