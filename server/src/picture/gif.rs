//! The blocks of GIF.

use bytes::Bytes;
use shared::limits::{MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};

use super::error::PictureError;
use super::parts::{Cleaned, Sorter, shown};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
/// Bytes of the blocks that say how often an animation is repeated.
const MAX_LOOP_BYTES: usize = 16;

pub(super) fn cleaned(file: &Bytes) -> Result<Cleaned, PictureError> {
    let mut sorter = Sorter::new(file);
    sorter.take(6 + 4)?;
    color_table(&mut sorter, 2)?;
    sorter.keep();
    loop {
        let [kind] = sorter.take_array()?;
        match kind {
            IMAGE => {
                image(&mut sorter)?;
                sorter.keep();
            }
            EXTENSION => match extension(&mut sorter)? {
                None => sorter.keep(),
                Some(name) => sorter.drop(name),
            },
            TRAILER => {
                sorter.keep();
                return Ok(sorter.finish());
            }
            _ => {
                let reason = "a block begins without a mark".to_owned();
                return Err(PictureError::Damaged(reason));
            }
        }
    }
}

/// Reads the flags of a color table, so many further bytes, and the table.
fn color_table(sorter: &mut Sorter<'_>, further: usize) -> Result<(), PictureError> {
    let [flags] = sorter.take_array()?;
    sorter.take(further)?;
    if flags & 0x80 != 0 {
        sorter.take(3 << ((flags & 7) + 1))?;
    }
    Ok(())
}

fn image(sorter: &mut Sorter<'_>) -> Result<(), PictureError> {
    let [_, _, _, _, w0, w1, h0, h1] = sorter.take_array()?;
    let [width, height] = [[w0, w1], [h0, h1]].map(|side| u32::from(u16::from_le_bytes(side)));
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_PICTURE_SIDE || pixels > MAX_PICTURE_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    color_table(sorter, 0)?;
    // The size of the first code.
    sorter.take(1)?;
    sub_blocks(sorter)?;
    Ok(())
}

/// Reads an extension. Returns its name if it shows nothing.
fn extension(sorter: &mut Sorter<'_>) -> Result<Option<String>, PictureError> {
    let [label] = sorter.take_array()?;
    let name = match label {
        // The time and transparency of a frame.
        0xf9 => None,
        0xff => {
            let [length] = sorter.take_array()?;
            let name = sorter.take(usize::from(length))?;
            let bytes = sub_blocks(sorter)?;
            let is_loop = matches!(name, b"NETSCAPE2.0" | b"ANIMEXTS1.0");
            let is_kept = is_loop && bytes <= MAX_LOOP_BYTES;
            return Ok((!is_kept).then(|| shown(name)));
        }
        0xfe => Some("comment".to_owned()),
        0x01 => Some("plain text".to_owned()),
        _ => Some(format!("extension {label:02x}")),
    };
    sub_blocks(sorter)?;
    Ok(name)
}

/// Reads blocks up to an empty one. Returns how many bytes they have.
fn sub_blocks(sorter: &mut Sorter<'_>) -> Result<usize, PictureError> {
    let mut bytes = 0;
    loop {
        let [length] = sorter.take_array()?;
        if length == 0 {
            return Ok(bytes);
        }
        bytes += sorter.take(usize::from(length))?.len();
    }
}
