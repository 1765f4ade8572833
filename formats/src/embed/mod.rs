//! Scenes within pictures: a PNG or SVG file that shows a board can carry its JSON, so that it opens
//! again as elements. `docs/format.md` says where the JSON stands.

pub mod png;
pub mod svg;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use crate::json::MAX_BYTES;

/// The media type of the JSON, which marks it within pictures.
pub const MEDIA_TYPE: &str = "application/vnd.commonslate+json";

/// The effort of compression, 0 to 10: a middling one.
const LEVEL: u8 = 6;

/// The reason why a scene cannot be put into a picture or taken out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// The bytes are no PNG.
    #[error("this is not a PNG file, or it is cut off")]
    NotPng,
    /// The text is no SVG.
    #[error("this is not an SVG document")]
    NotSvg,
    /// The scene is too large.
    #[error("the scene in the picture is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// The scene was changed or cut off.
    #[error("the scene in the picture is damaged")]
    Damaged,
}

fn compressed(scene: &str) -> Vec<u8> {
    compress_to_vec_zlib(scene.as_bytes(), LEVEL)
}

fn decompressed(bytes: &[u8]) -> Result<String, EmbedError> {
    let plain = decompress_to_vec_zlib_with_limit(bytes, MAX_BYTES).map_err(|error| match error
        .status
    {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => EmbedError::TooLarge,
        _ => EmbedError::Damaged,
    })?;
    String::from_utf8(plain).map_err(|_| EmbedError::Damaged)
}
