//! Removes the metadata of a file.

use bytes::Bytes;
use shared::model::MediaType;

use super::error::PictureError;
use super::parts::Cleaned;
use super::{gif, jpeg, png, webp};

/// The parts of a picture's file that show something.
pub(super) fn cleaned(media_type: MediaType, file: &Bytes) -> Result<Cleaned, PictureError> {
    match media_type {
        MediaType::Png => png::cleaned(file),
        MediaType::Jpeg => jpeg::cleaned(file),
        MediaType::Gif => gif::cleaned(file),
        MediaType::WebP => webp::cleaned(file),
    }
}
