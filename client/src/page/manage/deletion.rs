//! Deleting the board. The owner types its title to confirm that.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::ApiError;
use shared::id::BoardId;
use shared::protocol::CloseCode;

use crate::outbox::{Outbox, PictureFiles};
use crate::page::state::PageState;
use crate::session::Session;
use crate::storage::Area;

/// The button, and the form that it shows.
#[component]
pub(in crate::page) fn DeleteBoard() -> impl IntoView {
    let is_asking = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let cancel = move |()| {
        is_asking.set(false);
        if let Some(button) = button.get_untracked() {
            // An element that is not shown takes no focus.
            let _ = button.focus();
        }
    };
    view! {
        <section class="manage" aria-label="Delete the board">
            <h3 class="card-title">"Delete the board"</h3>
            <p class="note">
                "The board, its chat and its pictures are removed for good, for all people. Nothing brings them back."
            </p>
            <button
                class="button-small"
                type="button"
                aria-expanded=move || is_asking.get().to_string()
                node_ref=button
                on:click=move |_| is_asking.update(|is| *is = !*is)
            >
                "Delete board…"
            </button>
            <Show when=move || is_asking.get()>
                <Confirmation on_cancel=cancel />
            </Show>
        </section>
    }
}

/// The form that asks for the title.
#[component]
fn Confirmation(
    /// The person decided against it.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let title = session.board_signals().title;
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let field = field.get_untracked();
        let typed = field.map(|field| field.value()).unwrap_or_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            if let Err(error) = delete(session, page, typed).await {
                // The form can be gone by then.
                is_busy.try_set(false);
                wrong.try_set(Some(words(&error)));
            }
        });
    };
    view! {
        <form class="link-form" on:submit=submit>
            <label class="delete-question">
                <span>"To confirm, type the title: " <strong>{move || title.get()}</strong></span>
                <input
                    class="field"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=field
                />
            </label>
            <div role="alert">{move || wrong.get().map(|why| view! { <p class="note">{why}</p> })}</div>
            <div class="link-buttons">
                <button
                    class="button-small"
                    type="submit"
                    data-danger="true"
                    disabled=move || is_busy.get()
                >
                    {move || if is_busy.get() { "Deleting …" } else { "Delete for good" }}
                </button>
                <button class="button-small" type="button" on:click=move |_| on_cancel.run(())>
                    "Cancel"
                </button>
            </div>
        </form>
    }
}

fn words(error: &ApiError) -> String {
    match error {
        ApiError::OtherTitle => "That is not the title of this board.".to_owned(),
        error => format!("The board was not deleted: {error}."),
    }
}

/// Deletes the board, and everything that this browser keeps of it.
///
/// # Errors
/// The board was not deleted, as far as this page knows.
async fn delete(session: Session, page: PageState, typed: String) -> Result<(), ApiError> {
    let board = session.board();
    // The server closes the connection before it answers.
    page.is_deleting.set(true);
    let answer = session.delete(typed).await;
    let is_closed = page.refused.try_get_untracked().flatten() == Some(CloseCode::NoAccess);
    if answer.is_err() && !is_closed {
        page.is_deleting.try_set(false);
        return answer;
    }
    page.refused.try_set(Some(CloseCode::NoAccess));
    forget(board).await;
    Ok(())
}

/// Removes all that this browser keeps of a board.
async fn forget(board: BoardId) {
    for area in [Area::Browser, Area::Tab] {
        let id = board.to_string();
        let keys = area.keys("").into_iter();
        for key in keys.filter(|key| key.ends_with(&id)) {
            area.remove(&key);
        }
    }
    Outbox::open(board).await.forget_all();
    PictureFiles::open(board).await.forget_all();
}
