//! What Redis knows about one blob, as text: `u <length> <offset> <time of the last piece>
//! <generation>` or `c <length> 0 <time since which it is not needed, or 0>`.
//!
//! Other programs may write to Redis, so nothing here is trusted.

use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;

use super::super::{BlobEntry, BlobStage, BlobState, Generation};

/// What Redis knows about one blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) state: BlobState,
    /// Of an unfinished blob.
    pub(super) generation: Option<Generation>,
    /// The same for a list.
    listed: BlobEntry,
}

/// Reads an entry; `None` if it is malformed.
pub(super) fn read(hash: BlobHash, text: &str) -> Option<Entry> {
    let mut words = text.split(' ');
    let stage = words.next()?;
    let mut number = || words.next()?.parse::<u64>().ok();
    let (length, offset, time) = (number()?, number()?, number()?);
    if length > MAX_PICTURE_BYTES || offset > length {
        return None;
    }
    let (state, stage, generation) = match stage {
        "u" => (
            BlobState::Unfinished { offset, length },
            BlobStage::Unfinished(time),
            Some(number().unwrap_or(0)),
        ),
        "c" if time == 0 => (BlobState::Complete { length }, BlobStage::Needed, None),
        "c" => (
            BlobState::Complete { length },
            BlobStage::Unneeded(time),
            None,
        ),
        _ => return None,
    };
    Some(Entry {
        state,
        generation,
        listed: BlobEntry {
            hash,
            length,
            stage,
        },
    })
}

/// The blobs in the hash of a board.
pub(super) fn list(found: Vec<(Vec<u8>, String)>) -> Vec<BlobEntry> {
    let entry = |(hash, text): (Vec<u8>, String)| {
        let hash = BlobHash::from_bytes(hash.try_into().ok()?);
        read(hash, &text).map(|entry| entry.listed)
    };
    found.into_iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_entry_is_no_blob() {
        let hash = BlobHash::of(b"x");
        assert!(read(hash, "u 10 5 99").is_some() && read(hash, "c 10 0 0").is_some());
        for bad in [
            "",
            "u",
            "u 10 11 0",
            "x 1 1 1",
            "c -1 0 0",
            "c 99999999999 0 0",
        ] {
            assert_eq!(read(hash, bad), None, "{bad}");
        }
    }
}
