//! Names of keys and channels. All of one board share a hash tag, so that they
//! live on one node of a cluster.

use shared::id::{BoardId, NodeId};

/// The keys of one board.
#[derive(Debug)]
pub(super) struct Keys {
    /// Hash: `v` layout, `e` epoch, `s` last place, `b` bytes, `ss` place and
    /// `sb` bytes of the snapshot, `fl` floor, `r` record, `rv` its version,
    /// `run` the Redis process that the epoch has seen.
    pub(super) meta: String,
    /// Stream of commits, ids `<place>-0`, fields `c` author, `n` number, `d` payload.
    pub(super) log: String,
    /// The sealed snapshot.
    pub(super) snapshot: String,
    /// Hash: the last commit of each author.
    pub(super) authors: String,
    /// List of sealed segments.
    pub(super) archive: String,
}

impl Keys {
    pub(super) fn of(board: BoardId) -> Self {
        let key = |name: &str| format!("cs:{{{board}}}:{name}");
        Self {
            meta: key("meta"),
            log: key("log"),
            snapshot: key("snap"),
            authors: key("ded"),
            archive: key("arch"),
        }
    }
}

/// Carries what was stored on a board.
pub(crate) fn durable_channel(board: BoardId) -> String {
    format!("cs:{{{board}}}:d")
}

/// Carries what happens on a board right now.
pub(crate) fn live_channel(board: BoardId) -> String {
    format!("cs:{{{board}}}:x")
}

/// Carries a server's own canary back to it.
pub(crate) fn canary_channel(node: NodeId) -> String {
    format!("cs:canary:{node}")
}

/// Written before waiting for the disk: Redis waits for the writes of the
/// connection that asks, and all earlier writes of others come before this one.
pub(super) fn settle_key(node: NodeId) -> String {
    format!("cs:settle:{node}")
}

/// The board whose channel this is, by either name.
pub(crate) fn board_of(channel: &str) -> Option<BoardId> {
    let (board, _) = channel.strip_prefix("cs:{")?.split_once('}')?;
    board.parse().ok()
}
