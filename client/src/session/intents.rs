//! What people ask of a board, in their words.
//!
//! Each intent is one call; what it means is decided by editor and replica.

use std::time::Duration;

use editor::effect::Copied;
use editor::{Action, Camera, Key, Prefs, ScreenSize, StyleChange, ToolKind};
use leptos::prelude::*;
use shared::api;
use shared::geometry::BoardPoint;
use shared::model::palette::Theme;
use shared::protocol::{CloseCode, Profile};
use wasm_bindgen_futures::spawn_local;

use super::signals::{Signals, show};
use super::{Inner, Session};
use crate::link::Spot;
use crate::storage::Area;
use crate::ui::{ThemeChoice, Toast, ToastTone, ZoomCommand, apply_theme, effective_theme};
use crate::{clock, profile};

/// How long a notice stays.
const TOAST_TIME: Duration = Duration::from_secs(7);
/// Notices on the screen at once.
const MAX_TOASTS: usize = 4;
/// Where the chosen theme is kept.
const THEME_KEY: &str = "theme";

/// The theme that was chosen in this browser.
#[must_use]
pub(crate) fn kept_theme() -> ThemeChoice {
    // Versions before JSON wrote the bare word.
    Area::Browser
        .get_or_convert(THEME_KEY, ThemeChoice::from_key)
        .unwrap_or_default()
}

impl Session {
    /// Takes a tool into the hand.
    pub(crate) fn pick(&self, tool: ToolKind) {
        self.inner().run(Action::PickTool(tool));
    }

    /// Makes what is selected look otherwise, and what the tool in hand will make.
    pub(crate) fn restyle(&self, change: StyleChange) {
        let inner = self.inner();
        inner.core.borrow_mut().restyle(change, clock::now());
        inner.settle();
    }

    /// Carries out an action.
    pub(crate) fn run(&self, action: Action) {
        self.inner().run(action);
    }

    /// Whether the board does something with a key; if not, it is the browser's.
    #[must_use]
    pub(crate) fn takes_key(&self, key: &Key) -> bool {
        let inner = self.inner();
        let core = inner.core.borrow();
        core.editor.takes_key(key, core.replica().board())
    }

    /// Takes over what the person likes.
    pub(crate) fn set_prefs(&self, prefs: Prefs) {
        let inner = self.inner();
        inner.core.borrow_mut().editor.set_prefs(prefs);
        inner.settle();
    }

    /// What is selected, for the clipboard; nothing if nothing is.
    #[must_use]
    pub(crate) fn copied(&self) -> Option<Copied> {
        let inner = self.inner();
        let core = inner.core.borrow();
        core.editor.copied(core.replica().board())
    }

    /// Shows the part of the board that a link leads to.
    pub(crate) fn go_to(&self, spot: Spot) {
        // The board fills the window, and is not measured yet when a page begins.
        let length = |side: Option<f64>| side.unwrap_or_default();
        let size = ScreenSize::new(
            length(window().inner_width().ok().and_then(|side| side.as_f64())),
            length(window().inner_height().ok().and_then(|side| side.as_f64())),
        );
        let camera = Camera::new(size)
            .zoomed_about(size.middle(), spot.zoom)
            .centred_on(BoardPoint::new(spot.x, spot.y));
        self.look_from(camera);
    }

    /// Takes back my last gesture.
    pub(crate) fn undo(&self) {
        self.inner().run(Action::Undo);
    }

    /// Does it again.
    pub(crate) fn redo(&self) {
        self.inner().run(Action::Redo);
    }

    /// Looks nearer or from farther away.
    pub(crate) fn zoom(&self, command: ZoomCommand) {
        self.inner().run(match command {
            ZoomCommand::In => Action::ZoomIn,
            ZoomCommand::Out => Action::ZoomOut,
            ZoomCommand::Reset => Action::ZoomTo100,
            ZoomCommand::Fit => Action::ZoomToFit,
        });
    }

