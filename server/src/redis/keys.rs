//! Names of keys and channels.
//!
//! All names of one board share a hash tag, so that they live on one node of a cluster.

use shared::id::{BoardId, NodeId};

/// The keys of one board.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Hash: `v` layout, `e` epoch, `s` last position, `b` bytes, `ss` position and
    /// `sb` bytes of the snapshot, `fl` floor, `r` record, `rv` its version,
    /// `run` the Redis process that the epoch has seen.
    pub(crate) meta: String,
    /// Stream: the commits, ids `<position>-0`, fields `c` author, `n` number, `d` payload.
    pub(crate) log: String,
    /// String: the sealed snapshot.
    pub(crate) snapshot: String,
    /// Hash: the last commit of each author.
    pub(crate) authors: String,
    /// List: the sealed segments.
    pub(crate) archive: String,
}

impl Keys {
    pub(crate) fn of(board: BoardId) -> Self {
        let key = |name: &str| format!("cs:{{{board}}}:{name}");
        Self {
            meta: key("meta"),
            log: key("log"),
            snapshot: key("snap"),
            authors: key("ded"),
            archive: key("arch"),
        }
    }

    /// All keys, in the order of the scripts that create or restore a board.
    pub(crate) fn all(self) -> [String; 5] {
        let Self {
            meta,
            log,
            snapshot,
            authors,
            archive,
        } = self;
        [meta, log, snapshot, authors, archive]
    }
}

/// The channel on which a board's log events are published.
pub(crate) fn durable_channel(board: BoardId) -> String {
    format!("cs:{{{board}}}:d")
}

/// The channel on which a board's live updates are published.
pub(crate) fn live_channel(board: BoardId) -> String {
    format!("cs:{{{board}}}:x")
}

/// The channel on which a server publishes heartbeats to itself.
pub(crate) fn heartbeat_channel(node: NodeId) -> String {
    format!("cs:canary:{node}")
}

/// The key that is written before waiting for the disk: Redis waits for the writes of the
/// connection that asks, and all earlier writes of others come before this one.
pub(crate) fn durability_key(node: NodeId) -> String {
    format!("cs:settle:{node}")
}

/// The board to which a durable or live channel belongs.
pub(crate) fn board_of(channel: &str) -> Option<BoardId> {
    let (board, _) = channel.strip_prefix("cs:{")?.split_once('}')?;
    board.parse().ok()
}
