//! The pixels of a picture as painters take them.

use image::RgbaImage;

use super::decode;
use super::error::PictureError;
use super::format::Format;

/// Decodes the first frame of a file, within the limits of uploads.
///
/// # Errors
/// [`PictureError`].
pub fn rgba(file: &[u8]) -> Result<RgbaImage, PictureError> {
    let format = Format::of_bytes(file)?;
    Ok(decode::pixels(format, file)?.into_rgba8())
}
