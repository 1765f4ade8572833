//! Scenes within PNG and SVG files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use formats::embed::{EmbedError, MEDIA_TYPE, png, svg};
use proptest::prelude::*;

/// A PNG file of one pixel.
fn pixel() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ::png::Encoder::new(&mut bytes, 1, 1)
        .write_header()
        .unwrap();
    writer.write_image_data(&[128]).unwrap();
    writer.finish().unwrap();
    bytes
}

const SVG: &str = "<?xml version=\"1.0\"?>\n<!-- > --><svg xmlns=\"http://www.w3.org/2000/svg\" \
                   viewBox=\"0 0 9 9\"><title>a</title><rect width=\"9\" height=\"9\"/></svg>";

#[test]
fn a_scene_comes_back_out_of_a_png_that_shows_the_same_picture() {
    let scene = "{\"title\":\"שלום 👩🏽‍🚀\"}".repeat(1_000);
    let with = png::with_scene(&pixel(), &scene).unwrap();
    assert_eq!(png::scene(&with), Ok(Some(scene)));
    assert!(with.len() < 1_000, "{} bytes are compressed", with.len());
    let decoder = ::png::Decoder::new(std::io::Cursor::new(&with));
    let mut reader = decoder.read_info().unwrap();
    let texts = &reader.info().utf8_text;
    assert_eq!(texts.len(), 1);
    assert_eq!(texts[0].keyword, MEDIA_TYPE);
    let mut shown = [0];
    reader.next_frame(&mut shown).unwrap();
    assert_eq!(shown, [128]);
    let again = png::with_scene(&with, "{}").unwrap();
    assert_eq!(
        png::scene(&again),
        Ok(Some("{}".to_owned())),
        "it is replaced"
    );
    assert_eq!(png::scene(&pixel()), Ok(None));
}

#[test]
fn a_scene_comes_back_out_of_an_svg() {
    let scene = "{\"title\":\"<svg> -- ]]> שלום\"}";
    let with = svg::with_scene(SVG, scene).unwrap();
    assert_eq!(svg::scene(&with), Ok(Some(scene.to_owned())));
    assert!(with.contains("viewBox=\"0 0 9 9\"><metadata"), "{with}");
    assert_eq!(svg::scene(SVG), Ok(None));
    assert_eq!(svg::with_scene("<p>no</p>", scene), Err(EmbedError::NotSvg));
    assert_eq!(svg::with_scene("", scene), Err(EmbedError::NotSvg));
    let indented = with.replace("+json\">", "+json\">\n    ");
    assert_eq!(svg::scene(&indented), Ok(Some(scene.to_owned())));
}

#[test]
fn damaged_files_and_bombs_are_refused() {
    let with = png::with_scene(&pixel(), "{}").unwrap();
    for cut in 9..with.len() {
        let read = png::scene(&with[..cut]);
        assert!(
            read == Ok(Some("{}".to_owned())) || read.is_err() || read == Ok(None),
            "{cut}"
        );
    }
    assert_eq!(png::scene(b"GIF89a"), Err(EmbedError::NotPng));
    assert_eq!(
        png::with_scene(b"\x89PNG\r\n\x1a\n", "{}"),
        Err(EmbedError::NotPng)
    );
    let mut damaged = with.clone();
    damaged[8 + 25 + 8 + MEDIA_TYPE.len() + 9] ^= 0xff;
    assert_eq!(png::scene(&damaged), Err(EmbedError::Damaged));
    let wrong = format!("<svg><metadata data-scene=\"{MEDIA_TYPE}\">AAAA</metadata></svg>");
    assert_eq!(svg::scene(&wrong), Err(EmbedError::Damaged));
    let empty = format!("<svg><metadata data-scene=\"{MEDIA_TYPE}\"></metadata></svg>");
    assert_eq!(svg::scene(&empty), Err(EmbedError::Damaged));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = png::scene(&[b"\x89PNG\r\n\x1a\n", bytes.as_slice()].concat());
        let _ = svg::scene(&format!("{MEDIA_TYPE}{}", String::from_utf8_lossy(&bytes)));
    }
}
