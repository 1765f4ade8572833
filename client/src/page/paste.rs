//! Pastes the content of a clipboard, a drop or a file.

use editor::InputEvent;
use editor::input::Pasted;
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use web_sys::File;

use super::state::ToastList;
use crate::clipboard::{self, Content};
use crate::importer::{self, ImportError};
use crate::session::Session;
use crate::view_model::ToastTone;

/// The notice when the importer did not load.
const NO_IMPORTER: &str = "The drawing could not be read, because a part of Commonslate did not load. \
                           Check the connection and paste it again.";
/// The notice when the importer crashed on a drawing.
const UNREADABLE_DRAWING: &str = "This drawing could not be read.";
/// The notice when a file is neither a text nor a drawing.
const UNKNOWN_FILE: &str = "Only text and SVG drawings can be put on the board so far.";

/// Pastes onto the board of a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paste {
    session: Session,
    toasts: ToastList,
}

impl Paste {
    pub(super) const fn new(session: Session, toasts: ToastList) -> Self {
        Self { session, toasts }
    }

    /// Pastes at a point of the view, or where the editor finds room. Markup is pasted when the
    /// importer has read it, everything else at once.
    pub(super) fn content(self, content: Content, at: Option<ScreenPoint>) {
        let content = match content {
            Content::Elements(text) => Pasted::Elements(text),
            Content::Text(text) => Pasted::Text(text),
            Content::Markup(text) => return self.markup(text, at),
        };
        self.session.input(InputEvent::Pasted { content, at });
    }

    /// Pastes a text or a drawing. A notice says that other files cannot be pasted.
    pub(super) fn file(self, file: File, at: Option<ScreenPoint>) {
        let kind = file.type_();
        let is_svg = kind == "image/svg+xml";
        if !is_svg && !kind.starts_with("text/") {
            return self.toasts.show(ToastTone::Info, UNKNOWN_FILE);
        }
        spawn_local(async move {
            if let Ok(text) = clipboard::text_in(file.into()).await {
                let content = if is_svg {
                    Content::Markup(text)
                } else {
                    clipboard::plain(text)
                };
                self.content(content, at);
            }
        });
    }

    fn markup(self, text: String, at: Option<ScreenPoint>) {
        let zoom = self.session.camera().zoom();
        spawn_local(async move {
            match importer::read_drawing(&text, zoom).await {
                Ok(Some(elements)) => self.content(Content::Elements(elements), at),
                Ok(None) => self.content(Content::Text(text), at),
                Err(ImportError::NotLoaded) => {
                    self.toasts.show(ToastTone::Warning, NO_IMPORTER);
                }
                Err(ImportError::Crashed) => {
                    self.toasts.show(ToastTone::Warning, UNREADABLE_DRAWING);
                }
            }
        });
    }
}
