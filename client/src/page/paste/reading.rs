//! Reads files and content of other programs, and pastes what they contain.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use editor::input::Pasted;
use leptos::prelude::{set_timeout, untrack};
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;
use web_sys::File;

use super::{Paste, Unread};
use crate::chunk::{NotLoaded, in_chunk};
use crate::clipboard;
use crate::importer::{self, ImportError, Kind, Reading};
use crate::page::embedded::Ready;
use crate::page::file::{self, FileContent, FileFault};
use crate::page::pictures::{self, Candidate, Target};
use crate::view_model::ToastTone;

/// The notice when the importer did not load.
const NO_IMPORTER: &str = "The drawing could not be read, because a part of Commonslate did not load. \
                           Check the connection and paste it again.";
/// The notice when the importer crashed on a drawing.
const UNREADABLE_DRAWING: &str = "This drawing could not be read.";
/// The notice while the importer reads.
const READING: &str = "Reading what you pasted …";
/// The notice while pictures within a file are prepared.
const PREPARING: &str = "Reading the pictures …";
/// Shorter readings show no notice.
const SHORT_READING: Duration = Duration::from_millis(400);

in_chunk! {
    /// Reads content and pastes it.
    ///
    /// # Errors
    /// If the code does not load.
    pub(super) fn loaded(paste: Paste, content: Unread, at: Option<ScreenPoint>) -> Result<(), NotLoaded> {
        match content {
            Unread::Files(files) => paste.all_files(files, at),
            Unread::Foreign { content, kind, text } => paste.foreign(content, kind, text, at),
        }
        Ok(())
    }
}

impl Paste {
    /// Pastes content of another program, as text if it is of no kind that can be read.
    fn foreign(self, content: String, kind: Kind, text: String, at: Option<ScreenPoint>) {
        spawn_local(async move {
            let content = match kind {
                Kind::Html => clipboard::html_to_xml(&content),
                Kind::Drawing | Kind::Table => content,
            };
            if !self.import(content.as_bytes(), kind, at).await {
                self.put(Pasted::Text(text), at);
            }
        });
    }

    fn all_files(self, files: Vec<File>, at: Option<ScreenPoint>) {
        spawn_local(async move {
            let mut pictures = Vec::new();
            for file in files {
                if file::is_picture(&file).await {
                    pictures.push(Candidate::from(file));
                } else {
                    self.file(file, at);
                }
            }
            if !pictures.is_empty() {
                pictures::insert(self.session, self.toasts, pictures, Target::Board(at));
            }
        });
    }

    /// Pastes a file. A notice says why if that is not possible.
    fn file(self, file: File, at: Option<ScreenPoint>) {
        spawn_local(async move {
            let zoom = self.session.camera().zoom();
            let end_notice = self.notice_of_reading();
            let read = file::read(file.clone(), zoom).await;
            end_notice();
            match read {
                Ok(FileContent::Elements(reading)) => self.elements(reading, at).await,
                Ok(FileContent::Text(text)) => self.put(Pasted::Text(text), at),
                Err(error) if error.fault == FileFault::Stopped => {}
                Err(error) if error.fault == FileFault::Picture => {
                    let pictures = vec![Candidate::from(file)];
                    pictures::insert(self.session, self.toasts, pictures, Target::Board(at));
                }
                Err(error) => self.toasts.show(ToastTone::Warning, &error.to_string()),
            }
        });
    }

    /// Pastes elements that were read, with their pictures, and names the parts that were not kept.
    async fn elements(self, mut reading: Reading, at: Option<ScreenPoint>) {
        let board = self.session.board_signals();
        if !untrack(|| board.may_draw()) {
            // The editor takes no elements either.
            reading.files.clear();
        }
        let is_stopped = Rc::new(Cell::new(false));
        let stopping = Rc::clone(&is_stopped);
        let notice = (!reading.files.is_empty())
            .then(|| {
                self.toasts
                    .show_progress(PREPARING, move || stopping.set(true))
            })
            .flatten();
        let ready = Ready::of(reading, is_stopped).await;
        if let Some(notice) = notice {
            self.toasts.dismiss(notice);
        }
        match ready {
            Ok(Some(ready)) => self.ready(ready, at),
            Ok(None) => {}
            Err(error) => self.toasts.show(ToastTone::Warning, &error.to_string()),
        }
    }

    /// Puts elements on the board, uploads the files of their pictures, and names the lost parts.
    pub(in crate::page) fn ready(self, ready: Ready, at: Option<ScreenPoint>) {
        let pictures = self.session.pictures();
        for file in ready.files {
            pictures.upload(file);
        }
        // If nothing could be kept, the notice says it all.
        if !ready.elements.is_empty() || ready.notice.is_none() {
            self.put(Pasted::Imported(ready.elements), at);
        }
        if let Some(notice) = ready.notice {
            self.toasts.show(ToastTone::Warning, &notice);
        }
    }

    /// Reads content and pastes its elements. Returns false if it is of another kind.
    async fn import(self, content: &[u8], kind: Kind, at: Option<ScreenPoint>) -> bool {
        let zoom = self.session.camera().zoom();
        let end_notice = self.notice_of_reading();
        let read = importer::read(content, kind, zoom).await;
        end_notice();
        let failure = match read {
            Ok(None) => return false,
            Ok(Some(reading)) => {
                self.elements(reading, at).await;
                return true;
            }
            Err(ImportError::Stopped) => return true,
            Err(ImportError::NotLoaded) => NO_IMPORTER,
            Err(ImportError::Crashed) => UNREADABLE_DRAWING,
        };
        self.toasts.show(ToastTone::Warning, failure);
        true
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
                    notice.set(toasts.show_progress(READING, importer::stop));
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
