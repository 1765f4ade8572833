//! Emulates an input method: its composition, and the keys that it handles itself.

use anyhow::Result;
use serde_json::json;

use crate::input::key_event;
use crate::keys::{Key, Modifiers};
use crate::page::Page;

impl Page {
    /// Sets the text of the composition, with the caret at its end.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn compose(&self, text: &str) -> Result<()> {
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.session
            .call("Input.imeSetComposition", composition)
            .await?;
        Ok(())
    }

    /// Presses a key that the input method handles: the page gets the key events, and the browser
    /// inserts no text.
    ///
    /// # Errors
    /// If the key is unknown or the page is gone.
    pub async fn press_composing(&self, key: &str) -> Result<()> {
        let key = Key::named(key)?;
        for kind in ["rawKeyDown", "keyUp"] {
            let event = key_event(&key, Modifiers::NONE, kind);
            self.session.call("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }
}
