//! Scenes in the metadata of PNG and SVG files.

use formats::embed::{png, svg};

/// Looks for a scene in the bytes, as they are and behind the head of a PNG file, and puts one in.
pub fn run(data: &[u8]) {
    let headed = [b"\x89PNG\r\n\x1a\n", data].concat();
    for bytes in [data, headed.as_slice()] {
        let _ = png::scene(bytes);
        if let Ok(with) = png::with_scene(bytes, "{}") {
            assert_eq!(png::scene(&with), Ok(Some("{}".to_owned())));
        }
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = svg::scene(text);
    if let Ok(with) = svg::with_scene(text, "{}") {
        // A comment or a damaged tag before it may hide the scene, but nothing else comes out.
        assert!(
            svg::scene(&with)
                .ok()
                .flatten()
                .is_none_or(|scene| scene == "{}" || text.contains("data-scene"))
        );
    }
}

/// Pictures with and without a scene.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let drawing = "<?xml version='1.0'?><!-- > --><svg width='9'><rect/></svg>";
    let with = svg::with_scene(drawing, "{\"type\":\"commonslate\"}").unwrap_or_default();
    let head = [b"\0\0\0\x0dIHDR".as_slice(), &[0; 17]].concat();
    let end = b"\0\0\0\0IEND\xae\x42\x60\x82";
    let plain = [b"\x89PNG\r\n\x1a\n".as_slice(), &head, end].concat();
    let scene = png::with_scene(&plain, "{}").unwrap_or_default();
    vec![drawing.into(), with.into(), plain, scene]
}
