//! Carries out requests about files, the clipboard and paper. The code is in the chunk (`chunk`).

use editor::PictureFormat;
use editor::output::Copied;
use leptos::prelude::GetUntracked as _;
use leptos::task::spawn_local;
use shared::model::Picture;
use web_sys::Blob;

use super::export;
use super::links::link_to_view;
use super::open_file;
use super::paste::Paste;
use super::pictures::{self, Candidate, Target};
use super::print;
use super::state::PageState;
use crate::chunk::{NotLoaded, in_chunk};
use crate::clipboard;
use crate::link::LinkedView;
use crate::session::Session;
use crate::ui::{self, Platform, copy_text};
use crate::view_model::ToastTone;

/// The notice when a browser refuses to copy a link.
const LINK_NOT_COPIED: &str = "This browser keeps the clipboard from buttons. \
                               Share has the link of the board.";
/// The notice when the clipboard has nothing to paste.
const NOTHING_TO_PASTE: &str = "The clipboard has nothing that the board can take.";
/// The notice when the clipboard has neither a picture nor a drawing.
const NO_PICTURE_TO_PASTE: &str = "The clipboard has neither a picture nor an SVG drawing.";
/// The notice when a browser keeps the clipboard from buttons.
const CLIPBOARD_CLOSED: &str = "This browser keeps the clipboard from buttons. Save the drawing as a \
                                file, and choose it by the button Image.";

/// A request about files, the clipboard or paper.
#[derive(Clone, Debug)]
pub(super) enum FileRequest {
    /// Put this on the clipboard.
    Copy(Copied),
    /// Paste the content of the clipboard.
    Paste,
    /// Paste a drawing or a picture as a picture.
    PasteAsPicture,
    /// Save the file of a picture.
    SavePicture(Picture),
    /// Copy a link to the present view.
    CopyPlaceLink,
    /// Copy a picture of the selection, or of the whole board.
    CopyPicture(PictureFormat),
    /// Print the board.
    Print,
    /// Save the board to a file.
    SaveFile,
    /// Open a file as a new board.
    OpenFile,
}

/// Carries out a request. A notice says so if its code does not load.
pub(super) fn later(request: FileRequest, session: Session, page: PageState) {
    spawn_local(async move {
        if let Err(error) = loaded(request, session, page).await {
            page.toasts.show(ToastTone::Warning, &error.to_string());
        }
    });
}

in_chunk! {
    fn loaded(request: FileRequest, session: Session, page: PageState) -> Result<(), NotLoaded> {
        carry_out(request, session, page);
        Ok(())
    }
}

fn carry_out(request: FileRequest, session: Session, page: PageState) {
    match request {
        FileRequest::Copy(copied) => copy(copied, page),
        FileRequest::Paste => paste_from_clipboard(session, page),
        FileRequest::PasteAsPicture => paste_as_picture(session, page),
        FileRequest::SavePicture(picture) => pictures::save(session, page.toasts, &picture),
        FileRequest::CopyPlaceLink => copy_view_link(session, page),
        FileRequest::CopyPicture(format) => export::copy_picture(format, session, page),
        FileRequest::Print => print::print(session),
        FileRequest::SaveFile => export::save_file(session, page),
        FileRequest::OpenFile => open_file::from_board(page),
    }
}

fn copy(copied: Copied, page: PageState) {
    spawn_local(async move {
        if clipboard::write(&copied).await.is_err() {
            suggest_shortcut("Ctrl+C", page);
        }
    });
}

fn paste_from_clipboard(session: Session, page: PageState) {
    spawn_local(async move {
        if let Ok(Some(picture)) = clipboard::read_picture().await {
            return insert_pasted(picture, session, page);
        }
        match clipboard::read().await {
            Ok(Some(content)) => Paste::new(session, page.toasts).content(content, None),
            Ok(None) => page.toasts.show(ToastTone::Info, NOTHING_TO_PASTE),
            Err(_) => suggest_shortcut("Ctrl+V", page),
        }
    });
}

/// Puts a drawing or a picture on the clipboard on the board as a picture.
fn paste_as_picture(session: Session, page: PageState) {
    spawn_local(async move {
        if let Ok(Some(picture)) = clipboard::read_picture().await {
            return insert_pasted(picture, session, page);
        }
        match clipboard::read_drawing().await {
            Ok(Some(drawing)) => insert_pasted(drawing, session, page),
            Ok(None) => page.toasts.show(ToastTone::Info, NO_PICTURE_TO_PASTE),
            Err(_) => page.toasts.show(ToastTone::Warning, CLIPBOARD_CLOSED),
        }
    });
}

fn insert_pasted(file: Blob, session: Session, page: PageState) {
    let name = "The pasted picture".to_owned();
    let candidates = vec![Candidate { file, name }];
    pictures::insert(session, page.toasts, candidates, Target::Board(None));
}

/// Suggests a shortcut instead of a button. Some browsers allow access to the clipboard only to
/// keys.
fn suggest_shortcut(shortcut: &'static str, page: PageState) {
    let keys = Platform::detect().words(shortcut);
    let text = format!("This browser keeps the clipboard from buttons. Press {keys} instead.");
    page.toasts.show(ToastTone::Warning, &text);
}

/// Copies a link to the present view.
fn copy_view_link(session: Session, page: PageState) {
    let (camera, role) = (
        session.camera(),
        session.board_signals().role.get_untracked(),
    );
    let centre = camera.centre();
    let view = LinkedView {
        x: centre.x,
        y: centre.y,
        zoom: camera.zoom(),
    };
    let link = link_to_view(session.board(), session.secret(), role, view);
    let Some((link, confirmation)) = link else {
        return;
    };
    spawn_local(async move {
        match copy_text(&link).await {
            ui::CopyOutcome::Done => page.toasts.show(ToastTone::Info, confirmation),
            ui::CopyOutcome::Refused => page.toasts.show(ToastTone::Warning, LINK_NOT_COPIED),
        }
    });
}
