//! Light, dark, or as the system says.

use leptos::prelude::{document, window};
use serde::{Deserialize, Serialize};
use shared::model::palette::Theme;

/// What the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ThemeChoice {
    /// Follow the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// All choices, in menu order.
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The word in the menu.
    #[must_use]
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The word in `data-theme`.
    #[must_use]
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice with this [`Self::key`].
    #[must_use]
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.key() == key)
    }
}

/// Shows the page in the chosen theme, by `data-theme` on the root element.
pub(crate) fn apply_theme(choice: ThemeChoice) {
    let Some(root) = document().document_element() else {
        return;
    };
    let outcome = match choice {
        ThemeChoice::System => root.remove_attribute("data-theme"),
        ThemeChoice::Light | ThemeChoice::Dark => root.set_attribute("data-theme", choice.key()),
    };
    debug_assert!(outcome.is_ok(), "data-theme is a valid attribute name");
}

/// The theme that is on screen: the choice, or what the system wants now.
#[must_use]
pub(crate) fn effective_theme(choice: ThemeChoice) -> Theme {
    match choice {
        ThemeChoice::Light => Theme::Light,
        ThemeChoice::Dark => Theme::Dark,
        ThemeChoice::System => {
            let query = window()
                .match_media("(prefers-color-scheme: dark)")
                .ok()
                .flatten();
            if query.is_some_and(|query| query.matches()) {
                Theme::Dark
            } else {
                Theme::Light
            }
        }
    }
}
