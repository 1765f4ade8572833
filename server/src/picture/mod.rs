//! Pictures: which bytes may be one, and what has to leave them.
//!
//! A picture is PNG, JPEG, GIF or WebP by its first bytes. It is kept as the parts of its file that
//! show something; everything else (EXIF with the place of a photo, XMP, comments, thumbnails, bytes
//! after the end) is metadata. A list names the parts that stay, so an unknown part
//! does not. No library does this for all four: `img-parts` keeps everything after the first scan of
//! a JPEG and does not know GIF. Pixels are decoded by the crate `image`, within limits.

mod account;
mod clean;
mod decode;
mod error;
mod format;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod gif;
mod inspector;
mod jpeg;
mod parts;
mod png;
mod still;
mod webp;

pub use account::Account;
pub use decode::PictureInfo;
pub use error::PictureError;
pub use format::{HEAD_BYTES, media_type_of};
pub use inspector::Inspector;
pub use still::rgba;
