//! What the editor asks of the page around the board.
//!
//! Knows signals, the clipboard and words. It must not know what led to a command.

use editor::effect::Copied;
use editor::{InputEvent, UiCommand};
use leptos::prelude::{Set as _, WithUntracked as _};
use wasm_bindgen_futures::spawn_local;

use super::Inner;
use super::signals::{Signals, show};
use crate::link::Spot;
use crate::ui::{self, Platform, ToastTone, copy_text};
use crate::{clipboard, clock, page};

/// What is said when a link could be put on no clipboard.
const NO_LINK: &str = "This browser keeps the clipboard from buttons. \
                       Share has the link of the board.";

impl Inner {
    pub(super) fn obey(&self, command: UiCommand) {
        let signals = self.signals;
        match command {
            UiCommand::ToggleHelp => Signals::toggle(signals.help),
            UiCommand::ToggleTheme => self.toggle_theme(),
            UiCommand::TogglePalette => Signals::toggle(signals.palette),
            UiCommand::Find => signals.find.set(true),
            UiCommand::ToggleMinimap => Signals::toggle(signals.minimap),
            UiCommand::ToggleOutline => Signals::toggle(signals.outline),
            UiCommand::ContextMenu(at) => {
                // What it offers is for what the press has just selected.
                self.publish();
                show(signals.menu, Some(at));
            }
            UiCommand::Copy(copied) => self.copy(copied),
            UiCommand::Paste => self.paste(),
            UiCommand::CopyPlaceLink => self.copy_place_link(),
            // Published with everything else, and kept by the core.
            UiCommand::KeepPrefs => {}
            UiCommand::Tell(words) => self.announce(&words),
            UiCommand::Say(words) => self.toast(ToastTone::Info, words),
        }
    }

    /// Says something to those who do not see the screen.
    pub(super) fn announce(&self, words: &str) {
        // The same words again are no news to a screen reader: a trailing space is.
        let again = self.signals.announcement.with_untracked(|old| old == words);
        let end = if again { "\u{a0}" } else { "" };
        self.signals.announcement.set(format!("{words}{end}"));
    }

    fn copy(&self, copied: Copied) {
        let me = self.me.clone();
        spawn_local(async move {
            let outcome = clipboard::write(&copied).await;
            if let (Err(_), Some(me)) = (outcome, me.upgrade()) {
                me.tell_keys("Ctrl+C");
            }
        });
    }

    fn paste(&self) {
        let me = self.me.clone();
        spawn_local(async move {
            let content = clipboard::read().await;
            let Some(me) = me.upgrade() else { return };
            match content {
                Ok(Some(content)) => {
                    let event = InputEvent::Pasted { content, at: None };
                    me.core.borrow_mut().input(event, clock::now());
                    me.settle();
                }
                Ok(None) => {
                    let words = "The clipboard has nothing that the board can take.";
                    me.toast(ToastTone::Info, words);
                }
                Err(_) => me.tell_keys("Ctrl+V"),
            }
        });
    }

    /// A button may not use the clipboard, but keys may.
    fn tell_keys(&self, shortcut: &'static str) {
        let words = [
            "This browser keeps the clipboard from buttons. Press ",
            &Platform::detect().words(shortcut),
            " instead.",
        ];
        self.toast(ToastTone::Warning, &words.concat());
    }

    fn copy_place_link(&self) {
        let core = self.core.borrow();
        let (camera, role) = (*core.editor.camera(), core.replica.role());
        drop(core);
        let centre = camera.centre();
        let spot = Spot {
            x: centre.x,
            y: centre.y,
            zoom: camera.zoom(),
        };
        let Some((link, words)) = page::link_to_spot(self.board, self.secret, role, spot) else {
            return;
        };
        let me = self.me.clone();
        spawn_local(async move {
            let outcome = copy_text(&link).await;
            let Some(me) = me.upgrade() else { return };
            match outcome {
                ui::Copied::Done => me.toast(ToastTone::Info, words),
                ui::Copied::Refused => me.toast(ToastTone::Warning, NO_LINK),
            }
        });
    }
}
