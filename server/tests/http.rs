//! Everything that is answered over plain HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/site.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod site;

#[path = "http/bounds.rs"]
mod bounds;
#[path = "http/files.rs"]
mod files;
#[path = "http/functions.rs"]
mod functions;
#[path = "http/rest.rs"]
mod rest;
