//! The chat beside the board.

mod across_servers;
mod conversation;
mod faults;
mod keyboard;
mod notices;
mod offline;
mod older_messages;
mod safe_text;
mod screens;
