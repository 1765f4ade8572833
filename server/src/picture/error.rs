//! Why bytes are not taken as a picture.

use shared::model::MediaType;

/// Memory for the pixels of one picture: the largest one with 16 bits for each colour has 320 MB and
/// is refused, the largest one with 8 bits has 160 MB.
pub(super) const MAX_DECODED_BYTES: u64 = 256 * 1024 * 1024;

/// Why bytes are not taken as a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// They are no picture of any kind.
    #[error("the bytes are no PNG, JPEG, GIF or WebP picture")]
    Unknown,
    /// They are a picture in a format that is not kept.
    #[error("{0} pictures are not kept: convert it to PNG, JPEG, GIF or WebP")]
    NotKept(&'static str),
    /// The request says something else.
    #[error("the bytes are {found}, but the Content-Type is {declared}")]
    OtherFormat {
        /// What they are.
        found: MediaType,
        /// What the request says.
        declared: MediaType,
    },
    /// It is too large to be shown everywhere.
    #[error(
        "the picture has {width} × {height} pixels, but at most {side} on a side and {pixels} \
         in all are possible",
        side = shared::limits::MAX_PICTURE_SIDE,
        pixels = shared::limits::MAX_PICTURE_PIXELS
    )]
    TooLarge {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// Decoding it needs more memory than one picture gets.
    #[error("decoding the picture needs more than {} MiB of memory", MAX_DECODED_BYTES >> 20)]
    TooMuchMemory,
    /// Its file is cut off, damaged or unusual.
    #[error("the picture cannot be read: {0}")]
    Damaged(String),
    /// It has parts that show nothing.
    #[error("the picture still has metadata: {}", .0.join(", "))]
    Metadata(Vec<String>),
}
