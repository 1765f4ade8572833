//! Formats of pictures, recognised by the first bytes of a file.

use image::ImageFormat;
use shared::model::MediaType;

use super::error::PictureError;

/// The first bytes of a file by which its format is recognised.
pub const HEAD_BYTES: usize = 32;

/// The format of a file by its first bytes, of which [`HEAD_BYTES`] are enough.
///
/// # Errors
/// [`PictureError::NotKept`] for other pictures, [`PictureError::Unknown`] for anything else.
pub fn media_type_of(file: &[u8]) -> Result<MediaType, PictureError> {
    match file {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(MediaType::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(MediaType::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(MediaType::Gif),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Ok(MediaType::WebP),
        _ => Err(not_kept(file).map_or(PictureError::Unknown, PictureError::NotKept)),
    }
}

/// The same format, as the decoders name it.
pub(super) const fn decoder_of(media_type: MediaType) -> ImageFormat {
    match media_type {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Gif => ImageFormat::Gif,
        MediaType::WebP => ImageFormat::WebP,
    }
}

/// The name of a format of pictures that is known but not kept.
///
/// AVIF and HEIC could be kept only with a decoder in C, which would be the part of the server that
/// is easiest to attack. SVG is a program, and the others are shown by few browsers.
fn not_kept(file: &[u8]) -> Option<&'static str> {
    let starts = |with: &[u8]| file.starts_with(with);
    if let [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] = file {
        return match brand.first_chunk::<4>() {
            Some(b"avif" | b"avis") => Some("AVIF"),
            Some(b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1") => Some("HEIC"),
            _ => None,
        };
    }
    if starts(&[0, 0, 0, 12, b'J', b'X', b'L', b' ']) || starts(&[0xff, 0x0a]) {
        Some("JPEG XL")
    } else if starts(&[0, 0, 0, 12, b'j', b'P', b' ', b' ']) {
        Some("JPEG 2000")
    } else if starts(b"BM") {
        Some("BMP")
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Some("TIFF")
    } else if starts(&[0, 0, 1, 0]) {
        Some("ICO")
    } else if is_svg(file) {
        Some("SVG")
    } else {
        None
    }
}

fn is_svg(file: &[u8]) -> bool {
    let text = file.trim_ascii_start();
    text.starts_with(b"<svg") || text.starts_with(b"<?xml") || text.starts_with(b"<!--")
}
