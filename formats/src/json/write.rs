//! Writes a board as JSON, one element a line.

use std::borrow::Borrow;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use shared::model::{NewElement, Picture};

use super::element::JsonElement;
use super::{TYPE, VERSION};

/// The fields before the elements.
#[derive(Serialize)]
struct Head<'a> {
    r#type: &'a str,
    version: u64,
    title: &'a str,
}

/// The file of a picture.
#[derive(Serialize)]
struct JsonFile<'a> {
    media_type: &'a str,
    data: String,
}

/// Writes elements, which are given from the bottom up, to `out`, and behind them the files of
/// pictures. An empty title is written too.
///
/// # Errors
/// An error of `out`.
pub fn write<'a, E: Borrow<NewElement>>(
    title: &str,
    elements: impl IntoIterator<Item = E>,
    files: impl IntoIterator<Item = (&'a Picture, Vec<u8>)>,
    mut out: impl io::Write,
) -> io::Result<()> {
    let (r#type, version) = (TYPE, VERSION);
    let head = serde_json::to_string(&Head {
        r#type,
        version,
        title,
    })?;
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    out.write_all(b",\"elements\":[")?;
    let mut gap = "\n";
    for element in elements {
        out.write_all(gap.as_bytes())?;
        serde_json::to_writer(&mut out, &JsonElement::of(element.borrow()))?;
        gap = ",\n";
    }
    out.write_all(b"\n]")?;
    let mut gap = ",\"files\":{\n";
    let mut end = "}\n";
    for (picture, bytes) in files {
        let file = JsonFile {
            media_type: picture.media_type.name(),
            data: STANDARD.encode(bytes),
        };
        write!(out, "{gap}\"{}\":", picture.sha256)?;
        serde_json::to_writer(&mut out, &file)?;
        gap = ",\n";
        end = "\n}}\n";
    }
    out.write_all(end.as_bytes())
}

/// The JSON of elements, which are given from the bottom up.
#[must_use]
pub fn to_string<E: Borrow<NewElement>>(
    title: &str,
    elements: impl IntoIterator<Item = E>,
) -> String {
    let mut bytes = Vec::new();
    // A vector takes everything.
    let written = write(title, elements, [], &mut bytes);
    debug_assert!(written.is_ok(), "{written:?}");
    String::from_utf8(bytes).unwrap_or_default()
}
