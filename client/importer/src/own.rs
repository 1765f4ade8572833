//! Files of our own: JSON, and pictures that contain it.

use formats::embed::{self, EmbedError};
use formats::json::{self, JsonError, Scene};

use crate::markup;

/// The beginning of every PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How far from the beginning of a JSON file its type stands at most, in bytes.
const MAX_HEAD_BYTES: usize = 200;

/// The elements in a file of our own; `None` if the content is of another kind.
///
/// # Errors
/// If the file is of our own and cannot be read. The sentence says why.
pub(crate) fn read(content: &[u8]) -> Option<Result<Scene, String>> {
    if content.starts_with(PNG) {
        return embedded(embed::png::scene(content));
    }
    let text = str::from_utf8(content).ok()?;
    if markup::begins_with(text, "svg") {
        return embedded(embed::svg::scene(text));
    }
    match json::read(content) {
        Ok(scene) => Some(Ok(scene)),
        Err(JsonError::Foreign(_)) if !names_us(content) => None,
        Err(error) => Some(Err(error.to_string())),
    }
}

/// Whether JSON that cannot be read says at its beginning that it is of our own.
fn names_us(content: &[u8]) -> bool {
    let begin = content.get(..MAX_HEAD_BYTES).unwrap_or(content);
    let begin = String::from_utf8_lossy(begin);
    let begin: String = begin.chars().filter(|it| !it.is_whitespace()).collect();
    begin.contains(&format!("\"type\":\"{}\"", json::TYPE))
}

fn embedded(scene: Result<Option<String>, EmbedError>) -> Option<Result<Scene, String>> {
    match scene {
        Ok(scene) => {
            let read = json::read(scene?.as_bytes());
            Some(read.map_err(|error| error.to_string()))
        }
        // It is a picture like any other.
        Err(EmbedError::NotPng | EmbedError::NotSvg) => None,
        Err(error) => Some(Err(error.to_string())),
    }
}
