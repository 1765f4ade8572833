//! The WebAssembly module, with the function that JavaScript calls.

use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a drawing into the text form that elements have on the clipboard; `undefined` if the
/// text is no drawing. See [`importer::read_drawing`].
#[wasm_bindgen]
#[must_use]
pub fn read_drawing(text: &str, zoom: f64) -> Option<String> {
    let elements = importer::read_drawing(text, zoom)?;
    Some(editor::elements_to_text(&elements))
}

fn main() {}
