//! Pictures for tests.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};

/// A picture of noise, which no format makes small: about three bytes for each pixel in PNG.
pub(crate) fn noise(width: u32, height: u32, seed: u64) -> DynamicImage {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut pixels = RgbImage::new(width, height);
    for pixel in pixels.pixels_mut() {
        *pixel = Rgb(random.random());
    }
    pixels.into()
}

/// The file of a picture.
pub(crate) fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A PNG of noise.
pub(crate) fn png(width: u32, height: u32, seed: u64) -> Vec<u8> {
    file(&noise(width, height, seed), ImageFormat::Png)
}

/// A chunk of PNG with its checksum.
pub(crate) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(name);
    hasher.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let sum = hasher.finalize().to_be_bytes();
    [&length[..], name, content, &sum].concat()
}

/// A PNG with a chunk more behind its head.
pub(crate) fn png_with(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut file = png(8, 8, 1);
    let behind_head = 8 + 4 + 4 + 13 + 4;
    file.splice(behind_head..behind_head, chunk(name, content));
    file
}

/// A PNG whose head names a size that its few bytes cannot have.
pub(crate) fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let head = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 6, 0, 0, 0],
    ]
    .concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A segment of JPEG.
pub(crate) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// EXIF that turns a picture and tells where it was taken.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value,
        ]
        .concat()
    };
    let gps_at: u32 = 8 + 2 + 2 * 12 + 4;
    [
        b"Exif\0\0MM\0*\0\0\0\x08".to_vec(),
        vec![0, 2],
        entry(0x0112, 3, 1, [0, orientation, 0, 0]),
        entry(0x8825, 4, 1, gps_at.to_be_bytes()),
        vec![0; 4],
        vec![0, 1],
        entry(0x0001, 2, 4, *b"GPS!"),
        vec![0; 4],
    ]
    .concat()
}

/// A JPEG with a segment more behind its begin.
pub(crate) fn jpeg_with(picture: &DynamicImage, marker: u8, content: &[u8]) -> Vec<u8> {
    let mut file = file(picture, ImageFormat::Jpeg);
    file.splice(2..2, segment(marker, content));
    file
}

/// A JPEG of 8 × 8 pixels, which stores one colour as CMYK.
pub(crate) fn cmyk_jpeg() -> Vec<u8> {
    let component = |number| [number, 0x11, 0];
    let components: Vec<u8> = (1..=4).flat_map(component).collect();
    // A table with one code, of one bit.
    let codes = |class: u8, value: u8| {
        let mut counts = [0; 16];
        counts[0] = 1;
        segment(0xc4, &[&[class << 4], &counts[..], &[value]].concat())
    };
    [
        vec![0xff, 0xd8],
        segment(0xee, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xdb, &[&[0][..], &[1; 64]].concat()),
        segment(0xc0, &[&[8, 0, 8, 0, 8, 4][..], &components].concat()),
        codes(0, 0),
        codes(1, 0),
        segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]),
        // A block has a first code, that of no difference, and the code of its end.
        vec![0x00, 0xff, 0xd9],
    ]
    .concat()
}
