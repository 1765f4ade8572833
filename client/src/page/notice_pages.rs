//! Pages in place of a board. Each says why there is no board.

use leptos::either::Either;
use leptos::prelude::*;
use shared::id::BoardId;
use shared::protocol::CloseCode;

use super::later::Later;
use super::later_views;
use super::state::PageState;
use crate::identity;
use crate::ui::brand::BrandMark;

/// The page for an address that is neither the start page nor a board.
#[component]
pub(crate) fn UnknownAddress() -> impl IntoView {
    view! {
        <Notice
            title="Nothing is here"
            text="This address is neither the start page nor a board. Perhaps the link was cut off."
        />
    }
}

/// The page for the address of a board without the secret.
#[component]
pub(crate) fn IncompleteLink() -> impl IntoView {
    view! {
        <Notice
            title="This link is incomplete"
            text="The key of a board stands after the # at the end of its link, and it is missing here. Ask whoever sent you the link to copy it again with the Share button."
        />
    }
}

/// The page after the server has refused this tab for good.
#[component]
pub(crate) fn RefusedPage(
    /// The board.
    board: BoardId,
    /// Why the server refused it.
    code: CloseCode,
) -> impl IntoView {
    if code == CloseCode::NoAccess && PageState::from_context().is_deleting.get_untracked() {
        return Either::Left(view! {
            <Notice
                title="This board was deleted"
                text="You deleted it. It is gone from the server and from this browser, and its links open nothing."
            />
        });
    }
    let (title, text) = words(code);
    let again = move |_| {
        identity::forget(board);
        // If a browser refuses to reload, the person can still do it.
        let _ = window().location().reload();
    };
    let button = move || {
        // A person who was removed may be allowed to come back.
        (!lets_go(code) || code == CloseCode::Removed).then(|| {
            view! { <button class="button-filled" type="button" on:click=again>"Open it here again"</button> }
        })
    };
    Either::Right(view! {
        <Notice title text>
            {button()}
            <Later needed=Signal::stored(lets_go(code)) load=later_views::KEPT_COPY on_failure=|()| {} />
        </Notice>
    })
}

/// Whether this page cannot come back, so that it offers what it still has.
const fn lets_go(code: CloseCode) -> bool {
    matches!(
        code,
        CloseCode::NoAccess | CloseCode::LinkRevoked | CloseCode::LinkExpired | CloseCode::Removed
    )
}

const fn words(code: CloseCode) -> (&'static str, &'static str) {
    match code {
        CloseCode::NoAccess => (
            "This link does not open a board",
            "The board does not exist, or the link to it was revoked. Ask whoever sent you the link for a new one.",
        ),
        CloseCode::LinkRevoked => (
            "This link was revoked",
            "An owner of the board ended it. Ask the person who sent you the link for a new one.",
        ),
        CloseCode::LinkExpired => (
            "This link has expired",
            "It was valid for a limited time. Ask the person who sent you the link for a new one.",
        ),
        CloseCode::Removed => (
            "You were removed from this board",
            "An owner of the board removed you. They can let you come back.",
        ),
        CloseCode::Replaced => (
            "The board is open elsewhere",
            "Another tab of this browser has taken over. Everything you drew is in good hands there.",
        ),
        CloseCode::Version => (
            "This page and the server differ in version",
            "One of them is newer than the other, so they do not understand each other. Please load the page again, perhaps in a moment, and without the browser's cache if need be.",
        ),
        CloseCode::Protocol
        | CloseCode::Restart
        | CloseCode::Slow
        | CloseCode::Unavailable
        | CloseCode::TooFast
        | CloseCode::Crowded
        | CloseCode::PeopleOnly
        | CloseCode::Silent => (
            "The server and this page do not understand each other",
            "What was saved is safe. Please open the board again.",
        ),
    }
}

/// A text in the middle of the page.
#[component]
fn Notice(
    /// What happened.
    title: &'static str,
    /// What to do.
    text: &'static str,
    /// A button below the text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" role="alert">
            <BrandMark />
            <h1 class="notice-title">{title}</h1>
            <p class="notice-text">{text}</p>
            {children.map(|children| children())}
            <a class="notice-home" href="./">"Go to the start page"</a>
        </div>
    }
}
