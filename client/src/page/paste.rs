//! Pastes the content of a clipboard, a drop or a file. What must be read first is read by code of
//! the chunk (`reading`).

mod reading;

use editor::InputEvent;
use editor::input::Pasted;
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use web_sys::File;

use super::state::ToastList;
use crate::clipboard::Content;
use crate::importer::Kind;
use crate::session::Session;
use crate::view_model::ToastTone;

/// Content that must be read before it is pasted.
#[derive(Clone, Debug)]
enum Unread {
    /// Files.
    Files(Vec<File>),
    /// Content of another program.
    Foreign {
        /// The content.
        content: String,
        /// What it is, as far as that is known.
        kind: Kind,
        /// The text to paste if it is of another kind.
        text: String,
    },
}

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

    /// Pastes at a point of the view, or where the editor finds room. Foreign content is pasted when
    /// the importer has read it, everything else at once.
    pub(super) fn content(self, content: Content, at: Option<ScreenPoint>) {
        match content {
            Content::Elements(text) => self.put(Pasted::Elements(text), at),
            Content::Text(text) => self.put(Pasted::Text(text), at),
            Content::Foreign {
                content,
                kind,
                text,
            } => self.read(
                Unread::Foreign {
                    content,
                    kind,
                    text,
                },
                at,
            ),
        }
    }

    /// Pastes files: pictures side by side in one step, each other file by itself.
    pub(super) fn files(self, files: Vec<File>, at: Option<ScreenPoint>) {
        self.read(Unread::Files(files), at);
    }

    /// Reads content and pastes it. A notice says so if the code for that does not load.
    fn read(self, content: Unread, at: Option<ScreenPoint>) {
        spawn_local(async move {
            if let Err(error) = reading::loaded(self, content, at).await {
                self.toasts.show(ToastTone::Warning, &error.to_string());
            }
        });
    }

    fn put(self, content: Pasted, at: Option<ScreenPoint>) {
        self.session.input(InputEvent::Pasted { content, at });
    }
}
