//! Blobs: bytes by their SHA-256, such as pictures, beside the boards that show them.
//!
//! One trait, three implementations, one contract suite. A blob belongs to a board, so that a link
//! to a board opens nothing of another one. It is uploaded in pieces: what was stored of it stays
//! when a connection or a server ends, and the next piece goes on from there.

pub mod files;
mod limits;
pub mod measured;
pub mod redis;
pub mod s3;

use async_trait::async_trait;
use bytes::Bytes;
use shared::id::BoardId;
use shared::model::BlobHash;

pub use limits::{BOARD_BLOBS, BOARD_BYTES, BoardLimit, UNFINISHED_OF_BOARD};

/// The largest piece that is stored or read in one request. A blob in pieces of this size costs
/// little memory at any size.
pub const PIECE_BYTES: usize = 256 * 1024;

/// Names one blob of one board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobKey {
    /// The board.
    pub board: BoardId,
    /// The hash of the bytes.
    pub hash: BlobHash,
}

/// Milliseconds since 1970.
pub type UnixMillis = u64;

/// How much there is of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobState {
    /// Its first bytes, or none.
    Unfinished {
        /// How many bytes.
        offset: u64,
        /// How many it shall have. 0 if no client has said so yet.
        length: u64,
    },
    /// All of it, checked.
    Complete {
        /// How many bytes it has.
        length: u64,
    },
}

impl BlobState {
    /// Nothing is there.
    pub const MISSING: Self = Self::Unfinished {
        offset: 0,
        length: 0,
    };
}

/// Bytes for the end of an unfinished blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// How many bytes of the blob come before it.
    pub offset: u64,
    /// How many bytes the blob shall have.
    pub length: u64,
    /// The bytes, at most [`PIECE_BYTES`].
    pub bytes: Bytes,
}

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// So many bytes of the blob are stored now.
    Stored(u64),
    /// So many bytes are stored, and the piece does not begin there. Nothing was stored. A piece at 0
    /// that names another length begins the blob anew, because one of the lengths was wrong.
    Elsewhere(u64),
    /// The blob is complete already.
    Complete,
}

/// A blob in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobEntry {
    /// Its hash.
    pub hash: BlobHash,
    /// How many bytes it has or shall have.
    pub length: u64,
    /// What it waits for.
    pub stage: BlobStage,
}

/// What a blob waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobStage {
    /// For its last bytes, since its last piece came at this time.
    Unfinished(UnixMillis),
    /// For nothing: the board needs it.
    Needed,
    /// To be needed again, since this time; it may be removed later.
    Unneeded(UnixMillis),
}

/// A random number of an unfinished blob, drawn anew each time its first byte comes: the bytes of one
/// generation are only added to. 0 if the blob began before there were generations.
pub type Generation = u64;

/// How a blob was when a caller decided to remove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A list told what it waits for.
    Listed(BlobStage),
    /// It was unfinished and of this generation.
    Unfinished(Generation),
}

/// Why a request to a blob store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// It cannot be reached, or does not answer in time. Asking again is safe.
    #[error("the store of pictures cannot be reached: {0}")]
    Unavailable(String),
    /// It can be read, but takes nothing.
    #[error("the store of pictures takes nothing at present: {0}")]
    ReadOnly(String),
    /// It has no room left.
    #[error("the store of pictures has no room left: {0}")]
    Full(String),
    /// The board has as many blobs or bytes as it can have.
    #[error(transparent)]
    BoardLimit(#[from] BoardLimit),
    /// A blob that should be there is not, or not whole.
    #[error("the blob is not there: {0}")]
    Missing(String),
}

/// Stores blobs. All methods may be called from many tasks and servers at once.
#[async_trait]
pub trait BlobStore: std::fmt::Debug + Send + Sync + 'static {
    /// How much there is of a blob.
    async fn state(&self, key: BlobKey) -> Result<BlobState, BlobError>;

    /// Adds a piece to a blob, which has so many bytes then even if this server is killed. A blob that
    /// begins is counted, and refused by [`BlobError::BoardLimit`].
    async fn append(&self, key: BlobKey, piece: &Piece) -> Result<Appended, BlobError>;

    /// The generation of an unfinished blob; `None` if it is complete or not there.
    async fn generation(&self, key: BlobKey) -> Result<Option<Generation>, BlobError>;

    /// Marks a blob as complete that has all its bytes, safe from power loss as far as the store can.
    /// Repeating it is harmless. A blob of another generation than the one that was checked counts as
    /// [`BlobError::Missing`].
    async fn finish(&self, key: BlobKey, length: u64, checked: Generation)
    -> Result<(), BlobError>;

    /// Reads at most [`PIECE_BYTES`] bytes from an offset on, all of which are there, whether the
    /// blob is complete or not.
    async fn read(&self, key: BlobKey, offset: u64, bytes: usize) -> Result<Bytes, BlobError>;

    /// Removes a blob if it still is as it was seen; returns whether it was. Meanwhile it may have been
    /// finished, needed again or begun anew.
    async fn remove_if(&self, key: BlobKey, seen: Seen) -> Result<bool, BlobError>;

    /// Removes what a server that was killed left behind, and forgets a board that has no blobs left. A
    /// board that has some stays.
    async fn tidy(&self, board: BoardId) -> Result<(), BlobError>;

    /// Notes since when a board has not needed a complete blob; `None` if it needs it.
    async fn mark(&self, key: BlobKey, unneeded: Option<UnixMillis>) -> Result<(), BlobError>;

    /// All blobs of a board, complete or not.
    async fn list(&self, board: BoardId) -> Result<Vec<BlobEntry>, BlobError>;

    /// All boards that have blobs, and perhaps some that had.
    async fn boards(&self) -> Result<Vec<BoardId>, BlobError>;
}
