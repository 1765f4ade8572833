//! The chunks of PNG.

use bytes::Bytes;

use super::error::PictureError;
use super::parts::{Cleaned, Sorter, cut_off, shown};

/// The chunks that show something: the critical ones, colours, transparency, density and animation.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

const SIGNATURE_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;

pub(super) fn cleaned(file: &Bytes) -> Result<Cleaned, PictureError> {
    let mut sorter = Sorter::new(file);
    sorter.take(SIGNATURE_BYTES)?;
    sorter.keep();
    loop {
        let length = u32::from_be_bytes(sorter.take_array()?);
        let name: [u8; 4] = sorter.take_array()?;
        let length = usize::try_from(length).map_err(|_| cut_off())?;
        sorter.take(length.checked_add(CHECKSUM_BYTES).ok_or_else(cut_off)?)?;
        if KEPT.contains(&&name) {
            sorter.keep();
        } else if name.first().is_some_and(u8::is_ascii_uppercase) {
            let reason = format!(
                "the chunk {} is unknown and cannot be left out",
                shown(&name)
            );
            return Err(PictureError::Damaged(reason));
        } else {
            sorter.drop(shown(&name));
        }
        if name == *b"IEND" {
            return Ok(sorter.finish());
        }
    }
}
