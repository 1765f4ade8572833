//! Reads the clipboard and the files of tldraw.
//!
//! The clipboard has HTML with a mark. In the first version of its form everything is packed, in the
//! second nothing, in the third everything but pictures and videos.

mod bindings;
mod geo;
mod ink;
mod lines;
mod packed_points;
mod records;
mod scene;
mod style;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use shared::model::NewElement;

use crate::left_out::{LeftOut, Report};
use crate::limits::MAX_BYTES;
use crate::lz_string::unpack_base64;
use crate::markup::Document;
use records::Record;

/// The attribute of the tag whose text is the clipboard of tldraw.
const MARK: &str = "data-tldraw";

#[derive(Deserialize)]
struct Clipboard<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// The content of a clipboard, whole or packed.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Content<'a> {
    #[serde(borrow)]
    shapes: Vec<&'a RawValue>,
    #[serde(borrow)]
    bindings: Option<Vec<&'a RawValue>>,
    other_compressed: Option<String>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(rename = "tldrawFileFormatVersion")]
    _version: u32,
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
}

/// The type of a record in a file.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Tag {
    type_name: String,
}

/// The shapes in the HTML of a clipboard; `None` if it has none.
pub(crate) fn read_html(html: &str, zoom: f64) -> Option<(Vec<NewElement>, Report)> {
    if !html.contains(MARK) {
        return None;
    }
    let document = Document::read(html);
    let (id, _) = document.all().find(|(_, node)| node.get(MARK).is_some())?;
    let text = document.text_in(id);
    let text = text.trim();
    let json = if text.starts_with('{') {
        text.to_owned()
    } else {
        unpack_base64(text, MAX_BYTES)?
    };
    let clipboard: Clipboard<'_> = serde_json::from_str(&json).ok()?;
    if clipboard.kind != "application/tldraw" {
        return None;
    }
    let content: Content<'_> = serde_json::from_str(clipboard.data.get()).ok()?;
    match &content.other_compressed {
        Some(packed) => {
            let json = unpack_base64(packed, MAX_BYTES)?;
            Some(shapes(&serde_json::from_str(&json).ok()?, zoom))
        }
        None => Some(shapes(&content, zoom)),
    }
}

fn shapes(content: &Content<'_>, zoom: f64) -> (Vec<NewElement>, Report) {
    let mut report = Report::default();
    let shapes = shape_records(&content.shapes, &mut report);
    let bindings = records(content.bindings.as_deref().unwrap_or_default());
    let (elements, more) = scene::read((&shapes, None), &bindings, zoom);
    report.merge(more);
    (elements, report)
}

/// The shapes on the first page of a file; `None` if the text is no file of tldraw.
pub(crate) fn read_file(text: &str, zoom: f64) -> Option<(Vec<NewElement>, Report)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') || !text.contains("tldrawFileFormatVersion") {
        return None;
    }
    let file: File<'_> = serde_json::from_str(text).ok()?;
    let mut by_type: HashMap<String, Vec<&RawValue>> = HashMap::new();
    for raw in file.records {
        let Tag { type_name } = serde_json::from_str(raw.get()).unwrap_or_default();
        by_type.entry(type_name).or_default().push(raw);
    }
    let of = |name| by_type.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut report = Report::default();
    let mut pages = records(of("page"));
    pages.sort_by(|a, b| a.index.cmp(&b.index));
    if pages.len() > 1 {
        report.add(LeftOut::OtherPages);
    }
    let page = pages.first().map(|page| page.id.as_str());
    let shapes = shape_records(of("shape"), &mut report);
    let bindings = records(of("binding"));
    let (elements, more) = scene::read((&shapes, page), &bindings, zoom);
    report.merge(more);
    Some((elements, report))
}

/// Reads records one by one, so that a strange one does not spoil the others.
fn records(raw: &[&RawValue]) -> Vec<Record> {
    let read = |raw: &&RawValue| serde_json::from_str(raw.get()).ok();
    raw.iter().filter_map(read).collect()
}

/// Reads shapes, and names those that cannot be read.
fn shape_records(raw: &[&RawValue], report: &mut Report) -> Vec<Record> {
    let shapes = records(raw);
    if shapes.len() < raw.len() {
        report.add(LeftOut::Unknown);
    }
    shapes
}
