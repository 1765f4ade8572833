//! The pixels of a picture as painters take them.

use image::RgbaImage;

use super::decode;
use super::error::PictureError;
use super::format::media_type_of;

/// Decodes the first frame of a file, within the limits of uploads.
///
/// # Errors
/// [`PictureError`].
pub fn rgba(file: &[u8]) -> Result<RgbaImage, PictureError> {
    let media_type = media_type_of(file)?;
    Ok(decode::pixels(media_type, file)?.into_rgba8())
}
