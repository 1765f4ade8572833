//! What people ask of a board, in their words.
//!
//! Each intent is one call; what it means is decided by editor and replica.

use std::time::Duration;

use editor::effect::Copied;
use editor::{Action, Camera, Key, Prefs, ScreenSize, StyleChange, ToolKind};
use leptos::prelude::{set_timeout, window};
use shared::api;
use shared::geometry::BoardPoint;
use shared::model::palette::Theme;
use shared::protocol::{CloseCode, Profile};
use wasm_bindgen_futures::spawn_local;

use super::signals::{Signals, show};
use super::{Inner, Session};
use crate::link::Spot;
use crate::signal::RwSignal;
use crate::storage::Shelf;
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
pub fn kept_theme() -> ThemeChoice {
    Shelf::Browser
        .get(THEME_KEY)
        .map_or_else(ThemeChoice::default, |key| ThemeChoice::from_key(&key))
}

impl Session {
    /// Takes a tool into the hand.
    pub fn pick(&self, tool: ToolKind) {
        self.0.run(Action::PickTool(tool));
    }

    /// Makes what is selected look otherwise, and what the tool in hand will make.
    pub fn restyle(&self, change: StyleChange) {
        self.0.core.borrow_mut().restyle(change, clock::now());
        self.0.settle();
    }

    /// Carries out an action.
    pub fn run(&self, action: Action) {
        self.0.run(action);
    }

    /// Whether the board does something with a key; if not, it is the browser's.
    #[must_use]
    pub fn takes_key(&self, key: &Key) -> bool {
        let core = self.0.core.borrow();
        core.editor.takes_key(key, core.replica.board())
    }

    /// Takes over what the person likes.
    pub fn set_prefs(&self, prefs: Prefs) {
        self.0.core.borrow_mut().editor.set_prefs(prefs);
        self.0.settle();
    }

    /// What is selected, for the clipboard; nothing if nothing is.
    #[must_use]
    pub fn copied(&self) -> Option<Copied> {
        let core = self.0.core.borrow();
        core.editor.copied(core.replica.board())
    }

    /// Shows the part of the board that a link leads to.
    pub fn go_to(&self, spot: Spot) {
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
    pub fn undo(&self) {
        self.0.run(Action::Undo);
    }

    /// Does it again.
    pub fn redo(&self) {
        self.0.run(Action::Redo);
    }

    /// Looks nearer or from farther away.
    pub fn zoom(&self, command: ZoomCommand) {
        self.0.run(match command {
            ZoomCommand::In => Action::ZoomIn,
            ZoomCommand::Out => Action::ZoomOut,
            ZoomCommand::Reset => Action::ZoomTo100,
            ZoomCommand::Fit => Action::ZoomToFit,
        });
    }

    /// Gives the board another title, for everybody.
    pub fn rename(&self, title: String) {
        let session = self.clone();
        spawn_local(async move {
            let Inner { board, secret, .. } = **session.0;
            let before = session.0.signals.title.get_untracked();
            show(session.0.signals.title, title.clone());
            session.0.count_renaming(1);
            let outcome = api::rename_board(board, secret, title).await;
            session.0.count_renaming(-1);
            if let Err(error) = outcome {
                show(session.0.signals.title, before);
                session.toast(
                    ToastTone::Warning,
                    &format!("The title was not changed: {error}."),
                );
            }
        });
    }

    /// Takes another name.
    pub fn rename_myself(&self, name: String) {
        let profile = Profile {
            name,
            ..self.0.profile.borrow().clone()
        }
        .tidied();
        if profile.name.is_empty() {
            return;
        }
        profile::save(&profile);
        self.0.profile.replace(profile.clone());
        let mut core = self.0.core.borrow_mut();
        core.editor.set_name(&profile.name);
        core.replica.set_profile(profile);
        core.people_changed = true;
        drop(core);
        self.0.settle();
    }

    /// Shows the page in a theme and keeps the choice.
    pub fn choose_theme(&self, theme: ThemeChoice) {
        self.0.choose_theme(theme);
    }

    /// The system may want another look now.
    pub fn system_theme_changed(&self) {
        let theme = self.0.signals.theme;
        self.0.follow_theme(theme.get_untracked());
        // The choice is the same, but not what is to be shown.
        theme.notify();
    }

    /// Shows a notice for a while.
    pub fn toast(&self, tone: ToastTone, text: &str) {
        self.0.toast(tone, text);
    }

    /// Takes a notice away.
    pub fn dismiss(&self, id: u64) {
        self.0.signals.dismiss(id);
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
        Shelf::Browser.put(THEME_KEY, theme.key());
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
        self.toasts.update(|all| all.retain(|toast| toast.id != id));
    }
}
