//! What links allow.

mod manage_links;
mod share_links;
mod sub_path;
