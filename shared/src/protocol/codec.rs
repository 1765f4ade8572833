//! MessagePack encoding and decoding by `rmp-serde`.
//!
//! The decoder checks the size first, limits the nesting to [`MAX_DEPTH`], and refuses bytes after
//! the value. A false length does not allocate memory: strings and binaries are read from the bytes
//! that are present, and serde caps the capacity that it reserves for a list.

use bytes::Bytes;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::limits::MAX_DEPTH;

/// The reason why a value cannot be decoded or encoded.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// There are more bytes than allowed.
    #[error("message of {len} bytes, at most {max} allowed")]
    TooLarge {
        /// Bytes that arrived.
        len: usize,
        /// Bytes that are allowed.
        max: usize,
    },
    /// The bytes are not the MessagePack form of the expected type.
    #[error("malformed message: {0}")]
    Malformed(#[from] rmp_serde::decode::Error),
    /// A whole message is followed by more bytes.
    #[error("bytes after the message")]
    Trailing,
    /// The value cannot be encoded. This does not happen for the types of this crate.
    #[error("message cannot be encoded: {0}")]
    Unencodable(#[from] rmp_serde::encode::Error),
}

/// Encodes a value: a struct as an array, an enum as a name or as a map with one name.
///
/// # Errors
/// Never for the types of this crate; serde requires the result type.
pub fn encode<T: Serialize>(value: &T) -> Result<Bytes, CodecError> {
    Ok(rmp_serde::to_vec(value)?.into())
}

/// Decodes a value of at most `max` bytes.
///
/// # Errors
/// A [`CodecError`] that describes the first error.
pub fn decode<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, CodecError> {
    if bytes.len() > max {
        return Err(CodecError::TooLarge {
            len: bytes.len(),
            max,
        });
    }
    let mut reader = rmp_serde::Deserializer::from_read_ref(bytes);
    // `rmp-serde` refuses the level at which its counter reaches zero.
    reader.set_max_depth(MAX_DEPTH + 1);
    let value = T::deserialize(&mut reader)?;
    // This reader borrows the bytes and has no position, so the end is detected by failing to read
    // another marker.
    match serde::Deserialize::deserialize(&mut reader) {
        Err(rmp_serde::decode::Error::InvalidMarkerRead(_)) => Ok(value),
        Ok(IgnoredAny) | Err(_) => Err(CodecError::Trailing),
    }
}
