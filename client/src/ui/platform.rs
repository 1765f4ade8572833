//! The labels of keys on this keyboard.

use leptos::prelude::window;

/// A family of keyboards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Platform {
    /// Control, Alt, Shift.
    #[default]
    Other,
    /// Command, Option, Shift.
    Apple,
}

impl Platform {
    /// The keyboard of this browser.
    #[must_use]
    pub(crate) fn detect() -> Self {
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

    /// The keys of a shortcut in the form of actions: `Ctrl+Shift+Z`, `Ctrl++`.
    #[must_use]
    pub(crate) fn keys(shortcut: &'static str) -> Vec<&'static str> {
        let mut keys = Vec::new();
        let mut rest = shortcut;
        while let Some((key, more)) = rest.split_once('+').filter(|(key, _)| !key.is_empty()) {
            keys.push(key);
            rest = more;
        }
        if !rest.is_empty() {
            keys.push(rest);
        }
        keys
    }

    /// The label of one key of a shortcut.
    #[must_use]
    pub(crate) fn key(self, key: &'static str) -> &'static str {
        match (self, key) {
            (Self::Apple, "Ctrl") => "⌘",
            (Self::Apple, "Alt") => "⌥",
            (Self::Apple, "Shift") => "⇧",
            (Self::Apple, "Delete") => "⌫",
            (_, "ArrowLeft") => "←",
            (_, "ArrowRight") => "→",
            (_, "ArrowUp") => "↑",
            (_, "ArrowDown") => "↓",
            (_, "Escape") => "Esc",
            (_, "Delete") => "Del",
            _ => key,
        }
    }

    /// A shortcut in one line, with the labels of this keyboard.
    #[must_use]
    pub(crate) fn words(self, shortcut: &'static str) -> String {
        let between = match self {
            Self::Apple => "",
            Self::Other => "+",
        };
        let keys: Vec<_> = Self::keys(shortcut)
            .into_iter()
            .map(|key| self.key(key))
            .collect();
        keys.join(between)
    }
}

#[cfg(test)]
mod tests {
    use super::Platform;

    #[test]
    fn a_shortcut_has_the_labels_of_the_keyboard() {
        assert_eq!(Platform::keys("Ctrl++"), ["Ctrl", "+"]);
        assert_eq!(Platform::keys("Ctrl+-"), ["Ctrl", "-"]);
        assert!(Platform::keys("").is_empty());
        assert_eq!(Platform::Other.words("Ctrl+Shift+Z"), "Ctrl+Shift+Z");
        assert_eq!(Platform::Apple.words("Ctrl+Shift+Z"), "⌘⇧Z");
        assert_eq!(Platform::Apple.words("Shift+ArrowLeft"), "⇧←");
    }
}
