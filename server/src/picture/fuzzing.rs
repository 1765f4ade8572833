//! What fuzz targets call: the readers of pictures.

use bytes::Bytes;

use super::clean::cleaned;
use super::decode;
use super::format::media_type_of;

/// The bytes of a picture without its metadata; `None` if it is refused.
#[must_use]
pub fn clean(file: &[u8]) -> Option<Vec<u8>> {
    let media_type = media_type_of(file).ok()?;
    let file = Bytes::copy_from_slice(file);
    Some(cleaned(media_type, &file).ok()?.file)
}

/// Whether a picture has no metadata.
#[must_use]
pub fn is_clean(file: &[u8]) -> bool {
    let Ok(media_type) = media_type_of(file) else {
        return false;
    };
    let file = Bytes::copy_from_slice(file);
    cleaned(media_type, &file).is_ok_and(|cleaned| cleaned.removed.is_empty())
}

/// The memory that decoding a picture may take, if its head can be read.
#[must_use]
pub fn decoding_bytes(file: &[u8]) -> Option<u64> {
    let media_type = media_type_of(file).ok()?;
    Some(decode::head(media_type, file).ok()?.decoding_bytes)
}
