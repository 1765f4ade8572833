//! MessagePack in and out, by `rmp-serde`.
//!
//! The size is checked before decoding starts, nesting is limited to [`MAX_DEPTH`], and bytes
//! after the value are refused. A declared length allocates nothing by itself: strings and
//! binaries are read from the bytes that are really there, and serde caps what it reserves
//! for a list.

use bytes::Bytes;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::limits::MAX_DEPTH;

/// Why a value cannot be decoded or encoded.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// More bytes than allowed.
    #[error("message of {len} bytes, at most {max} allowed")]
    TooLarge {
        /// Bytes that arrived.
        len: usize,
        /// Bytes that are allowed.
        max: usize,
    },
    /// Not the MessagePack form of the expected type.
    #[error("malformed message: {0}")]
    Malformed(#[from] rmp_serde::decode::Error),
    /// A whole message is followed by more bytes.
    #[error("bytes after the message")]
    Trailing,
    /// The value cannot be encoded; this cannot happen for the types of this crate.
    #[error("message cannot be encoded: {0}")]
    Unencodable(#[from] rmp_serde::encode::Error),
}

/// Encodes a value: structs as arrays, enums as a name or a map of one name.
///
/// # Errors
/// Never for the types of this crate; the type says so because serde does.
pub fn encode<T: Serialize>(value: &T) -> Result<Bytes, CodecError> {
    Ok(rmp_serde::to_vec(value)?.into())
}

/// Decodes a value of at most `max` bytes.
///
/// # Errors
/// [`CodecError`] says what is wrong with the bytes.
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
    // This reader borrows and has no position; only at the end can no further marker be read.
    match serde::Deserialize::deserialize(&mut reader) {
        Err(rmp_serde::decode::Error::InvalidMarkerRead(_)) => Ok(value),
        Ok(IgnoredAny) | Err(_) => Err(CodecError::Trailing),
    }
}
