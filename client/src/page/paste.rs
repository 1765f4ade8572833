//! Pastes the content of a clipboard, a drop or a file.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use editor::InputEvent;
use editor::input::Pasted;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use web_sys::File;

use super::state::ToastList;
use crate::clipboard::{self, Content};
use crate::importer::{self, ImportError, Kind};
use crate::session::Session;
use crate::view_model::ToastTone;

/// The notice when the importer did not load.
const NO_IMPORTER: &str = "The drawing could not be read, because a part of Commonslate did not load. \
                           Check the connection and paste it again.";
/// The notice when the importer crashed on a drawing.
const UNREADABLE_DRAWING: &str = "This drawing could not be read.";
/// The notice while the importer reads.
const READING: &str = "Reading what you pasted …";
/// Shorter readings show no notice.
const SHORT_READING: Duration = Duration::from_millis(400);
/// The notice when a file is of no kind that the board takes.
const UNKNOWN_FILE: &str = "Only texts, tables, SVG drawings and scenes of Excalidraw and tldraw can be put on the board so far.";

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
            } => spawn_local(async move {
                let content = match kind {
                    Kind::Html => clipboard::html_to_xml(&content),
                    Kind::Drawing | Kind::Table => content,
                };
                if !self.import(content.as_bytes(), kind, at).await {
                    self.put(Pasted::Text(text), at);
                }
            }),
        }
    }

    fn put(self, content: Pasted, at: Option<ScreenPoint>) {
        self.session.input(InputEvent::Pasted { content, at });
    }

    /// Pastes a file. A notice says so if the board takes no such files.
    pub(super) fn file(self, file: File, at: Option<ScreenPoint>) {
        let kind = FileKind::of(&file.name(), &file.type_());
        spawn_local(async move {
            let Ok(bytes) = clipboard::bytes_in(file.into()).await else {
                return;
            };
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match kind {
                FileKind::Text => self.content(clipboard::plain(text()), at),
                FileKind::Foreign(Kind::Html) => {
                    let xml = clipboard::html_to_xml(&text());
                    self.import(xml.as_bytes(), Kind::Html, at).await;
                }
                FileKind::Foreign(kind) => {
                    if !self.import(&bytes, kind, at).await {
                        self.toasts.show(ToastTone::Info, UNKNOWN_FILE);
                    }
                }
                FileKind::Unknown => self.toasts.show(ToastTone::Info, UNKNOWN_FILE),
            }
        });
    }

    /// Reads content and pastes its elements. Returns false if it is of another kind.
    async fn import(self, content: &[u8], kind: Kind, at: Option<ScreenPoint>) -> bool {
        let zoom = self.session.camera().zoom();
        let end_notice = self.notice_of_reading();
        let read = importer::read(content, kind, zoom).await;
        end_notice();
        match read {
            Ok(Some(reading)) => {
                // If nothing could be kept, the notice says it all.
                if !reading.elements.is_empty() || reading.notice.is_none() {
                    self.put(Pasted::Elements(reading.elements), at);
                }
                if let Some(notice) = reading.notice {
                    self.toasts.show(ToastTone::Warning, &notice);
                }
                true
            }
            Ok(None) => false,
            Err(ImportError::Stopped) => true,
            Err(ImportError::NotLoaded) => {
                self.toasts.show(ToastTone::Warning, NO_IMPORTER);
                true
            }
            Err(ImportError::Crashed) => {
                self.toasts.show(ToastTone::Warning, UNREADABLE_DRAWING);
                true
            }
        }
    }

    /// Shows a notice after a short while, whose button stops the reading. Returns a function that
    /// ends the notice.
    fn notice_of_reading(self) -> impl FnOnce() {
        let is_done = Rc::new(Cell::new(false));
        let shown = Rc::new(Cell::new(None));
        let (done, notice, toasts) = (Rc::clone(&is_done), Rc::clone(&shown), self.toasts);
        set_timeout(
            move || {
                if !done.get() {
                    notice.set(toasts.show_progress(READING));
                }
            },
            SHORT_READING,
        );
        move || {
            is_done.set(true);
            if let Some(id) = shown.get() {
                toasts.dismiss(id);
            }
        }
    }
}

/// Removes a notice, and stops the readings if it is the notice of one.
pub(super) fn dismiss(toasts: ToastList, id: u64) {
    if toasts.is_progress(id) {
        importer::stop();
    }
    toasts.dismiss(id);
}

/// What a file is, by its name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Foreign(Kind),
    Text,
    Unknown,
}

impl FileKind {
    fn of(name: &str, media_type: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match (ending, media_type) {
            ("excalidraw" | "excalidrawlib" | "tldr" | "svg" | "png", _)
            | (_, "image/svg+xml" | "image/png") => Self::Foreign(Kind::Drawing),
            ("csv" | "tsv", _) | (_, "text/csv" | "text/tab-separated-values") => {
                Self::Foreign(Kind::Table)
            }
            ("html" | "htm", _) | (_, "text/html") => Self::Foreign(Kind::Html),
            ("json" | "txt" | "md", _) => Self::Text,
            _ if media_type.starts_with("text/") => Self::Text,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_endings_and_types() {
        let kind = FileKind::of;
        let drawing = FileKind::Foreign(Kind::Drawing);
        assert_eq!(kind("Plan.excalidraw", ""), drawing);
        assert_eq!(kind("plan.excalidraw.png", "image/png"), drawing);
        assert_eq!(kind("drawing", "image/svg+xml"), drawing);
        assert_eq!(kind("two pages.tldr", ""), drawing);
        assert_eq!(
            kind("a.csv", "application/vnd.ms-excel"),
            FileKind::Foreign(Kind::Table)
        );
        assert_eq!(kind("page.htm", "text/html"), FileKind::Foreign(Kind::Html));
        assert_eq!(kind("notes.md", ""), FileKind::Text);
        assert_eq!(kind("notes", "text/plain"), FileKind::Text);
        assert_eq!(kind("film.mp4", "video/mp4"), FileKind::Unknown);
    }
}
