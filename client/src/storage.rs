//! Small values in the browser's storage, as JSON.
//!
//! If the browser forbids storage, or it is full, nothing is kept, and nothing else breaks.
//! `gloo-storage` throws in that case, so it is not used.

use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

/// The beginning of every key of this program.
const PREFIX: &str = "commonslate:";

/// How long a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    /// As long as this tab, over reloads.
    Tab,
    /// Until the user clears the storage of this browser.
    Browser,
}

impl Area {
    /// The value of a key; `None` if it is missing or cannot be read.
    #[must_use]
    pub(crate) fn get<T: DeserializeOwned>(self, key: &str) -> Option<T> {
        serde_json::from_str(&self.text(key)?).ok()
    }

    /// The value of a key. If the text is not JSON of that value, `earlier` reads the form of
    /// earlier versions, and the value is written again as JSON.
    #[must_use]
    pub(crate) fn get_or_convert<T: Serialize + DeserializeOwned>(
        self,
        key: &str,
        earlier: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        serde_json::from_str(&text).ok().or_else(|| {
            let value = earlier(&text)?;
            self.set(key, &value);
            Some(value)
        })
    }

    /// Saves a value, if the browser allows it.
    pub(crate) fn set<T: Serialize>(self, key: &str, value: &T) {
        if let (Some(storage), Ok(text)) = (self.open(), serde_json::to_string(value)) {
            // Private modes and full disks refuse. The page works without the value.
            let _ = storage.set_item(&format!("{PREFIX}{key}"), &text);
        }
    }

    /// Removes a key and its value.
    pub(crate) fn remove(self, key: &str) {
        if let Some(storage) = self.open() {
            // Fails only if the browser keeps nothing anyway.
            let _ = storage.remove_item(&format!("{PREFIX}{key}"));
        }
    }

    /// All keys that begin with `start`, without this beginning.
    #[must_use]
    pub(crate) fn keys(self, start: &str) -> Vec<String> {
        let Some(storage) = self.open() else {
            return Vec::new();
        };
        let start = format!("{PREFIX}{start}");
        (0..storage.length().unwrap_or(0))
            .filter_map(|index| storage.key(index).ok().flatten())
            .filter_map(|key| key.strip_prefix(&start).map(ToOwned::to_owned))
            .collect()
    }

    fn text(self, key: &str) -> Option<String> {
        self.open()?
            .get_item(&format!("{PREFIX}{key}"))
            .ok()
            .flatten()
    }

    fn open(self) -> Option<Storage> {
        match self {
            Self::Tab => window().session_storage().ok().flatten(),
            Self::Browser => window().local_storage().ok().flatten(),
        }
    }
}
