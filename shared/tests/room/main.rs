//! One room, whose requests are answered by a store in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod authorship;
mod chat;
mod commits;
mod counts;
mod expensive;
mod fairness;
mod full_board;
mod history;
mod largest_board;
mod live;
mod people;
mod protection;
mod stopping;
mod test_room;
mod transfer;
mod versions;

use bytes::Bytes;
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::{ClientId, ClientKey, DeviceKey, Epoch, NodeId, Position, SnapshotId};
use shared::limits::{COMMIT_WINDOW, HEARTBEAT_MS, MAX_FRAME_BYTES, MAX_PEOPLE, RING_COMMITS};
use shared::model::{BlobHash, Brush, Color, OrderKey, Prop};
use shared::protocol::{
    ClientMsg, CloseCode, Hello, LiveUpdate, PartialSnapshot, PeerNo, Profile, Refusal, Relay,
    RelayMessage, Role, ServerMsg, SnapshotPart, StoredCommit, StrokeStyle, decode, encode,
};
use shared::sync::log::{BatchReply, Head, Loaded, Outcome};
use shared::sync::{Applied, Durability, RoomEffect, SessionNo};
use test_room::*;
use testkit::fixtures::{client_id, element_id, key};
