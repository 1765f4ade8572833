//! The WebAssembly module, with the functions that JavaScript calls.

use importer::{Form, Imported, Kind, Written};
use shared::model::{EmbeddedFile, NewElement};
use shared::protocol::codec::{decode, encode};
use wasm_bindgen::prelude::wasm_bindgen;

/// What was read, for JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reading(Imported);

#[wasm_bindgen]
impl Reading {
    /// The elements in MessagePack.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn elements(&self) -> Vec<u8> {
        encode(&self.0.elements).unwrap_or_default().into()
    }

    /// The files of pictures in MessagePack.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn files(&self) -> Vec<u8> {
        encode(&self.0.files).unwrap_or_default().into()
    }

    /// The title of the board, or an empty text.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn title(&self) -> String {
        self.0.title.clone()
    }

    /// A sentence that names the parts that were not kept.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        self.0.notice.clone()
    }
}

/// A written file, for JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Writing(Written);

#[wasm_bindgen]
impl Writing {
    /// The content of the file.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        self.0.file.clone()
    }

    /// A sentence that names what the form does not have.
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

/// Writes elements and files of pictures, which are given in MessagePack, in a form: `json`, `excalidraw`, or `png` or
/// `svg`, which adds them to the picture; `undefined` if that is not possible. See
/// [`importer::write`].
#[wasm_bindgen]
#[must_use]
pub fn write(
    elements: &[u8],
    form: &str,
    title: &str,
    picture: Vec<u8>,
    files: &[u8],
) -> Option<Writing> {
    let form = match form {
        "json" => Form::Json,
        "excalidraw" => Form::Excalidraw,
        "png" => Form::Png(picture),
        "svg" => Form::Svg(String::from_utf8(picture).ok()?),
        _ => return None,
    };
    let elements: Vec<NewElement> = decode(elements, elements.len()).ok()?;
    let files: Vec<EmbeddedFile> = decode(files, files.len()).ok()?;
    importer::write(&elements, title, &form, &files).map(Writing)
}

fn main() {}
