//! Values that travel compressed within a message.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::protocol::{CodecError, decode, encode};

/// The level of compression, `1 ..= 9`. Higher ones need twice the time to save one percent.
const LEVEL: u8 = 5;

/// Encodes a value and compresses it by DEFLATE (RFC 1951, without a header).
///
/// # Errors
/// Never for the types of this crate; serde requires the result type.
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, CodecError> {
    Ok(compress_to_vec(&encode(value)?, LEVEL))
}

/// Reads what [`pack`] wrote, of at most `max` bytes before compression. `None` if it is larger or
/// no such value.
#[must_use]
pub fn unpack<T: DeserializeOwned>(packed: &[u8], max: usize) -> Option<T> {
    let raw = decompress_to_vec_with_limit(packed, max).ok()?;
    decode(&raw, max).ok()
}
