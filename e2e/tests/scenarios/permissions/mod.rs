//! What links allow.

mod delete_board;
mod manage_links;
mod past;
mod protect;
mod share_links;
mod sub_path;
