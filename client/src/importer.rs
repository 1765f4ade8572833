//! Reads drawings with the importer (`client/importer`), a second WebAssembly module, which is
//! loaded with the first drawing.

use js_sys::WebAssembly::RuntimeError;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Loads the importer if necessary and reads a drawing; defined in `client/boot.js`.
    #[wasm_bindgen(js_name = readDrawing, catch)]
    async fn read(text: &str, zoom: f64) -> Result<JsValue, JsValue>;
}

/// Why a drawing was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// The importer did not load, for example because there is no connection.
    NotLoaded,
    /// The importer crashed on this drawing. Other drawings can be read by a fresh importer.
    Crashed,
}

/// Reads a drawing into the form that elements have on the clipboard; `None` if the text is
/// no drawing. One pixel of the drawing becomes one CSS pixel at this zoom.
///
/// # Errors
/// If the importer does not load, or crashes.
pub(crate) async fn read_drawing(text: &str, zoom: f64) -> Result<Option<String>, ImportError> {
    match read(text, zoom).await {
        Ok(elements) => Ok(elements.as_string()),
        // A panic in WebAssembly ends in a trap, which is a `RuntimeError`.
        Err(error) if error.is_instance_of::<RuntimeError>() => Err(ImportError::Crashed),
        Err(_) => Err(ImportError::NotLoaded),
    }
}
