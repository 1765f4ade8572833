//! Light or dark: the choice of this person, and the theme that follows from it.

use leptos::prelude::{GetUntracked as _, ReadSignal, Set as _, WriteSignal, signal};
use shared::model::palette::Theme;

use crate::storage::Area;
use crate::ui::{apply_theme, effective_theme};
use crate::view_model::ThemeChoice;

/// The storage key of the choice.
const THEME_KEY: &str = "theme";

/// The choice that this browser keeps.
pub(crate) fn stored_theme() -> ThemeChoice {
    // Versions before JSON wrote the bare word.
    Area::Browser
        .get_or_convert(THEME_KEY, ThemeChoice::from_key)
        .unwrap_or_default()
}

/// The choice and the theme.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct PageTheme {
    /// What this person chose.
    pub(in crate::page) choice: ReadSignal<ThemeChoice>,
    /// The theme on the screen.
    pub(in crate::page) theme: ReadSignal<Theme>,
    set_choice: WriteSignal<ThemeChoice>,
    set_theme: WriteSignal<Theme>,
}

impl PageTheme {
    pub(super) fn new(chosen: ThemeChoice) -> Self {
        let (choice, set_choice) = signal(chosen);
        let (theme, set_theme) = signal(effective_theme(chosen));
        Self {
            choice,
            theme,
            set_choice,
            set_theme,
        }
    }

    /// Shows the page as chosen and keeps the choice.
    pub(in crate::page) fn choose(self, choice: ThemeChoice) {
        Area::Browser.set(THEME_KEY, &choice);
        self.set_choice.set(choice);
        apply_theme(choice);
        self.follow_system();
    }

    /// Changes from light to dark, or back.
    pub(in crate::page) fn toggle(self) {
        self.choose(match self.theme.get_untracked() {
            Theme::Light => ThemeChoice::Dark,
            Theme::Dark => ThemeChoice::Light,
        });
    }

    /// Works out the theme again: the system can have changed.
    pub(in crate::page) fn follow_system(self) {
        self.set_theme
            .set(effective_theme(self.choice.get_untracked()));
    }
}
