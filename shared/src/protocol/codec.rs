//! MessagePack in and out.
//!
//! Decoding is typed, follows at most [`MAX_DEPTH`] levels, refuses bytes after
//! the value, and never trusts a declared length: serde grows collections as
//! elements arrive and starts them small, and rmp-serde reads strings and
//! binaries from what is really there.

use std::io::Cursor;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::limits::MAX_DEPTH;

/// Why bytes are no message.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// More bytes than allowed.
    #[error("message of {len} bytes, at most {max} allowed")]
    TooLarge {
        /// What came.
        len: usize,
        /// What is allowed.
        max: usize,
    },
    /// Not the MessagePack form of the expected type.
    #[error("malformed message: {0}")]
    Malformed(#[from] rmp_serde::decode::Error),
    /// A whole message and then more.
    #[error("{0} bytes after the message")]
    Trailing(usize),
    /// The value cannot be written; cannot happen for our own types.
    #[error("message cannot be encoded: {0}")]
    Unencodable(#[from] rmp_serde::encode::Error),
}

/// Encodes a value.
///
/// # Errors
/// Never for the types of this crate; the type says so because serde does.
pub fn encode<T: Serialize>(value: &T) -> Result<Bytes, CodecError> {
    Ok(Bytes::from(rmp_serde::to_vec(value)?))
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
    let mut reader = rmp_serde::Deserializer::new(Cursor::new(bytes));
    reader.set_max_depth(MAX_DEPTH);
    let value = T::deserialize(&mut reader)?;
    let read = usize::try_from(reader.position()).unwrap_or(usize::MAX);
    match bytes.len().saturating_sub(read) {
        0 => Ok(value),
        more => Err(CodecError::Trailing(more)),
    }
}