    /// Gives the board another title, for everybody.
    pub(crate) fn rename(&self, title: String) {
        let inner = self.inner();
        spawn_local(async move {
            let shown = inner.signals.title;
            let before = shown.get_untracked();
            show(shown, title.clone());
            inner.count_renaming(1);
            let outcome = api::rename_board(inner.board, inner.secret, title).await;
            inner.count_renaming(-1);
            if let Err(error) = outcome {
                show(shown, before);
                inner.toast(
                    ToastTone::Warning,
                    &format!("The title was not changed: {error}."),
                );
            }
        });
    }

    /// Takes another name.
    pub(crate) fn rename_myself(&self, name: String) {
        let inner = self.inner();
        let profile = Profile {
            name,
            ..inner.profile.borrow().clone()
        }
        .tidied();
        if profile.name.is_empty() {
            return;
        }
        profile::save(&profile);
        inner.profile.replace(profile.clone());
        let mut core = inner.core.borrow_mut();
        core.editor.set_name(&profile.name);
        core.driver.set_profile(profile);
        core.people_changed = true;
        drop(core);
        inner.settle();
    }

    /// Shows the page in a theme and keeps the choice.
    pub(crate) fn choose_theme(&self, theme: ThemeChoice) {
        self.inner().choose_theme(theme);
    }

    /// The system may want another look now.
    pub(crate) fn system_theme_changed(&self) {
        let inner = self.inner();
        let theme = inner.signals.theme;
        inner.follow_theme(theme.get_untracked());
        // The choice is the same, but not what is to be shown.
        theme.notify();
    }

    /// Shows a notice for a while.
    pub(crate) fn toast(&self, tone: ToastTone, text: &str) {
        self.inner().toast(tone, text);
    }

    /// Takes a notice away.
    pub(crate) fn dismiss(&self, id: u64) {
        self.inner().signals.dismiss(id);
    }
}

impl Inner {
    /// Leaving the page now would end the request.
    fn count_renaming(&self, by: isize) {
        let count = self.renaming.get().saturating_add_signed(by);
        self.renaming.set(count);
        self.publish_numbers();
    }

    fn run(&self, action: Action) {
        self.core.borrow_mut().run(action, clock::now());
        self.settle();
    }

    pub(super) fn toast(&self, tone: ToastTone, text: &str) {
        let toasts = self.signals.toasts;
        if toasts.with_untracked(|all| all.iter().any(|toast| toast.text == text)) {
            return;
        }
        match tone {
            ToastTone::Info => self.announce(text),
            // These say themselves, at once.
            ToastTone::Warning => {}
        }
        let id = self.toast_count.get();
        self.toast_count.set(id + 1);
        toasts.update(|all| {
            all.push(Toast {
                id,
                tone,
                text: text.to_owned(),
            });
            let excess = all.len().saturating_sub(MAX_TOASTS);
            all.drain(..excess);
        });
        let signals = self.signals;
        set_timeout(move || signals.dismiss(id), TOAST_TIME);
    }

    pub(super) fn toggle_theme(&self) {
        self.choose_theme(match self.theme.get() {
            Theme::Light => ThemeChoice::Dark,
            Theme::Dark => ThemeChoice::Light,
        });
    }

    fn choose_theme(&self, theme: ThemeChoice) {
        Area::Browser.set(THEME_KEY, &theme);
        show(self.signals.theme, theme);
        apply_theme(theme);
        self.follow_theme(theme);
    }

    fn follow_theme(&self, theme: ThemeChoice) {
        self.theme.set(effective_theme(theme));
        self.core.borrow_mut().damage.everything = true;
        self.settle();
    }
}

impl Signals {
    /// Shows what is hidden and hides what is shown.
    pub(super) fn toggle(shown: RwSignal<bool>) {
        shown.update(|shown| *shown = !*shown);
    }

    pub(super) fn turned_away_by(&self, code: CloseCode) {
        show(self.turned_away, Some(code));
    }

    pub(super) fn entitle(&self, title: &str) {
        show(self.title, title.to_owned());
    }

    fn dismiss(&self, id: u64) {
        // The page may be gone before its notices are; then nothing happens.
        let _ = self
            .toasts
            .try_update(|all| all.retain(|toast| toast.id != id));
    }
}
