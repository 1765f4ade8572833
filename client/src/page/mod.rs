//! The start page and the board page, put together from session, canvas and controls.
//!
//! - `start`, `creation`: the start page, and new boards
//! - `board`: the board page; `open` opens its session, `state` is the state of the page itself
//! - `requests`: carries out what the session asks of the page; `file_requests`: what concerns files
//!   and the clipboard
//! - `controls`, `tool_controls`, `side_panels`, `eyedropper`, `hints`: the controls
//! - `board_source`: connects the canvas to the session
//! - `keyboard`, `text_field`, `transfer`, `paste`: keys, text input, clipboard and drops; `file`:
//!   files; `embedded`: pictures within files; `open_file`: files as new boards
//! - `export`: the export dialog, and pictures for the clipboard; `print`: pages for a printer
//! - `chat`: the chat beside the board
//! - `manage`: what owners manage in the share dialog and in the list of people
//! - `later`, `later_views`: views whose code is in the chunk: `dialogs`, `palette`, `find`, `outline`,
//!   `minimap`, `main_menu`, `commands`, `rights_notice`
//! - `notice_pages`, `kept_copy`, `crash_bar`, `reload`: for a board that cannot be shown

mod assistant;
mod board;
mod board_history;
mod board_source;
mod chat;
mod commands;
mod controls;
mod counters;
pub(crate) mod crash_bar;
mod creation;
mod dialogs;
mod embedded;
mod export;
mod eyedropper;
mod file;
mod file_requests;
mod find;
mod hints;
mod kept_copy;
mod keyboard;
mod later;
mod later_views;
mod links;
mod main_menu;
mod manage;
mod minimap;
mod notice_pages;
mod open;
mod open_file;
mod outline;
mod palette;
mod paste;
mod picture_input;
mod pictures;
mod presence;
mod print;
mod reload;
mod requests;
mod rights_notice;
mod side_panels;
mod soon;
mod start;
mod state;
mod text_field;
mod tool_controls;
mod transfer;

pub(crate) use board::BoardPage;
pub(crate) use notice_pages::UnknownAddress;
pub(crate) use start::StartPage;
pub(crate) use state::stored_theme;
