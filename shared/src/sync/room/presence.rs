//! Presence: sessions are told who is on the board, and servers announce their people to each other.

use std::collections::BTreeSet;

use crate::id::{Millis, NodeId};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{CloseCode, Person, RelayMessage, RelayedPerson};

use super::session::Session;
use super::{Room, SessionNo};

impl Room {
    /// The people of this server, for other servers.
    fn local_people(&self) -> Vec<RelayedPerson> {
        let here = self.sessions.values().map(Session::relayed_person);
        here.chain(self.people.leaving().cloned()).collect()
    }

    /// All people on the board as `session` is told, each once, the people of this server first.
    /// `session` itself is not in the map of sessions while it is being served.
    pub(super) fn everybody(&mut self, session: &Session) -> Vec<Person> {
        let here = std::iter::once(session.relayed_person()).chain(self.local_people());
        let mut people: Vec<RelayedPerson> = here.chain(self.people.elsewhere().cloned()).collect();
        let mut seen = BTreeSet::new();
        people.retain(|person| seen.insert(person.client));
        people.truncate(MAX_PEOPLE);
        let numbered = |person| {
            let RelayedPerson {
                client,
                session: _,
                role,
                profile,
                device,
            } = person;
            Person {
                peer: self.people.number_of(client),
                client,
                role,
                profile,
                device,
            }
        };
        people.into_iter().map(numbered).collect()
    }

    /// Another server announced its people.
    pub(super) fn receive_people(&mut self, node: NodeId, people: Vec<RelayedPerson>, now: Millis) {
        self.close_moved(&people);
        self.people.announced_elsewhere(node, people, now);
    }

    /// Closes the sessions of people who have a newer session elsewhere.
    fn close_moved(&mut self, people: &[RelayedPerson]) {
        let is_moved = |session: &Session| {
            people
                .iter()
                .any(|person| person.client == session.client && person.session > session.number)
        };
        let moved: Vec<SessionNo> = self
            .sessions
            .iter()
            .filter(|(_, session)| is_moved(session))
            .map(|(no, _)| *no)
            .collect();
        for no in moved {
            self.sessions.remove(&no);
            self.close(no, CloseCode::Replaced);
            self.people.changed();
        }
    }

    /// Asks other servers to announce their people.
    pub(super) fn request_people(&mut self) {
        self.relay(RelayMessage::PeopleRequest);
    }

    /// Announces the people of this server to others.
    pub(super) fn announce_people(&mut self, now: Millis) {
        self.people.announced(now);
        let people = self.local_people();
        self.relay(RelayMessage::People(people));
    }

    /// Forgets people who left, and announces the people of this server when that is due.
    pub(super) fn update_people(&mut self, now: Millis) {
        self.people.expire(now);
        if self.people.has_many_numbers() {
            let here = self.sessions.values().map(|session| session.client);
            self.people.forget_numbers(here);
        }
        if self.people.is_announcement_due(now) {
            self.announce_people(now);
        }
    }
}
