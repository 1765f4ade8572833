//! The WebAssembly module, with the function that JavaScript calls.

use importer::{Imported, Kind};
use wasm_bindgen::prelude::wasm_bindgen;

/// What was read, for JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reading(Imported);

#[wasm_bindgen]
impl Reading {
    /// The elements in the text form that they have on the clipboard; empty if there are none.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn elements(&self) -> String {
        if self.0.elements.is_empty() {
            String::new()
        } else {
            editor::elements_to_text(&self.0.elements)
        }
    }

    /// A sentence that names the parts that were not kept.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        self.0.notice.clone()
    }
}

/// Reads content; `undefined` if it is not of its kind: `drawing`, `html` or `table`. See
/// [`importer::read`].
#[wasm_bindgen]
#[must_use]
pub fn read(content: &[u8], kind: &str, zoom: f64) -> Option<Reading> {
    let kind = match kind {
        "drawing" => Kind::Drawing,
        "html" => Kind::Html,
        "table" => Kind::Table,
        _ => return None,
    };
    importer::read(content, kind, zoom).map(Reading)
}

fn main() {}
