//! Presence: sessions are told who is on the board, and servers announce their people to each other.

use std::collections::BTreeSet;

use bytes::Bytes;

use crate::id::{ClientId, Millis, NodeId};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{CloseCode, Person, RelayMessage, RelayedPerson, ServerMsg, encode};

use super::session::Session;
use super::{Room, SessionNo};

/// The encoded list of people, and who is in it. It is the same for all sessions, unless there are
/// more people than a list may have.
#[derive(Debug)]
pub(super) struct ListedPeople {
    version: u64,
    clients: BTreeSet<ClientId>,
    frame: Bytes,
    /// The list for clients of version 5, which do not know programs; `None` if there are none.
    frame_5: Option<Bytes>,
}

impl ListedPeople {
    fn new(version: u64, mut people: Vec<Person>) -> Option<Self> {
        let clients = people.iter().map(|person| person.client).collect();
        let has_programs = people.iter().any(|person| person.program.is_some());
        let frame = encode(&ServerMsg::People(people.clone())).ok()?;
        people.iter_mut().for_each(|person| person.program = None);
        let frame_5 = has_programs.then(|| encode(&ServerMsg::People(people)));
        Some(Self {
            version,
            clients,
            frame,
            frame_5: frame_5.transpose().ok()?,
        })
    }

    fn frame_for(&self, session: &Session) -> Bytes {
        let earlier = self.frame_5.as_ref().filter(|_| session.version < 6);
        earlier.unwrap_or(&self.frame).clone()
    }
}

impl Room {
    /// The list of people for a session. It is encoded once for all sessions after each change.
    pub(super) fn people_frame(&mut self, session: &Session) -> Option<Bytes> {
        let version = self.people.version();
        let current = self.listed.as_ref().filter(|it| it.version == version);
        if let Some(listed) = current.filter(|it| it.clients.contains(&session.client)) {
            return Some(listed.frame_for(session));
        }
        let is_listed = current.is_some();
        let listed = ListedPeople::new(version, self.everybody(session))?;
        let frame = listed.frame_for(session);
        if !is_listed {
            self.listed = Some(listed);
        }
        Some(frame)
    }

    /// The people of this server, for other servers.
    fn local_people(&self) -> Vec<RelayedPerson> {
        let here = self.sessions.values().map(|it| it.relayed_person());
        here.chain(self.people.leaving().cloned()).collect()
    }

    /// All people on the board as `session` is told, each once, the people of this server first.
    /// `session` itself is not in the map of sessions while it is being served.
    fn everybody(&mut self, session: &Session) -> Vec<Person> {
        let here = std::iter::once(session.relayed_person()).chain(self.local_people());
        let all = here.chain(self.people.elsewhere().cloned());
        let mut seen = BTreeSet::new();
        let each_once = all.filter(|person| seen.insert(person.client));
        let people: Vec<RelayedPerson> = each_once.take(MAX_PEOPLE).collect();
        let numbered = |person| {
            let RelayedPerson {
                client,
                session: _,
                role,
                profile,
                device,
                program,
            } = person;
            Person {
                peer: self.people.number_of(client),
                client,
                role,
                profile,
                device,
                program,
            }
        };
        people.into_iter().map(numbered).collect()
    }

    /// Another server announced its people.
    pub(super) fn receive_people(&mut self, node: NodeId, people: Vec<RelayedPerson>, now: Millis) {
        self.close_moved(&people);
        if self.people.announced_elsewhere(node, people, now) {
            // It has just opened the board, or was cut off.
            self.relay_standing();
        }
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
            if let Some(session) = self.sessions.remove(&no) {
                self.standing.left(session.client);
            }
            self.close(no, CloseCode::Replaced);
            self.people.changed_here();
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
        self.tidy_standing(now);
        if self.people.has_many_numbers() {
            let here = self.sessions.values().map(|session| session.client);
            self.people.forget_numbers(here);
        }
        if now >= self.people.announcement_due() {
            self.announce_people(now);
        }
    }
}
