//! What the editor asks of the page around the board.
//!
//! Knows signals, the clipboard and words. It must not know what led to a command.

use editor::effect::Copied;
use editor::input::Pasted;
use editor::{InputEvent, UiCommand};
use leptos::prelude::{Set as _, WithUntracked as _};
use shared::geometry::ScreenPoint;
use wasm_bindgen_futures::spawn_local;

use super::Inner;
use super::signals::{Signals, show};
use crate::clipboard::Content;
use crate::link::Spot;
use crate::ui::{self, Platform, ToastTone, copy_text};
use crate::{clipboard, importer, page};

/// What is said when a link could be put on no clipboard.
const NO_LINK: &str = "This browser keeps the clipboard from buttons. \
                       Share has the link of the board.";

/// What is said when the module that reads drawings could not be loaded.
const NO_IMPORTER: &str = "The drawing could not be read, because a part of Commonslate did not load. \
                           Check the connection and paste it again.";

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
            UiCommand::Paste => self.paste_from_clipboard(),
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

    /// Pastes at a place of the view, or where the editor finds room. Markup is pasted as
    /// soon as the importer is loaded and has read it, everything else at once.
    pub(super) fn paste(&self, content: Content, at: Option<ScreenPoint>) {
        let content = match content {
            Content::Elements(text) => Pasted::Elements(text),
            Content::Text(text) => Pasted::Text(text),
            Content::Markup(text) => return self.paste_markup(text, at),
        };
        self.input(InputEvent::Pasted { content, at });
    }

    fn paste_markup(&self, text: String, at: Option<ScreenPoint>) {
        let me = self.me.clone();
        let zoom = self.core.borrow().editor.camera().zoom();
        spawn_local(async move {
            let read = importer::read_drawing(&text, zoom).await;
            let Some(me) = me.upgrade() else { return };
            match read {
                Ok(Some(elements)) => me.paste(Content::Elements(elements), at),
                Ok(None) => me.paste(Content::Text(text), at),
                Err(_) => me.toast(ToastTone::Warning, NO_IMPORTER),
            }
        });
    }

    fn paste_from_clipboard(&self) {
        let me = self.me.clone();
        spawn_local(async move {
            let content = clipboard::read().await;
            let Some(me) = me.upgrade() else { return };
            match content {
                Ok(Some(content)) => me.paste(content, None),
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
        let (camera, role) = (*core.editor.camera(), core.replica().role());
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
