//! Pictures over HTTP: uploads, downloads, refusals, faults and removal.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/animations.rs"]
mod animations;
#[path = "support/pictures.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod pictures;
#[path = "support/s3_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod s3_server;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;
#[path = "support/tls_front.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod tls_front;
#[path = "support/uploads.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod uploads;

#[path = "blobs/bucket.rs"]
mod bucket;
#[path = "blobs/downloads.rs"]
mod downloads;
#[path = "blobs/kills.rs"]
mod kills;
#[path = "blobs/limits.rs"]
mod limits;
#[path = "blobs/metadata.rs"]
mod metadata;
#[path = "blobs/refusals.rs"]
mod refusals;
#[path = "blobs/resuming.rs"]
mod resuming;
#[path = "blobs/servers.rs"]
mod servers;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_commonslate");
