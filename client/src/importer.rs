//! Reads drawings, pages and tables with the importer (`client/importer`), a second WebAssembly
//! module. Each reading has a worker of its own, so the page goes on meanwhile, and it can be stopped.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Reads content in a worker; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = readContent, catch)]
    async fn read_content(content: &Uint8Array, kind: &str, zoom: f64) -> Result<JsValue, JsValue>;

    /// Stops all readings; defined in `client/boot.js`.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The elements, in the form that they have on the clipboard; empty if there are none.
    pub(crate) elements: String,
    /// What was not kept, in a sentence.
    pub(crate) notice: Option<String>,
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
        Err(error) => Err(match error.as_string().as_deref() {
            Some("crashed") => ImportError::Crashed,
            Some("stopped") => ImportError::Stopped,
            _ => ImportError::NotLoaded,
        }),
    }
}

fn reading_of(reading: &JsValue) -> Option<Reading> {
    let get = |name: &str| Reflect::get(reading, &name.into()).ok()?.as_string();
    Some(Reading {
        elements: get("elements")?,
        notice: get("notice"),
    })
}

/// Stops all readings.
pub(crate) fn stop() {
    stop_readings();
}
