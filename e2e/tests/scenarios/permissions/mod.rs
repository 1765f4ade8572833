//! What links allow.

mod share_links;
mod sub_path;
