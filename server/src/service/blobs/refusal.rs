//! Why a request for a blob is refused.

use std::time::Duration;

use shared::api::ApiError;
use shared::limits::MAX_PICTURE_BYTES;

use super::quotas::UNFINISHED_OF_CALLER;
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
    /// Other clients exchange the bytes of the same picture again and again.
    #[error("other clients upload the same picture; try again later")]
    Contended,
    /// Too many uploads of the address wait for their last bytes.
    #[error("too many uploads are unfinished: an address has at most {UNFINISHED_OF_CALLER}")]
    TooManyUnfinished,
    /// The caller began too many uploads.
    #[error("too many pictures in a short time")]
    TooFast(Duration),
    /// Checking the pictures of the board or of the caller took too much processor time.
    #[error("checking the pictures of this board or address took too much processor time")]
    Overdrawn(Duration),
}
