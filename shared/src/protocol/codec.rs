//! MessagePack in and out.
//!
//! Decoding is typed, follows at most [`MAX_DEPTH`] levels, refuses bytes after the value,
//! and never trusts a declared length: a list that promises more than the bytes hold is
//! refused at once, and strings and binaries are read from what is really there.

mod error;
mod parts;
mod read;
#[cfg(test)]
mod tests;
mod token;
mod write;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::limits::MAX_DEPTH;

pub use error::{Flaw, Formless};

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
    #[error("malformed message at byte {at}: {flaw}")]
    Malformed {
        /// What is wrong.
        flaw: Flaw,
        /// Where reading ended, in bytes.
        at: usize,
    },
    /// A whole message and then more.
    #[error("{0} bytes after the message")]
    Trailing(usize),
    /// The value cannot be written; cannot happen for our own types.
    #[error("message cannot be encoded: {0}")]
    Unencodable(#[from] Formless),
}

/// Encodes a value.
///
/// # Errors
/// Never for the types of this crate; the type says so because serde does.
pub fn encode<T: Serialize>(value: &T) -> Result<Bytes, CodecError> {
    let mut writer = write::Writer::default();
    value.serialize(&mut writer)?;
    Ok(Bytes::from(writer.finish()))
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
    let mut reader = read::Reader::new(bytes, MAX_DEPTH);
    let value = T::deserialize(&mut reader);
    let left = reader.left();
    match value {
        Err(flaw) => Err(CodecError::Malformed {
            flaw,
            at: bytes.len().saturating_sub(left),
        }),
        Ok(_) if left > 0 => Err(CodecError::Trailing(left)),
        Ok(value) => Ok(value),
    }
}
