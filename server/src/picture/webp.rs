//! The chunks of WebP.

use bytes::Bytes;

use super::error::PictureError;
use super::parts::{Cleaned, Sorter, cut_off, shown};

/// The chunks that show something.
const KEPT: [&[u8; 4]; 7] = [
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// The chunks of one frame of an animation.
const KEPT_IN_FRAME: [&[u8; 4]; 3] = [b"VP8 ", b"VP8L", b"ALPH"];
/// Bytes of a frame before its chunks: its place, size and time.
const FRAME_HEAD_BYTES: usize = 16;
/// Bytes of a RIFF file that its length does not count: `RIFF` and the length.
const HEAD_BYTES: usize = 8;
/// Bytes of the content of `VP8X`, the features of a file; its flags are the first.
const FEATURES_BYTES: usize = 10;
/// The flags in `VP8X` that announce EXIF and XMP.
const METADATA_FLAGS: u8 = 0x08 | 0x04;

pub(super) fn cleaned(file: &Bytes) -> Result<Cleaned, PictureError> {
    let length = file.get(4..HEAD_BYTES).and_then(|it| it.try_into().ok());
    let length = u32::from_le_bytes(length.ok_or_else(cut_off)?);
    let end = usize::try_from(length)
        .ok()
        .and_then(|it| it.checked_add(HEAD_BYTES));
    let end = end.filter(|end| *end <= file.len()).ok_or_else(cut_off)?;
    let riff = file.slice(..end);
    let mut sorter = Sorter::new(&riff);
    sorter.take(HEAD_BYTES + 4)?;
    sorter.keep();
    while !sorter.is_at_end() {
        let name: [u8; 4] = sorter.take_array()?;
        let content = content(&mut sorter)?;
        match &name {
            b"ANMF" => frame(content)?,
            b"VP8X" if content.len() != FEATURES_BYTES => {
                return Err(PictureError::Damaged("VP8X has another length".to_owned()));
            }
            _ => {}
        }
        if KEPT.contains(&&name) {
            sorter.keep();
        } else {
            sorter.drop(shown(&name));
        }
    }
    let mut cleaned = sorter.finish();
    if file.len() > end {
        cleaned.removed.insert(super::parts::BEHIND_END.to_owned());
    }
    mend_head(&mut cleaned)?;
    Ok(cleaned)
}

/// Reads the length of a chunk and its content, which has an even number of bytes in the file.
fn content<'a>(sorter: &mut Sorter<'a>) -> Result<&'a [u8], PictureError> {
    let length = u32::from_le_bytes(sorter.take_array()?);
    let length = usize::try_from(length).map_err(|_| cut_off())?;
    let content = sorter.take(length)?;
    if length % 2 == 1 && !sorter.is_at_end() {
        sorter.take(1)?;
    }
    Ok(content)
}

/// Checks that a frame of an animation has nothing but pixels.
fn frame(content: &[u8]) -> Result<(), PictureError> {
    let content = Bytes::copy_from_slice(content);
    let mut sorter = Sorter::new(&content);
    sorter.take(FRAME_HEAD_BYTES)?;
    while !sorter.is_at_end() {
        let name: [u8; 4] = sorter.take_array()?;
        if !KEPT_IN_FRAME.contains(&&name) {
            let reason = format!("a frame has the unknown chunk {}", shown(&name));
            return Err(PictureError::Damaged(reason));
        }
        self::content(&mut sorter)?;
    }
    Ok(())
}

/// Writes the new length, and no longer announces what was removed.
fn mend_head(cleaned: &mut Cleaned) -> Result<(), PictureError> {
    let length = cleaned.file.len().saturating_sub(HEAD_BYTES);
    let length = u32::try_from(length).map_err(|_| cut_off())?;
    if let Some(place) = cleaned.file.get_mut(4..HEAD_BYTES) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    if let Some([b'V', b'P', b'8', b'X', _, _, _, _, flags, ..]) = cleaned.file.get_mut(12..)
        && *flags & METADATA_FLAGS != 0
    {
        *flags &= !METADATA_FLAGS;
        cleaned.removed.insert("flags of metadata".to_owned());
    }
    Ok(())
}
