//! Carries out the requests of the session to the page.

use editor::{Command, UiCommand};
use leptos::prelude::{Set as _, request_animation_frame};
use shared::protocol::{CloseCode, Reconnect};

use super::file_requests::{FileRequest, later};
use super::reload::reload_once;
use super::state::{Afterwards, PageState, toggle};
use crate::session::{Session, UiRequest};
use crate::view_model::ToastTone;

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
        UiCommand::ToggleChat => toggle(panels.chat),
        UiCommand::Assistant(task) => {
            panels.asked.set(Some(task));
            panels.chat.set(true);
        }
        UiCommand::ContextMenu(at) => panels.menu_at.set(Some(at)),
        UiCommand::Copy(copied) => later(FileRequest::Copy(copied), session, page),
        UiCommand::Paste => later(FileRequest::Paste, session, page),
        UiCommand::PasteAsPicture => later(FileRequest::PasteAsPicture, session, page),
        UiCommand::ChoosePictures { replaced } => page.chooser.open(replaced),
        UiCommand::DescribeImage { id, text } => panels.described.set(Some((id, text))),
        UiCommand::WhoDrew(ids) => panels.origins.set(Some(ids)),
        UiCommand::SavePicture(picture) => {
            later(FileRequest::SavePicture(picture), session, page);
        }
        UiCommand::CopyPlaceLink => later(FileRequest::CopyPlaceLink, session, page),
        UiCommand::People(command) => page.people.command.set(Some(command)),
        UiCommand::Export => panels.export.set(true),
        UiCommand::CopyPicture(format) => {
            later(FileRequest::CopyPicture(format), session, page);
        }
        UiCommand::Print => later(FileRequest::Print, session, page),
        UiCommand::SaveFile => later(FileRequest::SaveFile, session, page),
        UiCommand::OpenFile => later(FileRequest::OpenFile, session, page),
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
