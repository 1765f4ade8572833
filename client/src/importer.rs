//! Reads drawings, pages and tables, and writes files with elements, with the importer (`client/importer`), a second WebAssembly
//! module. Each reading has a worker of its own, so the page goes on meanwhile, and it can be stopped.

use js_sys::{Reflect, Uint8Array};
use shared::model::{EmbeddedFile, NewElement};
use shared::protocol::codec::{decode, encode};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Reads content in a worker; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = readContent, catch)]
    async fn read_content(content: &Uint8Array, kind: &str, zoom: f64) -> Result<JsValue, JsValue>;

    /// Writes elements in a worker; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = writeContent, catch)]
    async fn write_content(
        elements: &Uint8Array,
        form: &str,
        title: &str,
        picture: &Uint8Array,
        files: &Uint8Array,
    ) -> Result<JsValue, JsValue>;

    /// Stops all readings and writings; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = stopReadings)]
    fn stop_readings();
}

/// What the content is, as far as that is known before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// SVG, or a scene of Excalidraw.
    Drawing,
    /// HTML.
    Html,
    /// A table of text.
    Table,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The elements, from the bottom of the stack up.
    pub(crate) elements: Vec<NewElement>,
    /// The title of the board, if the content has one; else empty.
    pub(crate) title: String,
    /// What was not kept, in a sentence.
    pub(crate) notice: Option<String>,
    /// The files of pictures that the content has.
    pub(crate) files: Vec<EmbeddedFile>,
}

/// Why content was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// The importer did not load, for example because there is no connection.
    NotLoaded,
    /// The importer crashed on this content, or took too long.
    Crashed,
    /// The user stopped the reading.
    Stopped,
}

impl ImportError {
    fn of(error: &JsValue) -> Self {
        match error.as_string().as_deref() {
            Some("crashed") => Self::Crashed,
            Some("stopped") => Self::Stopped,
            _ => Self::NotLoaded,
        }
    }
}

/// Reads content; `None` if it is of another kind. One pixel of a drawing becomes one CSS pixel at
/// this zoom.
///
/// # Errors
/// If the importer does not load, crashes or is stopped.
pub(crate) async fn read(
    content: &[u8],
    kind: Kind,
    zoom: f64,
) -> Result<Option<Reading>, ImportError> {
    let kind = match kind {
        Kind::Drawing => "drawing",
        Kind::Html => "html",
        Kind::Table => "table",
    };
    match read_content(&Uint8Array::from(content), kind, zoom).await {
        Ok(reading) => Ok(reading_of(&reading)),
        Err(error) => Err(ImportError::of(&error)),
    }
}

/// The form of a file that elements are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileForm {
    /// The own form.
    Json,
    /// A scene of Excalidraw.
    Excalidraw,
    /// This PNG, with the elements in it.
    Png(Vec<u8>),
    /// This SVG, with the elements in it.
    Svg(String),
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The content.
    pub(crate) file: Vec<u8>,
    /// What the form does not have, in a sentence.
    pub(crate) notice: Option<String>,
}

/// Writes elements, with the files of their pictures, to a file of a form; `None` if it cannot be written.
///
/// # Errors
/// If the importer does not load, crashes or is stopped.
pub(crate) async fn write(
    elements: &[NewElement],
    title: &str,
    form: FileForm,
    files: Vec<EmbeddedFile>,
) -> Result<Option<Written>, ImportError> {
    let (form, picture) = match form {
        FileForm::Json => ("json", Vec::new()),
        FileForm::Excalidraw => ("excalidraw", Vec::new()),
        FileForm::Png(png) => ("png", png),
        FileForm::Svg(svg) => ("svg", svg.into_bytes()),
    };
    let elements = Uint8Array::from(&*encode(&elements).unwrap_or_default());
    let picture = Uint8Array::from(picture.as_slice());
    let packed = Uint8Array::from(&*encode(&files).unwrap_or_default());
    drop(files);
    let written = write_content(&elements, form, title, &picture, &packed).await;
    let written = written.map_err(|error| ImportError::of(&error))?;
    let get = |name: &str| Reflect::get(&written, &name.into()).ok();
    let file = get("file").and_then(|file| file.dyn_into::<Uint8Array>().ok());
    Ok(file.map(|file| Written {
        file: file.to_vec(),
        notice: get("notice").and_then(|notice| notice.as_string()),
    }))
}

fn reading_of(reading: &JsValue) -> Option<Reading> {
    let get = |name: &str| Reflect::get(reading, &name.into()).ok();
    let bytes = get("elements")?.dyn_into::<Uint8Array>().ok()?.to_vec();
    let files = get("files")?.dyn_into::<Uint8Array>().ok()?.to_vec();
    Some(Reading {
        // The importer has checked them, and the editor does so again.
        elements: decode(&bytes, bytes.len()).unwrap_or_default(),
        title: get("title")?.as_string().unwrap_or_default(),
        notice: get("notice")?.as_string(),
        files: decode(&files, files.len()).unwrap_or_default(),
    })
}

/// Stops all readings and writings.
pub(crate) fn stop() {
    stop_readings();
}
