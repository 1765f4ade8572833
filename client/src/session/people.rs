//! The list of people on the board.

use shared::id::ClientId;
use shared::protocol::{Person, Profile, Role};

use super::status::role_words;
use crate::view_model::{PersonColor, PersonView};

/// Makes the list from the people that the server reports. It makes a new list only when these
/// changed, because it is asked again whenever a cursor moves.
#[derive(Debug, Default)]
pub(super) struct PeopleList {
    last: Vec<Person>,
}

impl PeopleList {
    /// The list, this person first; `None` if it is the same as at the last call. As long as no
    /// server says who is here, the list holds only this person, by `profile` and `role`.
    pub(super) fn update(
        &mut self,
        here: &[Person],
        me: ClientId,
        (profile, role): (&Profile, Option<Role>),
    ) -> Option<Vec<PersonView>> {
        if here == self.last && !here.is_empty() {
            return None;
        }
        self.last = here.to_vec();
        let mut list: Vec<PersonView> = here
            .iter()
            .map(|person| entry(person, person.client == me))
            .collect();
        if !list.iter().any(|person| person.is_me) {
            list.push(PersonView {
                id: "me".to_owned(),
                name: profile.name.clone(),
                color: PersonColor::of(profile.color),
                is_me: true,
                role: role_words(role).to_owned(),
            });
        }
        list.sort_by_key(|person| !person.is_me);
        Some(list)
    }
}

/// The name of a client on the board; `None` if they are not there or have no name.
pub(super) fn name_of(client: ClientId, people: &[Person]) -> Option<&str> {
    let person = people.iter().find(|person| person.client == client)?;
    Some(person.profile.name.as_str()).filter(|name| !name.is_empty())
}

fn entry(person: &Person, is_me: bool) -> PersonView {
    let name = match person.profile.name.as_str() {
        "" => "Guest",
        name => name,
    };
    PersonView {
        id: person.peer.0.to_string(),
        name: name.to_owned(),
        color: PersonColor::of(person.profile.color),
        is_me,
        role: role_words(Some(person.role)).to_owned(),
    }
}
