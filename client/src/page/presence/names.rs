//! The names of people on the board.

use leptos::prelude::*;
use shared::id::ClientId;

use crate::session::Session;
use crate::view_model::PersonView;

/// How others are called: their name, or "Guest".
pub(super) fn name_of(client: ClientId, session: Session) -> String {
    person_of(client, session).map_or_else(|| "Guest".to_owned(), |person| person.name)
}

/// A person on the board by the client of theirs that the list shows.
pub(super) fn person_of(client: ClientId, session: Session) -> Option<PersonView> {
    let people = session.board_signals().people;
    people.with_untracked(|all| all.iter().find(|it| it.client == client).cloned())
}
