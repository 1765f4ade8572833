//! Clearing the board, and bringing back what it had before.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{ClearedBoard, HistoryAnswer, HistoryQuestion, ManageRequest};
use shared::chat::Notice;

use super::super::manage::Managing;
use super::super::state::PageState;
use crate::session::Session;
use crate::ui::{AskingButton, day_words, time_words};
use crate::view_model::ToastTone;

/// A button that clears the board, and the boards that can be brought back.
#[component]
pub(in crate::page) fn ClearBoard(managing: Managing) -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let cleared = move || {
        let state = managing.state.get();
        let cleared = state.map(|state| state.cleared).unwrap_or_default();
        cleared.into_iter().rev().collect::<Vec<_>>()
    };
    let clear = move |()| clear(session, page, managing);
    view! {
        <section class="manage" aria-label="Clear the board">
            <h3 class="card-title">"Clear the board"</h3>
            <p class="share-hint">"All elements are deleted. You can bring them back here later."</p>
            <AskingButton label="Clear board" question="Clear it now" on_sure=clear />
            <ul>
                <For each=cleared key=|board| board.at let:board>
                    <Cleared board session page />
                </For>
            </ul>
        </section>
    }
}

/// A board before it was cleared, with a button that brings its elements back.
#[component]
fn Cleared(board: ClearedBoard, session: Session, page: PageState) -> impl IntoView {
    let ClearedBoard {
        at,
        at_ms,
        elements,
        by,
    } = board;
    let when = format!("{}, {}", day_words(at_ms), time_words(at_ms));
    let label = format!("Bring back the board of {when}");
    let what = match elements {
        1 => "1 element".to_owned(),
        several => format!("{several} elements"),
    };
    view! {
        <li class="people-row">
            <span class="cleared-words" dir="auto">{format!("{when}: {what}, cleared by {by}")}</span>
            <button
                class="button-small"
                type="button"
                aria-label=label
                on:click=move |_| bring_back(session, page, at)
            >
                "Bring back"
            </button>
        </li>
    }
}

/// Lets the server remember the board, then deletes all elements.
fn clear(session: Session, page: PageState, managing: Managing) {
    let warn = move |words: &str| page.toasts.show(ToastTone::Warning, words);
    let (count, is_saved) = session.size_and_saved();
    if count == 0 {
        return warn("The board has no elements.");
    }
    if !is_saved {
        return warn("Some changes are not saved yet. Clear the board when they are.");
    }
    let request = ManageRequest::Clear {
        elements: u32::try_from(count).unwrap_or(u32::MAX),
        name: session.my_name(),
    };
    managing.run_then(request, Some(Notice::Cleared), move || {
        session.clear_board();
    });
}

fn bring_back(session: Session, page: PageState, at: u64) {
    spawn_local(async move {
        match session.ask_history(HistoryQuestion::LostSince(at)).await {
            Ok(HistoryAnswer::Change { guard, ops }) if !ops.is_empty() => {
                let count = ops.len();
                session.apply(ops, &guard);
                let words = match count {
                    1 => "1 element is back.".to_owned(),
                    several => format!("{several} elements are back."),
                };
                page.toasts.show(ToastTone::Info, &words);
            }
            Ok(_) => page
                .toasts
                .show(ToastTone::Info, "All of its elements are on the board."),
            Err(error) => {
                let words = format!("That was not done: {error}.");
                page.toasts.show(ToastTone::Warning, &words);
            }
        }
    });
}
