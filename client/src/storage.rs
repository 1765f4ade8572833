//! The browser's two shelves of small texts.
//!
//! Knows keys and texts. It must not know what they mean. Storage may be
//! forbidden or full; then nothing is kept, and nothing else breaks.

use leptos::prelude::window;
use web_sys::Storage;

/// What every key of ours begins with.
const PREFIX: &str = "commonslate:";

/// Where a text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// For this tab, over reloads.
    Tab,
    /// For this browser, until somebody clears it.
    Browser,
}

impl Shelf {
    /// What is kept under a key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<String> {
        self.open()?
            .get_item(&format!("{PREFIX}{key}"))
            .ok()
            .flatten()
    }

    /// Keeps a text, if the browser lets us.
    pub fn put(self, key: &str, text: &str) {
        if let Some(shelf) = self.open() {
            // Private modes and full disks refuse; what is kept here is never the only copy.
            let _ = shelf.set_item(&format!("{PREFIX}{key}"), text);
        }
    }

    /// Throws a text away.
    pub fn remove(self, key: &str) {
        if let Some(shelf) = self.open() {
            // Fails only where nothing could be kept in the first place.
            let _ = shelf.remove_item(&format!("{PREFIX}{key}"));
        }
    }

    /// The rest of every key that begins with `start`.
    #[must_use]
    pub fn keys(self, start: &str) -> Vec<String> {
        let Some(shelf) = self.open() else {
            return Vec::new();
        };
        let start = format!("{PREFIX}{start}");
        (0..shelf.length().unwrap_or(0))
            .filter_map(|index| shelf.key(index).ok().flatten())
            .filter_map(|key| key.strip_prefix(&start).map(ToOwned::to_owned))
            .collect()
    }

    fn open(self) -> Option<Storage> {
        match self {
            Self::Tab => window().session_storage().ok().flatten(),
            Self::Browser => window().local_storage().ok().flatten(),
        }
    }
}
