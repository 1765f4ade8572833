//! Animated pictures for tests: two frames of 8 × 4 pixels.

use image::ImageFormat;

use crate::pictures::{chunk, file, noise};

/// A PNG of two frames, with EXIF in front of them if there is some.
pub(crate) fn animated_png(exif: Option<&[u8]>) -> Vec<u8> {
    let still = |seed| file(&noise(8, 4, seed), ImageFormat::Png);
    let head = 8 + 4 + 4 + 13 + 4;
    let frame = |number: u32| {
        let size = [8_u32, 4, 0, 0].map(u32::to_be_bytes).concat();
        let control = [&number.to_be_bytes()[..], &size, &[0, 1, 0, 10, 0, 0]];
        chunk(b"fcTL", &control.concat())
    };
    let [first, second] = [still(1), still(2)];
    let pixels = |file: &[u8]| {
        let from = file.windows(4).position(|name| name == b"IDAT").unwrap();
        let length: [u8; 4] = file[from - 4..from].try_into().unwrap();
        let length = u32::from_be_bytes(length) as usize;
        file[from + 4..from + 4 + length].to_vec()
    };
    [
        first[..head].to_vec(),
        exif.map(|exif| chunk(b"eXIf", exif)).unwrap_or_default(),
        chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
        frame(0),
        chunk(b"IDAT", &pixels(&first)),
        frame(1),
        chunk(b"fdAT", &[&[0, 0, 0, 2][..], &pixels(&second)].concat()),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A WebP of two frames, with EXIF behind them if there is some.
pub(crate) fn animated_webp(exif: Option<&[u8]>) -> Vec<u8> {
    let frame = |seed| {
        let still = file(&noise(8, 4, seed), ImageFormat::WebP);
        let place_size_and_time = [0, 0, 0, 0, 0, 0, 7, 0, 0, 3, 0, 0, 100, 0, 0, 2];
        riff(b"ANMF", &[&place_size_and_time[..], &still[12..]].concat())
    };
    let flags = if exif.is_some() { 0x0a } else { 0x02 };
    let chunks = [
        b"WEBP".to_vec(),
        riff(b"VP8X", &[flags, 0, 0, 0, 7, 0, 0, 3, 0, 0]),
        riff(b"ANIM", &[0; 6]),
        frame(3),
        frame(4),
        exif.map(|exif| riff(b"EXIF", exif)).unwrap_or_default(),
    ];
    riff(b"RIFF", &chunks.concat())
}

/// A chunk of WebP.
fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding = vec![0; content.len() % 2];
    [&name[..], &length, content, &padding].concat()
}
