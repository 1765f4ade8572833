//! How many blobs a board may have. Stores check it when a blob begins, so that uploads that begin at
//! the same time cannot exceed it together.

use shared::model::BlobHash;

use super::{BlobEntry, BlobStage};

/// Bytes of all blobs of a board: four times its log and snapshot. In Redis they are memory.
pub const BOARD_BYTES: u64 = 256 * 1024 * 1024;
/// Blobs of a board: more than a page can show at once.
pub const BOARD_BLOBS: usize = 1_000;
/// Uploads of a board that wait for their last bytes: some people who each drop a folder.
pub const UNFINISHED_OF_BOARD: usize = 64;

/// Which limit of its board a new blob exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BoardLimit {
    /// The board has as many blobs as it can have.
    #[error("the board has {BOARD_BLOBS} pictures already")]
    Blobs,
    /// The blobs of the board have as many bytes as they can have.
    #[error("the pictures of the board have almost {} MiB already", BOARD_BYTES >> 20)]
    Bytes,
    /// Too many blobs of the board wait for their last bytes.
    #[error("{UNFINISHED_OF_BOARD} uploads to the board are unfinished already")]
    Unfinished,
}

impl BoardLimit {
    /// Checks whether a blob with so many bytes may begin on a board that has these blobs. What the
    /// board has of the same blob is replaced.
    ///
    /// # Errors
    /// The limit that it would exceed.
    pub(crate) fn check(entries: &[BlobEntry], hash: BlobHash, length: u64) -> Result<(), Self> {
        let others = || entries.iter().filter(|entry| entry.hash != hash);
        if others().count() >= BOARD_BLOBS {
            return Err(Self::Blobs);
        }
        let bytes = others().fold(0_u64, |sum, entry| sum.saturating_add(entry.length));
        if bytes.saturating_add(length) > BOARD_BYTES {
            return Err(Self::Bytes);
        }
        let is_unfinished = |entry: &&BlobEntry| matches!(entry.stage, BlobStage::Unfinished(_));
        if others().filter(is_unfinished).count() >= UNFINISHED_OF_BOARD {
            return Err(Self::Unfinished);
        }
        Ok(())
    }
}
