//! Encodes a value that was read, and reads it again.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::protocol::{decode, encode};

/// Reads bytes as a value. A value that was read is written in a form that is read as the same value:
/// its bytes are compared, because some values contain numbers that are not equal to themselves.
pub(crate) fn read<T: Serialize + DeserializeOwned>(bytes: &[u8], max: usize) -> Option<T> {
    let value: T = decode(bytes, max).ok()?;
    let written = encode(&value).expect("what was read can be written");
    let again: T = decode(&written, usize::MAX).expect("what was written can be read");
    assert_eq!(written, encode(&again).unwrap(), "a second form of a value");
    Some(value)
}
