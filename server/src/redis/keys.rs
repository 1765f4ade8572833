//! Names of keys and channels.
//!
//! All names of one board share a hash tag, so that they live on one node of a cluster. Channels
//! belong to the whole Redis and not to a database, so the number of the database is part of their
//! names, except for database 0, whose channels have the names of earlier versions.

use std::sync::Arc;

use shared::id::{BoardId, NodeId};
use shared::model::BlobHash;

use super::slots::Slot;

/// The keys of one board.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Hash: `v` layout, `e` epoch, `s` last position, `b` bytes, `ss` position and
    /// `sb` bytes of the snapshot, `fl` floor, `r` record, `rv` its version,
    /// `run` the Redis process that the epoch has seen. Of a deleted board nothing is left but this key
    /// with the field `gone`.
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

/// Makes the names of one installation.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    keys: Arc<str>,
    channels: Arc<str>,
}

impl Names {
    /// The names under a prefix in a database.
    pub(crate) fn new(prefix: &str, database: i64) -> Self {
        let channels = match database {
            0 => prefix.to_owned(),
            // No prefix has this sign, so no two installations have a name in common.
            other => format!("{prefix}@{other}"),
        };
        Self {
            keys: prefix.into(),
            channels: channels.into(),
        }
    }

    /// The keys of a board.
    pub(crate) fn keys_of(&self, board: BoardId) -> Keys {
        let key = |name| of_board(&self.keys, board, name);
        Keys {
            meta: key("meta"),
            log: key("log"),
            snapshot: key("snap"),
            authors: key("ded"),
            archive: key("arch"),
        }
    }

    /// The hash with the sealed pages of a board's conversation, by their numbers.
    pub(crate) fn chat_pages(&self, board: BoardId) -> String {
        of_board(&self.keys, board, "chat")
    }

    /// The sorted set with the seconds in which commits of a board were stored, each scored by the
    /// first of these commits.
    pub(crate) fn times(&self, board: BoardId) -> String {
        of_board(&self.keys, board, "times")
    }

    /// The hash with the users of a board's clients.
    pub(crate) fn clients(&self, board: BoardId) -> String {
        of_board(&self.keys, board, "clients")
    }

    /// The hash with an entry for each blob of a board.
    pub(crate) fn blobs(&self, board: BoardId) -> String {
        of_board(&self.keys, board, "blobs")
    }

    /// A chunk of a blob, counted from 0.
    pub(crate) fn blob_chunk(&self, board: BoardId, blob: BlobHash, number: u64) -> String {
        of_board(&self.keys, board, &format!("blob:{blob}:{number}"))
    }

    /// The set of all boards that have blobs, or had some.
    pub(crate) fn boards_with_blobs(&self) -> String {
        format!("{}:blobs", self.keys)
    }

    /// The channel on which a board's log events are published.
    pub(crate) fn durable_channel(&self, board: BoardId) -> String {
        of_board(&self.channels, board, "d")
    }

    /// The channel on which a board's live updates are published.
    pub(crate) fn live_channel(&self, board: BoardId) -> String {
        of_board(&self.channels, board, "x")
    }

    /// The slot of all names of a board.
    pub(crate) fn slot_of(board: BoardId) -> Slot {
        Slot::for_key(board.to_string())
    }

    /// The channel on which a server publishes heartbeats to itself. `word` makes it belong to a
    /// master of a cluster.
    pub(crate) fn heartbeat_channel(&self, node: NodeId, word: Option<u32>) -> String {
        format!("{}:{}canary:{node}", self.channels, braced(word))
    }

    /// The channel on which a server finds out whether it may publish. It has no subscribers.
    pub(crate) fn probe_channel(&self, node: NodeId, word: Option<u32>) -> String {
        format!("{}:{}probe:{node}", self.channels, braced(word))
    }

    /// The key that is written before waiting for the disk: Redis waits for the writes of the
    /// connection that asks, and all earlier writes of others come before this one.
    pub(crate) fn durability_key(&self, node: NodeId, word: Option<u32>) -> String {
        format!("{}:{}settle:{node}", self.keys, braced(word))
    }

    /// The pattern of all keys, as access rules name it.
    pub(crate) fn key_pattern(&self) -> String {
        format!("~{}:*", self.keys)
    }

    /// The pattern of all channels, as access rules name it.
    pub(crate) fn channel_pattern(&self) -> String {
        format!("&{}:*", self.channels)
    }

    /// The board to which a durable or live channel belongs.
    pub(crate) fn board_of(&self, channel: &str) -> Option<BoardId> {
        let rest = channel.strip_prefix(&*self.channels)?.strip_prefix(":{")?;
        rest.split_once('}')?.0.parse().ok()
    }
}

/// A name of a board. The braces make its id the hash tag, which alone decides the slot.
fn of_board(installation: &str, board: BoardId, name: &str) -> String {
    format!("{installation}:{{{board}}}:{name}")
}

fn braced(word: Option<u32>) -> String {
    word.map_or_else(String::new, |word| format!("{{{word}}}:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    #[test]
    fn names_of_database_0_are_those_of_earlier_versions() {
        let names = Names::new("cs", 0);
        assert_eq!(names.keys_of(BOARD).meta, format!("cs:{{{BOARD}}}:meta"));
        assert_eq!(names.durable_channel(BOARD), format!("cs:{{{BOARD}}}:d"));
        assert_eq!(names.board_of(&names.live_channel(BOARD)), Some(BOARD));
    }

    #[test]
    fn all_names_of_a_board_belong_to_one_slot() {
        let names = Names::new("cs", 0);
        let slot = Names::slot_of(BOARD);
        let channels = [names.durable_channel(BOARD), names.live_channel(BOARD)];
        let blob = BlobHash::of(b"blob");
        let others = [
            names.blobs(BOARD),
            names.blob_chunk(BOARD, blob, 7),
            names.chat_pages(BOARD),
        ];
        let keys = names.keys_of(BOARD).all().into_iter().chain(others);
        for name in keys.chain(channels) {
            assert_eq!(Slot::for_key(name), slot);
        }
    }

    #[test]
    fn databases_and_prefixes_have_no_channel_in_common() {
        let all = [("cs", 0), ("cs", 1), ("cs", 10), ("cs1", 0), ("cs:1", 0)]
            .map(|(prefix, database)| Names::new(prefix, database));
        for (one, names) in all.iter().enumerate() {
            for (other, others) in all.iter().enumerate() {
                let heard = others.board_of(&names.durable_channel(BOARD));
                assert_eq!(heard.is_some(), one == other, "{names:?} {others:?}");
            }
        }
    }
}
