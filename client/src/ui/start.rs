//! The view of the start page.

use leptos::prelude::*;

use super::{
    brand::BrandMark,
    button::IconButton,
    icon::{Icon, IconName},
};

/// A board that this browser has opened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct BoardEntry {
    /// The id of the board.
    pub(crate) id: String,
    /// Its title when it was last open.
    pub(crate) title: String,
    /// The role of this browser's link, in words: "Owner", "Can edit", "Can view".
    pub(crate) role: String,
    /// When it was last opened, in words: "2 hours ago".
    pub(crate) opened: String,
    /// The address with the secret.
    pub(crate) href: String,
}

/// The state of the request for a new board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Creation {
    /// No request was made.
    #[default]
    Idle,
    /// The server has not answered yet.
    Underway,
    /// The request failed. The reason is one sentence.
    Failed(String),
}

/// The start page: a headline, a button, and the boards of this browser.
#[component]
pub(crate) fn StartView(
    /// The boards this browser has opened, last opened first.
    #[prop(into)]
    boards: Signal<Vec<BoardEntry>>,
    /// The state of the request for a new board.
    #[prop(into)]
    creation: Signal<Creation>,
    /// The button "New board" was pressed.
    #[prop(into)]
    on_new: Callback<()>,
    /// The button "Open file" was pressed.
    #[prop(into)]
    on_open: Callback<()>,
    /// A board must be removed from the list. The board itself stays.
    #[prop(into)]
    on_remove: Callback<String>,
) -> impl IntoView {
    view! {
        <main class="start">
            <header class="start-hero">
                <p class="brand"><BrandMark />"Commonslate"</p>
                <h1 class="start-headline">"Draw together. See every stroke as it happens."</h1>
                <p class="start-lead">
                    "One shared board, live for everyone who has the link. No account, nothing to install, and nothing that was saved gets lost."
                </p>
                <NewBoard creation on_new on_open />
            </header>
            <section aria-label="Your boards">
                <h2 class="start-heading">"Your boards"</h2>
                <Show when=move || !boards.with(Vec::is_empty) fallback=NoBoards>
                    <ul class="board-list">
                        <For each=move || boards.get() key=BoardEntry::clone let:entry>
                            <BoardRow entry on_remove />
                        </For>
                    </ul>
                </Show>
            </section>
        </main>
    }
}

/// The buttons "New board" and "Open file", and why the request failed, if it did.
#[component]
fn NewBoard(
    creation: Signal<Creation>,
    on_new: Callback<()>,
    on_open: Callback<()>,
) -> impl IntoView {
    let underway = move || creation.get() == Creation::Underway;
    let reason = move || match creation.get() {
        Creation::Failed(reason) => Some(view! { <p class="note" role="alert">{reason}</p> }),
        Creation::Idle | Creation::Underway => None,
    };
    view! {
        <div class="start-actions">
            <button
                class="button-large"
                type="button"
                disabled=underway
                aria-busy=move || underway().to_string()
                on:click=move |_| on_new.run(())
            >
                <Icon name=IconName::Plus />
                "New board"
            </button>
            <button
                class="button-outlined"
                type="button"
                disabled=underway
                on:click=move |_| on_open.run(())
            >
                <Icon name=IconName::Folder />
                "Open file"
            </button>
        </div>
        {reason}
    }
}

/// A board in the list.
#[component]
fn BoardRow(entry: BoardEntry, on_remove: Callback<String>) -> impl IntoView {
    let BoardEntry {
        id,
        title,
        role,
        opened,
        href,
    } = entry;
    view! {
        <li class="board-row">
            <a class="board-link" href=href>
                <span class="board-name">{title}</span>
                <span class="board-details">{format!("{role} · opened {opened}")}</span>
            </a>
            <IconButton
                icon=IconName::Close
                label="Remove from list"
                on_press=move |()| on_remove.run(id.clone())
            />
        </li>
    }
}

/// A text in place of an empty list.
#[component]
fn NoBoards() -> impl IntoView {
    view! {
        <p class="start-empty">
            "Boards you open show up here, in this browser only. Start one, or follow a link somebody sent you."
        </p>
    }
}
