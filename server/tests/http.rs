//! Plain HTTP: the REST API, server functions, files, and limits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "../../shared/tests/golden_board/mod.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod golden_board;

#[path = "support/pictures.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod pictures;

#[path = "support/uploads.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod uploads;

#[path = "support/owner.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod owner;

#[path = "http/export.rs"]
mod export;
#[path = "http/exported_pictures.rs"]
mod exported_pictures;
#[path = "http/files.rs"]
mod files;
#[path = "http/functions.rs"]
mod functions;
#[path = "http/limits.rs"]
mod limits;
#[path = "http/links.rs"]
mod links;
#[path = "http/origins.rs"]
mod origins;
#[path = "http/rest.rs"]
mod rest;
#[path = "http/sub_path.rs"]
mod sub_path;
