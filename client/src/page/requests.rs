//! Carries out the requests of the session to the page.

use editor::output::Copied;
use editor::{Command, UiCommand};
use leptos::prelude::{GetUntracked as _, Set as _, request_animation_frame};
use leptos::task::spawn_local;
use shared::protocol::{CloseCode, Reconnect};

use super::export;
use super::links::link_to_view;
use super::open_file;
use super::paste::Paste;
use super::pictures::{self, Candidate, Target};
use super::print;
use super::reload::reload_once;
use super::state::{Afterwards, PageState, toggle};
use crate::clipboard;
use crate::link::LinkedView;
use crate::session::{Session, UiRequest};
use crate::ui::{self, Platform, copy_text};
use crate::view_model::ToastTone;
use web_sys::Blob;

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

/// Carries out a request.
pub(super) fn carry_out(request: UiRequest, session: Session, page: PageState) {
    match request {
        UiRequest::Editor(command) => obey(command, session, page),
        UiRequest::Toast(tone, text) => page.toasts.show(tone, &text),
        UiRequest::Announce(sentence) => page.live_region.announce(&sentence),
        UiRequest::Refused(code) => refuse(code, page),
    }
}

fn obey(command: UiCommand, session: Session, page: PageState) {
    let panels = page.panels;
    match command {
        UiCommand::ToggleHelp => toggle(panels.help),
        UiCommand::ToggleTheme => page.theme.toggle(),
        UiCommand::TogglePalette => toggle(panels.palette),
        UiCommand::Find => panels.find.set(true),
        UiCommand::ToggleMinimap => toggle(panels.minimap),
        UiCommand::ToggleOutline => toggle(panels.outline),
        UiCommand::ContextMenu(at) => panels.menu_at.set(Some(at)),
        UiCommand::Copy(copied) => copy(copied, page),
        UiCommand::Paste => paste_from_clipboard(session, page),
        UiCommand::PasteAsPicture => paste_as_picture(session, page),
        UiCommand::ChoosePictures { replaced } => page.chooser.open(replaced),
        UiCommand::DescribeImage { id, text } => panels.described.set(Some((id, text))),
        UiCommand::SavePicture(picture) => pictures::save(session, page.toasts, &picture),
        UiCommand::CopyPlaceLink => copy_view_link(session, page),
        UiCommand::People(command) => page.people.command.set(Some(command)),
        UiCommand::Export => panels.export.set(true),
        UiCommand::CopyPicture(format) => export::copy_picture(format, session, page),
        UiCommand::Print => print::print(session),
        UiCommand::SaveFile => export::save_file(session, page),
        UiCommand::OpenFile => open_file::from_board(page),
        UiCommand::PutBegan(count) => {
            let words = format!("Putting {count} elements on the board …");
            page.putting
                .begin(&words, page.toasts, move || session.stop_putting());
        }
        UiCommand::PutEnded => match page.putting.end(page.toasts) {
            Afterwards::Stay => {}
            // The session has not taken over the last elements yet.
            Afterwards::ZoomToFit => request_animation_frame(move || {
                session.run(Command::ZOOM_TO_FIT);
            }),
        },
        UiCommand::Announce(sentence) => page.live_region.announce(&sentence),
        UiCommand::Notify(text) => page.toasts.show(ToastTone::Info, &text),
    }
}

/// Shows why the server refuses this page. A page of an older version is loaded again first,
/// because the server may have a newer one.
fn refuse(code: CloseCode, page: PageState) {
    if code.reconnect() == Reconnect::Reload && reload_once() {
        return;
    }
    page.refused.set(Some(code));
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
