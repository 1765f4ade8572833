//! An input method: what it shows while it composes, and the keys that it takes for itself.

use anyhow::Result;
use serde_json::json;

use crate::input::key_event;
use crate::keys::{Key, Modifiers};
use crate::page::Page;

/// The key code that browsers give to keys which an input method has taken.
const TAKEN: u32 = 229;

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

    /// Presses a key that the input method takes: the page hears of it, and the browser
    /// makes nothing of it.
    ///
    /// # Errors
    /// If the key is unknown or the page is gone.
    pub async fn press_composing(&self, key: &str) -> Result<()> {
        let key = Key {
            number: TAKEN,
            ..Key::named(key)?
        };
        for kind in ["rawKeyDown", "keyUp"] {
            let event = key_event(&key, Modifiers::NONE, kind);
            self.session.call("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }
}
