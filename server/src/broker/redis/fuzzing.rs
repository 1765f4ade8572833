//! What fuzz targets call: the readers of what arrives on channels of Redis.

use bytes::Bytes;
use shared::id::BoardId;
use shared::sync::log::LogEvent;

use super::message;
use crate::broker::BrokerMsg;
use crate::redis::keys::Names;

/// Reads a message on the durable channel of a board.
#[must_use]
pub fn read_durable(payload: &[u8]) -> Option<LogEvent> {
    match message::durable(payload)? {
        BrokerMsg::Log(event) => Some(event),
        _ => None,
    }
}

/// Reads a message on the live channel of a board.
#[must_use]
pub fn read_live(payload: &[u8]) -> Option<Bytes> {
    match message::live(payload)? {
        BrokerMsg::Live(relay) => Some(relay),
        _ => None,
    }
}

/// The board in the name of a channel.
#[must_use]
pub fn read_channel(prefix: &str, database: i64, channel: &str) -> Option<BoardId> {
    Names::new(prefix, database).board_of(channel)
}
