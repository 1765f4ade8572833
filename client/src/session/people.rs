//! The list of people on the board. Tabs of one browser profile are one person.

use shared::id::{ClientId, DeviceId};
use shared::protocol::{Person, Profile, ProgramKind, Role};

use super::status::role_words;
use crate::view_model::{PersonColor, PersonView};

/// Makes the list from the people that the server reports. It makes a new list only when these
/// changed, because it is asked again whenever a cursor moves.
#[derive(Debug, Default)]
pub(super) struct PeopleList {
    last: Vec<Person>,
    last_hands: Vec<(ClientId, u64)>,
}

impl PeopleList {
    /// The list, this person first; `None` if it is the same as at the last call. As long as no
    /// server says who is here, the list holds only this person, by `profile` and `role`. `hands` are
    /// the clients who raise a hand, since when.
    pub(super) fn update(
        &mut self,
        here: &[Person],
        me: ClientId,
        (profile, role): (&Profile, Option<Role>),
        hands: Vec<(ClientId, u64)>,
    ) -> Option<Vec<PersonView>> {
        if here == self.last && hands == self.last_hands && !here.is_empty() {
            return None;
        }
        self.last = here.to_vec();
        let mine = device_of(me, here);
        let mut list: Vec<PersonView> = one_each(here, me)
            .into_iter()
            .map(|(person, role)| {
                let is_me = person.client == me || (mine.is_some() && person.device == mine);
                let hand = hands.iter().find(|(client, _)| *client == person.client);
                entry(person, role, is_me, hand.map(|(_, since)| *since))
            })
            .collect();
        if !list.iter().any(|person| person.is_me) {
            list.push(PersonView {
                id: "me".to_owned(),
                name: profile.name.clone(),
                color: PersonColor::of(profile.color),
                is_me: true,
                role: role_words(role).to_owned(),
                is_owner: role == Some(Role::Owner),
                client: me,
                hand: None,
            });
        }
        self.last_hands = hands;
        list.sort_by_key(|person| !person.is_me);
        Some(list)
    }
}

/// The role in words. A program is named as such; that it can edit is usual and left out.
fn shown_role(program: Option<ProgramKind>, role: Role) -> String {
    let kind = match program {
        Some(ProgramKind::Ai) => "AI",
        Some(ProgramKind::Script) => "Script",
        None => return role_words(Some(role)).to_owned(),
    };
    match role {
        Role::Edit => kind.to_owned(),
        Role::View | Role::Owner => format!("{kind} · {}", role_words(Some(role))),
    }
}

/// The name of a client on the board; `None` if they are not there or have no name.
pub(super) fn name_of(client: ClientId, people: &[Person]) -> Option<&str> {
    let person = people.iter().find(|person| person.client == client)?;
    Some(person.profile.name.as_str()).filter(|name| !name.is_empty())
}

/// The name under which a person is shown.
pub(super) fn shown_name(person: &Person) -> &str {
    name_or_guest(&person.profile.name)
}

/// The name; that of a guest if it is empty.
pub(super) fn name_or_guest(name: &str) -> &str {
    if name.is_empty() { "Guest" } else { name }
}

fn device_of(client: ClientId, people: &[Person]) -> Option<DeviceId> {
    people.iter().find(|person| person.client == client)?.device
}

/// One client for each person, with the highest role of all clients of that person, in the order of
/// their arrival. Of one's own clients it is this one.
fn one_each(people: &[Person], me: ClientId) -> Vec<(&Person, Role)> {
    let mut each: Vec<(&Person, Role)> = Vec::new();
    for person in people {
        let same = |(other, _): &&mut (&Person, Role)| {
            person.device.is_some() && other.device == person.device
        };
        match each.iter_mut().find(same) {
            Some((shown, role)) => {
                *role = (*role).max(person.role);
                if person.client == me {
                    *shown = person;
                }
            }
            None => each.push((person, person.role)),
        }
    }
    each
}

fn entry(person: &Person, role: Role, is_me: bool, hand: Option<u64>) -> PersonView {
    PersonView {
        id: person.peer.0.to_string(),
        name: shown_name(person).to_owned(),
        color: PersonColor::of(person.profile.color),
        is_me,
        role: shown_role(person.program, role),
        is_owner: role == Role::Owner,
        client: person.client,
        hand,
    }
}

#[cfg(test)]
mod tests {
    use shared::id::DeviceId;
    use shared::protocol::PeerNo;

    use super::*;

    fn person(number: u8, name: &str, device: Option<u8>, role: Role) -> Person {
        Person {
            peer: PeerNo(number.into()),
            client: ClientId::from_bytes([number; 16]),
            role,
            profile: Profile {
                name: name.to_owned(),
                ..Profile::default()
            },
            device: device.map(|device| DeviceId::from_bytes([device; 16])),
            program: None,
        }
    }

    fn shown(people: &[Person], me: u8) -> Vec<(String, String, bool)> {
        let me = ClientId::from_bytes([me; 16]);
        let myself = (&Profile::default(), None);
        let list = PeopleList::default()
            .update(people, me, myself, Vec::new())
            .unwrap();
        list.into_iter()
            .map(|person| (person.name, person.role, person.is_me))
            .collect()
    }

    fn row(name: &str, role: &str, is_me: bool) -> (String, String, bool) {
        (name.to_owned(), role.to_owned(), is_me)
    }

    #[test]
    fn tabs_of_one_browser_are_one_person_with_the_highest_role() {
        let people = [
            person(1, "Ada", Some(1), Role::View),
            person(2, "Ben", Some(2), Role::Edit),
            person(3, "Ada", Some(1), Role::Edit),
            person(4, "Cleo", None, Role::Edit),
            person(5, "Cleo", None, Role::Edit),
        ];
        assert_eq!(
            shown(&people, 2),
            [
                row("Ben", "Can edit", true),
                row("Ada", "Can edit", false),
                row("Cleo", "Can edit", false),
                row("Cleo", "Can edit", false),
            ]
        );
    }

    #[test]
    fn a_program_is_named_as_such() {
        let program = |kind| Person {
            program: Some(kind),
            ..person(1, "Planner", Some(1), Role::Edit)
        };
        for (kind, words) in [(ProgramKind::Ai, "AI"), (ProgramKind::Script, "Script")] {
            let shown = shown(&[program(kind), person(2, "Ada", None, Role::Edit)], 2);
            assert_eq!(shown[1], row("Planner", words, false));
        }
    }

    #[test]
    fn a_raised_hand_makes_a_new_list() {
        let people = [person(1, "Ada", None, Role::Edit)];
        let me = ClientId::from_bytes([9; 16]);
        let mut list = PeopleList::default();
        let mut hands = |raised: &[u8]| {
            let raised = raised.iter();
            let raised = raised.map(|number| (ClientId::from_bytes([*number; 16]), 7));
            let list = list.update(&people, me, (&Profile::default(), None), raised.collect())?;
            Some(list.iter().map(|person| person.hand).collect::<Vec<_>>())
        };
        assert_eq!(hands(&[]), Some(vec![None, None]));
        assert_eq!(hands(&[]), None);
        assert_eq!(hands(&[1]), Some(vec![None, Some(7)]));
        assert_eq!(hands(&[1]), None);
        assert_eq!(hands(&[]), Some(vec![None, None]));
    }

    #[test]
    fn ones_own_tabs_are_oneself_by_the_name_of_this_tab() {
        let people = [
            person(1, "Old name", Some(1), Role::Owner),
            person(2, "New name", Some(1), Role::Edit),
        ];
        assert_eq!(shown(&people, 2), [row("New name", "Owner", true)]);
    }
}
