//! Applies the choice between light and dark to the page.

use leptos::prelude::{document, window};
use shared::model::palette::Theme;

use crate::view_model::ThemeChoice;

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

/// The theme on the screen: the choice, or that of the system.
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
