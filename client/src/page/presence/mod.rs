//! What people on the board show each other beside their work. Its code is in the chunk (`chunk`).
//!
//! - `panel`: the card with all people
//! - `follow`: following the view of another person; `share_view`: sending one's own view to those who
//!   follow
//! - `glide`: moving the camera to an area, by the steps of `motion`

mod follow;
mod glide;
mod motion;
mod panel;
mod share_view;

use leptos::prelude::*;
use shared::id::ClientId;

use self::follow::{FollowFrame, Following};
pub(super) use self::panel::PeoplePanel;
use super::state::PageState;
use crate::session::Session;
use crate::view_model::PersonView;

/// Everything that people show each other above the board.
#[component]
pub(super) fn PresenceLayer() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    share_view::begin(session, page);
    let following = Following::begin(session, page);
    view! { <FollowFrame following /> }
}

/// How others are called: their name, or "Guest".
fn name_of(client: ClientId, session: Session) -> String {
    person_of(client, session).map_or_else(|| "Guest".to_owned(), |person| person.name)
}

/// A person on the board by one of their clients.
fn person_of(client: ClientId, session: Session) -> Option<PersonView> {
    let people = session.board_signals().people;
    people.with_untracked(|all| all.iter().find(|it| it.client == client).cloned())
}
