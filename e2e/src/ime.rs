//! An input method: what it shows while it composes, and the keys that it takes for itself.

use anyhow::Result;
use serde_json::json;

use crate::input::key_event;
use crate::keys::{Key, Modifiers};
use crate::page::Page;

impl Page {
    /// What an input method shows while it composes, with the caret at its end.
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

    /// Presses a key that the input method deals with: the page hears of it, and the browser
    /// puts nothing into the text.
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
