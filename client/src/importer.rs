//! Loads the importer of drawings, a second WebAssembly module (`client/importer`), when the first
//! drawing is pasted.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The functions of the module.
    type Importer;

    /// Loads the module, once; `client/boot.js` has this function.
    #[wasm_bindgen(js_name = loadImporter, catch)]
    async fn load() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = read_drawing)]
    fn read(this: &Importer, text: &str, zoom: f64) -> Result<Option<String>, JsValue>;
}

/// Reads a drawing into the form that elements have on the clipboard; `None` if the text is
/// no drawing. One pixel of the drawing becomes one CSS pixel at this zoom.
///
/// # Errors
/// If the module cannot be loaded, as without a connection, or fails.
pub async fn read_drawing(text: &str, zoom: f64) -> Result<Option<String>, JsValue> {
    load().await?.unchecked_into::<Importer>().read(text, zoom)
}
