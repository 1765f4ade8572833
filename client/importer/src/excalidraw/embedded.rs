//! Scenes in the metadata of exported pictures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::Deserialize;

use crate::limits::MAX_BYTES;

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const KEYWORD: &[u8] = b"application/vnd.excalidraw+json";

/// The form in which a scene is embedded.
#[derive(Deserialize)]
struct Encoded {
    /// The bytes of the scene, one letter a byte.
    encoded: String,
    #[serde(default)]
    compressed: bool,
}

/// The scene in the metadata of an SVG.
pub(super) fn in_svg(text: &str) -> Option<String> {
    let (head, rest) = text.split_once("<!-- payload-start -->")?;
    let (payload, _) = rest.split_once("<!-- payload-end -->")?;
    let bytes = STANDARD.decode(payload.trim()).ok()?;
    // The first version wrote UTF-8, later ones one byte for each letter.
    if head.contains("payload-version:1 ") {
        decoded(&String::from_utf8(bytes).ok()?)
    } else {
        decoded(&latin(&bytes))
    }
}

/// The scene in a text chunk of a PNG.
pub(super) fn in_png(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.strip_prefix(PNG_SIGNATURE)?;
    while let Some((head, body)) = rest.split_at_checked(8) {
        let (length, kind) = head.split_at_checked(4)?;
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        let data = body.get(..length)?;
        if let Some(text) = data.strip_prefix(KEYWORD).filter(|_| kind == b"tEXt") {
            return decoded(&latin(text.strip_prefix(b"\0")?));
        }
        // A checksum of four bytes follows the data.
        rest = body.get(length + 4..)?;
    }
    None
}

/// One letter for each byte.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn decoded(json: &str) -> Option<String> {
    let Ok(Encoded {
        encoded,
        compressed,
    }) = serde_json::from_str(json)
    else {
        // Old exports have the plain scene.
        return Some(json.to_owned());
    };
    let bytes: Option<Vec<u8>> = encoded.chars().map(|it| u8::try_from(it).ok()).collect();
    let bytes = bytes?;
    let plain = if compressed {
        decompress_to_vec_zlib_with_limit(&bytes, MAX_BYTES).ok()?
    } else {
        bytes
    };
    String::from_utf8(plain).ok()
}
