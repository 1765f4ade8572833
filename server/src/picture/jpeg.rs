//! The segments of JPEG.

use bytes::Bytes;

use super::error::PictureError;
use super::parts::{Cleaned, Sorter, cut_off};

const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Bytes of a JFIF segment that has no thumbnail.
const JFIF_BYTES: usize = 14;

pub(super) fn cleaned(file: &Bytes) -> Result<Cleaned, PictureError> {
    let mut sorter = Sorter::new(file);
    sorter.take(2)?;
    sorter.keep();
    loop {
        let marker = marker(&mut sorter)?;
        if marker == END {
            sorter.keep();
            return Ok(sorter.finish());
        }
        let length = usize::from(u16::from_be_bytes(sorter.take_array()?));
        let content = sorter.take(length.checked_sub(2).ok_or_else(cut_off)?)?;
        match removed(marker, content) {
            None => sorter.keep(),
            Some(name) => sorter.drop(name),
        }
        if marker == SCAN {
            scan(&mut sorter)?;
            sorter.keep();
        }
    }
}

/// Reads a marker. Any number of 0xff may stand before it.
fn marker(sorter: &mut Sorter<'_>) -> Result<u8, PictureError> {
    let [first] = sorter.take_array()?;
    if first != 0xff {
        let reason = "a segment begins without a marker".to_owned();
        return Err(PictureError::Damaged(reason));
    }
    loop {
        let [marker] = sorter.take_array()?;
        if marker != 0xff {
            return Ok(marker);
        }
    }
}

/// Reads the compressed pixels of a scan, up to the next marker.
fn scan(sorter: &mut Sorter<'_>) -> Result<(), PictureError> {
    let rest = sorter.rest();
    let is_pixels = |pair: &[u8; 2]| match pair {
        // 0 stands behind a byte of pixels that looks like a marker; the others restart the decoder.
        [0xff, second] => matches!(second, 0 | 0xd0..=0xd7),
        _ => true,
    };
    let end = rest.array_windows().position(|pair| !is_pixels(pair));
    sorter.take(end.ok_or_else(cut_off)?)?;
    Ok(())
}

/// The name of a segment that shows nothing; `None` if it stays.
fn removed(marker: u8, content: &[u8]) -> Option<String> {
    match marker {
        // Frames, tables, restart intervals, scans and the number of lines.
        0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdd => None,
        // JFIF without a thumbnail, which may show what was cut off or painted over.
        0xe0 if content.starts_with(b"JFIF\0") && content.len() == JFIF_BYTES => None,
        0xe2 if content.starts_with(b"ICC_PROFILE\0") => None,
        // Adobe's segment says how the colours are stored.
        0xee if content.starts_with(b"Adobe") && content.len() == 12 => None,
        0xe0..=0xef => Some(application_segment(marker, content)),
        0xfe => Some("comment".to_owned()),
        _ => Some(format!("segment {marker:02x}")),
    }
}

fn application_segment(marker: u8, content: &[u8]) -> String {
    if content.starts_with(b"Exif\0") {
        "EXIF".to_owned()
    } else if content.starts_with(b"http://ns.adobe.com/x") {
        "XMP".to_owned()
    } else if content.starts_with(b"JFIF\0") || content.starts_with(b"JFXX\0") {
        "thumbnail".to_owned()
    } else {
        format!("APP{}", marker & 0x0f)
    }
}
