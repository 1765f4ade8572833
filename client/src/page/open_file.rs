//! Opens files as new boards.

use std::rc::Rc;

use editor::Command;
use futures::future::LocalBoxFuture;
use gloo_events::EventListener;
use leptos::prelude::{Effect, Get as _, document};
use leptos::task::spawn_local;
use shared::limits::MAX_TITLE_CHARS;
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

use super::creation::{create, go_to};
use super::embedded::Ready;
use super::file::{self, FileContent, OPENABLE};
use super::paste::Paste;
use super::state::PageState;
use crate::chunk::{NotLoaded, in_chunk};
use crate::handover;
use crate::session::Session;
use crate::view_model::ToastTone;

/// The notice when the browser lost the content of the file on the way to this page.
const NOT_ARRIVED: &str = "The content of the file did not arrive. Open the file again.";
/// The notice when the browser keeps nothing for the next page.
const NO_HANDOVER: &str =
    "This browser keeps nothing for another page. Make a new board and drop the file on it.";

/// Lets the user choose a file, and calls `then` with it.
pub(super) fn choose(then: impl Fn(File) + 'static) {
    let Some(field) = document()
        .create_element("input")
        .ok()
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    field.set_type("file");
    field.set_accept(OPENABLE);
    let chosen = field.clone();
    let listener = EventListener::once(&field, "change", move |_| {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            then(file);
        }
    });
    // The browser tells no one when the user cancels. The field is small.
    listener.forget();
    field.click();
}

/// Makes a board with the content of a file and goes there.
///
/// # Errors
/// A sentence that says why that is not possible.
pub(super) async fn open(file: File) -> Result<(), String> {
    let opening = loaded(file).await.map_err(|error| error.to_string())?;
    opening.await
}

in_chunk! {
    fn loaded(file: File) -> Result<LocalBoxFuture<'static, Result<(), String>>, NotLoaded> {
        Ok(Box::pin(open_now(file)))
    }
}

async fn open_now(file: File) -> Result<(), String> {
    let name = file.name();
    let read = file::read(file, 1.0).await;
    let content = read.map_err(|error| error.to_string())?;
    let reading = match content {
        FileContent::Elements(reading) => reading,
        FileContent::Text(_) => {
            return Err(format!(
                "“{name}” was not opened. It is a plain text. Drop it on a board."
            ));
        }
    };
    let title = title(&reading.title, &name);
    let ready = Ready::of(reading, Rc::default()).await;
    let ready = ready.map_err(|error| error.to_string())?;
    let ready = ready.unwrap_or_default();
    let made = create(Some(title)).await;
    let (board, address) = made.map_err(|error| format!("No board was made: {error}."))?;
    let left = handover::leave(
        board,
        &ready.elements,
        &ready.files,
        ready.notice.as_deref(),
    )
    .await;
    left.map_err(|_| NO_HANDOVER.to_owned())?;
    go_to(&address);
    Ok(())
}

/// The title of a board from a file: its own, or the name of the file without its ending.
fn title(own: &str, name: &str) -> String {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let title = if own.trim().is_empty() { stem } else { own };
    let title: String = title.trim().chars().take(MAX_TITLE_CHARS).collect();
    if title.is_empty() {
        "Untitled board".to_owned()
    } else {
        title
    }
}

/// Lets the user choose a file for a new board, from a board.
pub(super) fn from_board(page: PageState) {
    choose(move |file| {
        spawn_local(async move {
            if let Err(why) = open(file).await {
                page.toasts.show(ToastTone::Warning, &why);
            }
        });
    });
}

/// Puts elements on the board that another page left for it, as soon as the board is loaded.
pub(super) fn take_left_elements(session: Session, page: PageState) {
    let board = session.board();
    if !handover::is_left_for(board) {
        return;
    }
    let is_untouched = session.board_signals().is_untouched;
    Effect::new(move || {
        if !is_untouched.get() || !handover::is_left_for(board) {
            return;
        }
        spawn_local(async move {
            match taken(session, page).await {
                Ok(taking) => taking.await,
                Err(error) => page.toasts.show(ToastTone::Warning, &error.to_string()),
            }
        });
    });
}

in_chunk! {
    fn taken(session: Session, page: PageState) -> Result<LocalBoxFuture<'static, ()>, NotLoaded> {
        Ok(Box::pin(take_now(session, page)))
    }
}

async fn take_now(session: Session, page: PageState) {
    let Some((elements, files, notice)) = handover::take(session.board()).await else {
        return page.toasts.show(ToastTone::Warning, NOT_ARRIVED);
    };
    let ready = Ready {
        elements,
        files,
        notice,
    };
    Paste::new(session, page.toasts).ready(ready, None);
    if !page.putting.zoom_to_fit_afterwards() {
        session.run(Command::ZOOM_TO_FIT);
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_board_has_the_title_of_the_file_or_its_name() {
        assert_eq!(title(" Garden ", "plan.json"), "Garden");
        assert_eq!(title("", "plan.excalidraw.png"), "plan");
        assert_eq!(title("", ".json"), "Untitled board");
        assert_eq!(title(&"x".repeat(5_000), "a").len(), super::MAX_TITLE_CHARS);
    }
}
