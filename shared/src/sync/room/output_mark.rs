//! What a room has for all its sessions.

use crate::id::{Position, Seq};

/// What the room has for all sessions. While it stays the same, only sessions to which something
/// happened lack messages, and those for which it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputMark {
    pub(super) at: Position,
    pub(super) live: u64,
    pub(super) people: u64,
    pub(super) title: u64,
    pub(super) access: u64,
    pub(super) storing: u64,
    pub(super) fullness: u64,
    pub(super) durable: Seq,
}
