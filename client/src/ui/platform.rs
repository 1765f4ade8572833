//! Which names the keyboard's keys have here.

use leptos::prelude::window;

/// The family of keyboards, for writing shortcuts down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Platform {
    /// Control, Alt, Shift.
    #[default]
    Other,
    /// Command, Option, Shift.
    Apple,
}

impl Platform {
    /// Asks the browser.
    #[must_use]
    pub fn detect() -> Self {
        let name = window().navigator().platform().unwrap_or_default();
        if ["Mac", "iPhone", "iPad"]
            .iter()
            .any(|apple| name.starts_with(apple))
        {
            Self::Apple
        } else {
            Self::Other
        }
    }

    /// Writes one key of a shortcut as this keyboard labels it.
    #[must_use]
    pub fn key(self, key: &'static str) -> &'static str {
        match (self, key) {
            (Self::Apple, "Ctrl") => "⌘",
            (Self::Apple, "Alt") => "⌥",
            (Self::Apple, "Shift") => "⇧",
            _ => key,
        }
    }
}
