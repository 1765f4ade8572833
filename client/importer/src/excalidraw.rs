//! Reads scenes of Excalidraw: its clipboard, its files, and the scenes in its SVG and PNG exports.

mod anchors;
mod drawn;
mod elements;
mod embedded;
mod files;
mod images;
mod ink;
mod labels;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::foreign::Foreign;
use files::{Files, RawFiles};

/// A scene; its elements are read one by one, so that a strange one does not spoil the others.
#[derive(Deserialize)]
struct Scene<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    /// The program that wrote it.
    #[serde(borrow, default)]
    source: Option<&'a RawValue>,
    #[serde(borrow, default)]
    elements: Vec<&'a RawValue>,
    /// The items of a library, in the first and in the second version of its form.
    #[serde(borrow, default)]
    library: Vec<Vec<&'a RawValue>>,
    #[serde(borrow, default, rename = "libraryItems")]
    library_items: Vec<Item<'a>>,
    #[serde(borrow, default)]
    files: Option<RawFiles<'a>>,
}

/// An item of a library.
#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow, default)]
    elements: Vec<&'a RawValue>,
}

/// The elements of a scene in JSON; `None` if the text is none.
pub(crate) fn read_json(text: &str, zoom: f64) -> Option<Foreign> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_scene = text.starts_with('{')
        && text
            .get(..text.len().min(4_000))
            .is_none_or(|it| it.contains("excalidraw"));
    let scene: Scene<'_> = is_scene
        .then(|| serde_json::from_str(text).ok())
        .flatten()?;
    let is_known = matches!(
        scene.kind,
        "excalidraw" | "excalidraw/clipboard" | "excalidrawlib"
    );
    let source = scene.source.map(|source| source.get().trim_matches('"'));
    let is_ours = source == Some(formats::excalidraw::SOURCE);
    let items = scene.library_items.into_iter().map(|item| item.elements);
    let items = scene.library.into_iter().chain(items).flatten();
    let all: Vec<&RawValue> = scene.elements.into_iter().chain(items).collect();
    let files = Files::new(scene.files.unwrap_or_default());
    (is_known && !all.is_empty()).then(|| elements::read(&all, files, is_ours, zoom))
}

/// The elements of the scene in an SVG export; `None` if it has none.
pub(crate) fn read_svg(text: &str, zoom: f64) -> Option<Foreign> {
    read_json(&embedded::in_svg(text)?, zoom)
}

/// The elements of the scene in a PNG export; `None` if it has none.
pub(crate) fn read_png(bytes: &[u8], zoom: f64) -> Option<Foreign> {
    read_json(&embedded::in_png(bytes)?, zoom)
}
