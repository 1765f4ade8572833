//! Presence: sessions are told who is on the board, and servers announce their people to each other.

use std::collections::BTreeSet;

use crate::id::{Millis, NodeId};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{CloseCode, Person, RelayMessage, RelayedPerson};

use super::session::Session;
use super::{Room, SessionNo};

impl Room {
    /// The people of this server, for other servers.
    fn local_guests(&self) -> Vec<RelayedPerson> {
        let here = self.sessions.values().map(Session::guest);
        here.chain(self.people.leaving().cloned()).collect()
    }

    /// All people on the board as `session` is told, each once, the people of this server first.
    /// `session` itself is not in the map of sessions while it is being served.
    pub(super) fn everybody(&mut self, session: &Session) -> Vec<Person> {
        let here = std::iter::once(session.guest()).chain(self.local_guests());
        let mut guests: Vec<RelayedPerson> = here.chain(self.people.elsewhere().cloned()).collect();
        let mut seen = BTreeSet::new();
        guests.retain(|guest| seen.insert(guest.client));
        guests.truncate(MAX_PEOPLE);
        let person = |guest| {
            let RelayedPerson {
                client,
                session: _,
                role,
                profile,
            } = guest;
            Person {
                peer: self.people.number_of(client),
                client,
                role,
                profile,
            }
        };
        guests.into_iter().map(person).collect()
    }

    /// Another server announced its people.
    pub(super) fn receive_guests(&mut self, node: NodeId, guests: Vec<RelayedPerson>, now: Millis) {
        self.close_moved(&guests);
        self.people.announced_elsewhere(node, guests, now);
    }

    /// Closes the sessions of people who have a newer session elsewhere.
    fn close_moved(&mut self, guests: &[RelayedPerson]) {
        let is_moved = |session: &Session| {
            guests
                .iter()
                .any(|guest| guest.client == session.client && guest.session > session.number)
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
    pub(super) fn request_guests(&mut self) {
        self.relay(RelayMessage::PeopleRequest);
    }

    /// Announces the people of this server to others.
    pub(super) fn announce_guests(&mut self, now: Millis) {
        self.people.announced(now);
        let guests = self.local_guests();
        self.relay(RelayMessage::People(guests));
    }

    /// Forgets people who left, and announces the people of this server when that is due.
    pub(super) fn update_people(&mut self, now: Millis) {
        self.people.expire(now);
        if self.people.has_many_numbers() {
            let here = self.sessions.values().map(|session| session.client);
            self.people.forget_numbers(here);
        }
        if self.people.is_announcement_due(now) {
            self.announce_guests(now);
        }
    }
}
