//! Pages of the conversation on their way to the store.
//!
//! A page that commits have filled is stored before the log is compacted, so that a room that opens
//! the board later fills it again if this one ended before.

use std::collections::BTreeMap;

use bytes::Bytes;

/// Pages that are not stored yet.
#[derive(Debug, Default)]
pub(super) struct ChatPages {
    unstored: BTreeMap<u64, Bytes>,
}

impl ChatPages {
    /// Notes a page that is to be stored.
    pub(super) fn filled(&mut self, number: u64, packed: Bytes) {
        self.unstored.insert(number, packed);
    }

    /// Notes that a page is stored.
    pub(super) fn stored(&mut self, number: u64) {
        self.unstored.remove(&number);
    }

    /// A page that is not stored yet.
    pub(super) fn find(&self, number: u64) -> Option<&Bytes> {
        self.unstored.get(&number)
    }

    /// Whether every page is stored.
    pub(super) fn are_stored(&self) -> bool {
        self.unstored.is_empty()
    }
}
