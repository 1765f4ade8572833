//! A scene in an SVG document: base64 in a `metadata` element.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{EmbedError, MEDIA_TYPE, compressed, decompressed};

/// The attribute that marks the element.
const MARK: &str = "data-scene";

/// The element with a scene. [`shared::paint::Rendering::write_svg`] takes it.
#[must_use]
pub fn metadata(scene: &str) -> String {
    let packed = STANDARD.encode(compressed(scene));
    format!("<metadata {MARK}=\"{MEDIA_TYPE}\">{packed}</metadata>")
}

/// The document with a scene, as the first child of its root.
///
/// # Errors
/// [`EmbedError::NotSvg`].
pub fn with_scene(svg: &str, scene: &str) -> Result<String, EmbedError> {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "svg" => break,
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => {
                return Err(EmbedError::NotSvg);
            }
            Ok(_) => {}
        }
    }
    let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    let (head, rest) = svg.split_at_checked(place).ok_or(EmbedError::NotSvg)?;
    Ok([head, &metadata(scene), rest].concat())
}

/// The scene in a document; `None` if it has none.
///
/// # Errors
/// [`EmbedError::NotSvg`], or another one if the scene cannot be read.
pub fn scene(svg: &str) -> Result<Option<String>, EmbedError> {
    // Most documents have none, and need not be parsed.
    if !svg.contains(MEDIA_TYPE) {
        return Ok(None);
    }
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_scene(&tag) => break,
            Ok(Event::Eof) => return Ok(None),
            Ok(_) => {}
            Err(_) => return Err(EmbedError::NotSvg),
        }
    }
    let Ok(Event::Text(packed)) = reader.read_event() else {
        return Err(EmbedError::Damaged);
    };
    let packed: String = packed.chars().filter(|it| !it.is_whitespace()).collect();
    let packed = STANDARD.decode(packed).map_err(|_| EmbedError::Damaged)?;
    decompressed(&packed).map(Some)
}

fn is_scene(tag: &BytesStart<'_>) -> bool {
    let mark = tag.try_get_attribute(MARK).ok().flatten();
    tag.local_name().as_ref() == "metadata"
        && mark.is_some_and(|mark| mark.value.as_ref() == MEDIA_TYPE)
}
