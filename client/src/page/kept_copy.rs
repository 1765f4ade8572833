//! What a page offers when the server let it go: the board as this page last had it, as a new board.
//! The code is in the chunk (`chunk`).

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::limits::MAX_TITLE_CHARS;

use super::creation::{create, go_to};
use super::embedded::Ready;
use super::export;
use super::state::PageState;
use crate::handover;
use crate::importer::Reading;
use crate::session::Session;

/// What the title of the copy begins with.
const COPY_OF: &str = "Copy of ";
/// The reason when the browser keeps nothing for the next page.
const NO_HANDOVER: &str = "This browser keeps nothing for another page.";

/// What became of the copy.
#[derive(Clone, PartialEq)]
enum Copying {
    Idle,
    Underway,
    Failed(String),
}

/// The picture of the board, the number of changes that the server does not have, and the button that
/// makes the copy. It shows nothing if this page never had the board.
#[component]
pub(super) fn KeptCopy() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let theme = page.theme.theme.get_untracked();
    let drawing = export::drawing(session, theme)?;
    let state = RwSignal::new(Copying::Idle);
    let on_copy = move |_| {
        state.set(Copying::Underway);
        spawn_local(async move {
            if let Err(why) = copy(session, page).await {
                state.set(Copying::Failed(why));
            }
        });
    };
    let words = unsent_words(session.board_signals().revision.get_untracked().pending);
    Some(view! {
        <section class="kept-copy" aria-label="The board as this page last had it">
            <img class="kept-picture" alt="The board" src=address_of(&drawing) />
            <p class="notice-text">{words}</p>
            <button
                class="button-filled"
                type="button"
                disabled=move || state.get() == Copying::Underway
                on:click=on_copy
            >
                "Copy it to a new board"
            </button>
            <p class="notice-text" role="status">
                {move || match state.get() {
                    Copying::Idle => String::new(),
                    Copying::Underway => "Copying …".to_owned(),
                    Copying::Failed(why) => format!("The board was not copied: {why}"),
                }}
            </p>
        </section>
    })
}

/// The address of a drawing for an `<img>`. Such a drawing runs no scripts and loads nothing.
fn address_of(svg: &str) -> String {
    let encoded = js_sys::encode_uri_component(svg);
    ["data:image/svg+xml;charset=utf-8,", &String::from(encoded)].concat()
}

async fn copy(session: Session, page: PageState) -> Result<(), String> {
    let theme = page.theme.theme.get_untracked();
    let content = export::content(session, theme).await;
    let (elements, files, notice) = content.map_err(|error| error.to_string())?;
    let reading = Reading {
        elements,
        title: String::new(),
        notice,
        files,
    };
    let ready = Ready::of(reading, std::rc::Rc::default()).await;
    let ready = ready
        .map_err(|error| error.to_string())?
        .unwrap_or_default();
    let title = title_of_copy(&session.board_signals().title.get_untracked());
    let made = create(Some(title)).await;
    let (board, address) = made.map_err(|error| format!("{error}."))?;
    let notice = ready.notice.as_deref();
    let left = handover::leave(board, &ready.elements, &ready.files, notice).await;
    left.map_err(|_| NO_HANDOVER.to_owned())?;
    go_to(&address);
    Ok(())
}

fn title_of_copy(title: &str) -> String {
    let title = if title.is_empty() { "a board" } else { title };
    [COPY_OF, title]
        .concat()
        .chars()
        .take(MAX_TITLE_CHARS)
        .collect()
}

fn unsent_words(unsent: usize) -> String {
    match unsent {
        0 => "This page still has the board as you saw it last.".to_owned(),
        1 => "This page still has the board as you saw it last, with 1 change that the server did not take."
            .to_owned(),
        several => format!(
            "This page still has the board as you saw it last, with {several} changes that the server did not take."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_copy_names_the_board_and_is_not_too_long() {
        assert_eq!(title_of_copy("Garden"), "Copy of Garden");
        assert_eq!(title_of_copy(""), "Copy of a board");
        assert_eq!(
            title_of_copy(&"ä".repeat(500)).chars().count(),
            MAX_TITLE_CHARS
        );
    }

    #[test]
    fn changes_that_were_not_sent_are_counted() {
        assert!(!unsent_words(0).contains("change"));
        assert!(unsent_words(1).contains("1 change that"));
        assert!(unsent_words(3).contains("3 changes"));
    }
}
