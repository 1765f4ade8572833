//! What links allow.

mod delete_board;
mod manage_links;
mod past;
mod share_links;
mod sub_path;
