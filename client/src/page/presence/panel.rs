//! The card with all people.

use leptos::prelude::*;

use super::share_view::followers;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::PeopleCard;

/// The content of the card.
#[component]
pub(in crate::page) fn PeoplePanel() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let board = session.board_signals();
    let followers = Memo::new(move |_| {
        board.presence.track();
        followers(session).into_iter().collect::<Vec<_>>()
    });
    view! {
        <PeopleCard
            people=board.people
            followed=page.people.followed
            followers
            on_rename=move |name| session.rename_me(name)
            on_follow=move |client| page.people.followed.set(client)
        />
    }
}
