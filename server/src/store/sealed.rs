//! Compressed bytes with a checksum, for snapshots and archived segments, which are written rarely
//! and kept long.
//!
//! `version (1) · CRC-32 of the rest (4) · plain length (4) · LZ4 block`.
//! LZ4's own frame format has checksums too, but boards are stored in this form.

use super::StoreError;
use crate::commit_bytes::take;

const VERSION: u8 = 1;

/// Compresses and seals.
pub(super) fn seal(plain: &[u8]) -> Vec<u8> {
    let length = u32::try_from(plain.len()).unwrap_or(u32::MAX).to_be_bytes();
    let body = lz4_flex::block::compress(plain);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&length);
    crc.update(&body);
    let mut sealed = Vec::with_capacity(9 + body.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&crc.finalize().to_be_bytes());
    sealed.extend_from_slice(&length);
    sealed.extend_from_slice(&body);
    sealed
}

/// Opens what [`seal`] made, of at most `max` plain bytes.
///
/// # Errors
/// [`StoreError::Corrupt`] if a bit of it is wrong.
pub(super) fn unseal(sealed: &[u8], max: usize) -> Result<Vec<u8>, StoreError> {
    let mut rest = sealed;
    let head = (take::<1>(&mut rest), take::<4>(&mut rest));
    let (Some([VERSION]), Some(crc)) = head else {
        return Err(StoreError::Corrupt(
            "sealed bytes of an unknown form".to_owned(),
        ));
    };
    if crc32fast::hash(rest).to_be_bytes() != crc {
        return Err(StoreError::Corrupt(
            "checksum of sealed bytes is wrong".to_owned(),
        ));
    }
    let length = take::<4>(&mut rest).map_or(u32::MAX, u32::from_be_bytes);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > max {
        return Err(StoreError::Corrupt(format!(
            "{length} bytes sealed, at most {max} expected"
        )));
    }
    lz4_flex::block::decompress(rest, length)
        .map_err(|error| StoreError::Corrupt(format!("sealed bytes: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_bytes_round_trip() {
        let plain = b"ink ink ink ink ink ink".repeat(50);
        let sealed = seal(&plain);
        assert!(sealed.len() < plain.len());
        assert_eq!(unseal(&sealed, plain.len()).unwrap(), plain);
    }

    #[test]
    fn any_flipped_bit_is_noticed() {
        let sealed = seal(b"a board");
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 4;
            assert!(unseal(&bad, 1000).is_err(), "{at}");
        }
    }

    #[test]
    fn more_than_expected_is_refused() {
        assert!(unseal(&seal(&[0; 100]), 99).is_err());
    }
}
