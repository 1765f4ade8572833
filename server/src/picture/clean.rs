//! Removes the metadata of a file.

use bytes::Bytes;

use super::error::PictureError;
use super::format::Format;
use super::parts::Cleaned;
use super::{gif, jpeg, png, webp};

/// The parts of a picture's file that show something.
pub(super) fn cleaned(format: Format, file: &Bytes) -> Result<Cleaned, PictureError> {
    match format {
        Format::Png => png::cleaned(file),
        Format::Jpeg => jpeg::cleaned(file),
        Format::Gif => gif::cleaned(file),
        Format::WebP => webp::cleaned(file),
    }
}
