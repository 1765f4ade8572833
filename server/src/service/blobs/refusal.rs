//! Why a request for a blob is refused.

use std::time::Duration;

use shared::api::ApiError;
use shared::limits::MAX_PICTURE_BYTES;

use super::quotas::{BOARD_BLOBS, BOARD_BYTES, UNFINISHED_OF_BOARD, UNFINISHED_OF_CALLER};
use crate::blob::BlobError;
use crate::picture::PictureError;

/// Why a request for a blob is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobRefusal {
    /// The link does not allow it, or there were too many attempts.
    #[error(transparent)]
    Access(#[from] ApiError),
    /// The bytes are no picture that is kept.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The blob store failed.
    #[error(transparent)]
    Store(#[from] BlobError),
    /// The upload goes on at another offset.
    #[error("the upload goes on at offset {0}")]
    Offset(u64),
    /// A picture cannot have so many bytes.
    #[error("a picture has 1 to {MAX_PICTURE_BYTES} bytes, and this one has {0}")]
    Length(u64),
    /// The request has more bytes than the upload.
    #[error("the body goes on after the {0} bytes of Upload-Length")]
    TooManyBytes(u64),
    /// The bytes have another hash.
    #[error("the SHA-256 of the bytes is not that of the address; begin again at offset 0")]
    Hash,
    /// The board has as many pictures as it can have.
    #[error("the board has {BOARD_BLOBS} pictures already")]
    TooManyBlobs,
    /// The pictures of the board have as many bytes as they can have.
    #[error("the pictures of the board have almost {} MiB already", BOARD_BYTES >> 20)]
    BoardFull,
    /// Too many uploads wait for their last bytes.
    #[error(
        "too many uploads are unfinished: a board has at most {UNFINISHED_OF_BOARD}, and an address \
         {UNFINISHED_OF_CALLER}"
    )]
    TooManyUnfinished,
    /// The caller began too many uploads.
    #[error("too many pictures in a short time")]
    TooFast(Duration),
}
