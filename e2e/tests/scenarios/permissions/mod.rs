//! What links allow.

mod board_history;
mod delete_board;
mod manage_links;
mod protect;
mod share_links;
mod sub_path;
