//! What links allow.

mod share_links;
