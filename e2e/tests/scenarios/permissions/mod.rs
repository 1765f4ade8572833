//! What links allow.

mod manage_links;
mod past;
mod share_links;
mod sub_path;
