//! Pastes the content of a clipboard, a drop or a file.

use editor::InputEvent;
use editor::input::Pasted;
use leptos::task::spawn_local;
use shared::geometry::ScreenPoint;

use super::state::ToastList;
use crate::clipboard::Content;
use crate::importer;
use crate::session::Session;
use crate::view_model::ToastTone;

/// Said when the module that reads drawings could not be loaded.
const NO_IMPORTER: &str = "The drawing could not be read, because a part of Commonslate did not load. \
                           Check the connection and paste it again.";

/// Pastes at a point of the view, or where the editor finds room. Markup is pasted after the
/// importer has been loaded and has read it, everything else at once.
pub(super) fn paste(
    content: Content,
    at: Option<ScreenPoint>,
    session: Session,
    toasts: ToastList,
) {
    let content = match content {
        Content::Elements(text) => Pasted::Elements(text),
        Content::Text(text) => Pasted::Text(text),
        Content::Markup(text) => return paste_markup(text, at, session, toasts),
    };
    session.input(InputEvent::Pasted { content, at });
}

fn paste_markup(text: String, at: Option<ScreenPoint>, session: Session, toasts: ToastList) {
    let zoom = session.camera().zoom();
    spawn_local(async move {
        match importer::read_drawing(&text, zoom).await {
            Ok(Some(elements)) => paste(Content::Elements(elements), at, session, toasts),
            Ok(None) => paste(Content::Text(text), at, session, toasts),
            Err(_) => toasts.show(ToastTone::Warning, NO_IMPORTER),
        }
    });
}
