//! The index of a board: the state of each of its blobs, as lines of text.
//!
//! `<hash> u <length> <generation> <when it began>` is an unfinished blob, and
//! `<hash> c <length> <generation> <since when it is not needed, or 0>` a complete one.

use std::collections::{BTreeMap, HashMap};

use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;

use super::super::{BlobEntry, BlobStage, Generation, UnixMillis};

/// The state of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Indexed {
    /// The length that it has or shall have.
    pub(super) length: u64,
    /// The objects with its bytes are named by this.
    pub(super) generation: Generation,
    /// [`BlobStage::Unfinished`] says when it began; the last piece may have come later.
    pub(super) stage: BlobStage,
}

impl Indexed {
    pub(super) const fn is_unfinished(&self) -> bool {
        matches!(self.stage, BlobStage::Unfinished(_))
    }
}

/// The blobs of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    blobs: BTreeMap<BlobHash, Indexed>,
}

impl Index {
    /// Reads an index. Other programs may write to the bucket, so a malformed line is skipped.
    pub(super) fn read(text: &str) -> Self {
        let blobs = text.lines().filter_map(line).collect();
        Self { blobs }
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (hash, blob) in &self.blobs {
            let (stage, time) = match blob.stage {
                BlobStage::Unfinished(began) => ('u', began),
                BlobStage::Needed => ('c', 0),
                BlobStage::Unneeded(since) => ('c', since),
            };
            let (length, generation) = (blob.length, blob.generation);
            text += &format!("{hash} {stage} {length} {generation} {time}\n");
        }
        text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.blobs.is_empty()
    }

    pub(super) fn get(&self, hash: BlobHash) -> Option<Indexed> {
        self.blobs.get(&hash).copied()
    }

    pub(super) fn set(&mut self, hash: BlobHash, blob: Indexed) {
        self.blobs.insert(hash, blob);
    }

    pub(super) fn remove(&mut self, hash: BlobHash) {
        self.blobs.remove(&hash);
    }

    /// The names of the objects with bytes, each with whether its pieces are meant.
    pub(super) fn names(&self) -> HashMap<String, bool> {
        let name = |(hash, blob): (&BlobHash, &Indexed)| {
            (name_of(*hash, blob.generation), blob.is_unfinished())
        };
        self.blobs.iter().map(name).collect()
    }

    /// All blobs, as a list tells them.
    pub(super) fn entries(&self) -> Vec<BlobEntry> {
        let entry = |(hash, blob): (&BlobHash, &Indexed)| BlobEntry {
            hash: *hash,
            length: blob.length,
            stage: blob.stage,
        };
        self.blobs.iter().map(entry).collect()
    }
}

/// The name of a generation of a blob. Generations have names of their own, so that bytes of another
/// one are never read, overwritten or deleted.
pub(super) fn name_of(hash: BlobHash, generation: Generation) -> String {
    format!("{hash}.{generation:016x}")
}

fn line(text: &str) -> Option<(BlobHash, Indexed)> {
    let mut words = text.split(' ');
    let hash = words.next()?.parse().ok()?;
    let stage = words.next()?;
    let mut number = || words.next()?.parse::<u64>().ok();
    let (length, generation, time): (u64, Generation, UnixMillis) =
        (number()?, number()?, number()?);
    if length > MAX_PICTURE_BYTES {
        return None;
    }
    let stage = match (stage, time) {
        ("u", began) => BlobStage::Unfinished(began),
        ("c", 0) => BlobStage::Needed,
        ("c", since) => BlobStage::Unneeded(since),
        _ => return None,
    };
    let blob = Indexed {
        length,
        generation,
        stage,
    };
    Some((hash, blob))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_read_as_it_was_written_and_malformed_lines_are_skipped() {
        let mut index = Index::default();
        for (number, stage) in [
            BlobStage::Unfinished(5),
            BlobStage::Needed,
            BlobStage::Unneeded(7),
        ]
        .into_iter()
        .enumerate()
        {
            let blob = Indexed {
                length: 1_000,
                generation: u64::MAX,
                stage,
            };
            index.set(BlobHash::of(&[number as u8]), blob);
        }
        let text = index.text();
        assert_eq!(Index::read(&text), index);
        let hash = BlobHash::of(b"x");
        let lines = [
            "",
            "c 1 2 0",
            "nothing c 1 2 0",
            &format!("{hash} x 1 2 0"),
            &format!("{hash} c 1 2"),
            &format!("{hash} c -1 2 0"),
            &format!("{hash} c 99999999999 2 0"),
        ];
        for line in lines {
            assert_eq!(Index::read(&format!("{text}{line}\n")), index, "{line}");
        }
    }
}
