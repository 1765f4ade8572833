//! The name of a blob: the hash of its bytes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The reason why a text is not a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected the 64 digits 0-9 a-f of a SHA-256")]
pub struct BlobHashError;

/// SHA-256 of a blob, such as the bytes of a picture. It is shown as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobHash(#[serde(with = "serde_bytes")] [u8; 32]);

impl BlobHash {
    /// Makes a hash of 32 raw bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 raw bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of a blob.
    #[must_use]
    pub fn of(blob: &[u8]) -> Self {
        Self(Sha256::digest(blob).into())
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobHash({self})")
    }
}

/// The value of a lowercase hex digit.
fn digit(byte: u8) -> Result<u8, BlobHashError> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(BlobHashError),
    }
}

impl FromStr for BlobHash {
    type Err = BlobHashError;

    /// Reads lowercase digits only, so that each blob has one address.
    fn from_str(text: &str) -> Result<Self, BlobHashError> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(BlobHashError);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_that_of_sha256sum_and_round_trips() {
        let hash = BlobHash::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash.to_string(), text);
        assert_eq!(text.parse(), Ok(hash));
    }

    #[test]
    fn other_texts_are_refused() {
        let text = BlobHash::of(b"abc").to_string();
        let upper = text.to_uppercase();
        let long = format!("{text}0");
        let short = text.split_at(63).0.to_owned();
        for bad in ["", "..", "../../etc/passwd", &upper, &long, &short] {
            assert_eq!(bad.parse::<BlobHash>(), Err(BlobHashError), "{bad}");
        }
    }
}
