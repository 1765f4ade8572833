//! Who is on the board, through this server and through others.
//!
//! Each server says again and again who is there through it; that is a lease,
//! and silence ends it. So nobody has to clean up after a server that died.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ClientId, Millis, NodeId};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{CloseCode, Guest, PeerNo, Person, Word};

use super::Room;
use super::sessions::Session;

/// How often a server says who is there, in milliseconds.
const TELL_MS: Millis = 2_000;
/// How long a server is believed, in milliseconds: three sayings and a little.
const LEASE_MS: Millis = 7_000;
/// How long somebody whose connection ended is still shown, in milliseconds, so
/// that a reconnect does not flicker.
const LINGER_MS: Millis = 1_500;

/// Numbers that are kept for people who have left, so that somebody who comes back soon has the
/// same one.
const NUMBERS_KEPT: usize = 2 * MAX_PEOPLE;

#[derive(Debug, Default)]
pub(super) struct People {
    numbers: BTreeMap<ClientId, PeerNo>,
    next_number: u32,
    /// How many numbers were left when those of people who had left were last forgotten.
    numbers_left: usize,
    elsewhere: BTreeMap<NodeId, (Vec<Guest>, Millis)>,
    leaving: BTreeMap<ClientId, (Guest, Millis)>,
    version: u64,
    last_told: Option<Millis>,
    told_version: u64,
}

impl People {
    /// The number of a person in this room.
    pub(super) fn peer(&mut self, client: ClientId) -> PeerNo {
        let next = &mut self.next_number;
        *self.numbers.entry(client).or_insert_with(|| {
            *next += 1;
            PeerNo(*next)
        })
    }

    /// Whether so many numbers were given that it is time to forget some. The more people are on
    /// the board, the later, so that each number is looked at only a few times.
    fn has_many_numbers(&self) -> bool {
        self.numbers.len() > NUMBERS_KEPT.max(2 * self.numbers_left)
    }

    /// Forgets the numbers of everybody else. A number is never given again.
    fn keep_numbers_of(&mut self, present: &BTreeSet<ClientId>) {
        self.numbers.retain(|client, _| present.contains(client));
        self.numbers_left = self.numbers.len();
    }

    pub(super) const fn version(&self) -> u64 {
        self.version
    }
}

impl Room {
    pub(super) fn people_arrived(&mut self, client: ClientId) {
        self.people.leaving.remove(&client);
        self.people.peer(client);
        self.people_changed();
    }

    pub(super) fn people_left(&mut self, guest: Guest, now: Millis) {
        self.people
            .leaving
            .insert(guest.client, (guest, now + LINGER_MS));
    }

    pub(super) fn people_changed(&mut self) {
        self.people.version += 1;
    }

    /// Everybody who is on the board through any server, or was a moment ago.
    fn present(&self) -> BTreeSet<ClientId> {
        let here = self.sessions.values().map(|session| session.client);
        let leaving = self.people.leaving.keys().copied();
        let elsewhere = self.people.elsewhere.values();
        let far = elsewhere.flat_map(|(guests, _)| guests.iter().map(|guest| guest.client));
        here.chain(leaving).chain(far).collect()
    }

    fn local_guests(&self) -> Vec<Guest> {
        let here = self.sessions.values().map(Session::guest);
        let leaving = self.people.leaving.values().map(|(guest, _)| guest.clone());
        here.chain(leaving).collect()
    }

    /// Everybody on the board as one session is told: each once, those here
    /// first. The session is not among the others while it is being served.
    pub(super) fn everybody(&mut self, told: &Session) -> Vec<Person> {
        let far = self
            .people
            .elsewhere
            .values()
            .flat_map(|(guests, _)| guests.iter().cloned());
        let here = std::iter::once(told.guest()).chain(self.local_guests());
        let mut guests: Vec<Guest> = here.chain(far).collect();
        let mut seen = BTreeSet::new();
        guests.retain(|guest| seen.insert(guest.client));
        guests.truncate(MAX_PEOPLE);
        guests
            .into_iter()
            .map(
                |Guest {
                     client,
                     session: _,
                     role,
                     profile,
                 }| Person {
                    peer: self.people.peer(client),
                    client,
                    role,
                    profile,
                },
            )
            .collect()
    }

    pub(super) fn guests_told(&mut self, node: NodeId, guests: Vec<Guest>, now: Millis) {
        self.evict_moved(&guests);
        let guests: Vec<Guest> = guests
            .into_iter()
            .take(MAX_PEOPLE)
            .map(|guest| Guest {
                profile: guest.profile.tidied(),
                ..guest
            })
            .collect();
        let before = self.people.elsewhere.get(&node).map(|(guests, _)| guests);
        if before != Some(&guests) {
            self.people_changed();
        }
        if guests.is_empty() {
            self.people.elsewhere.remove(&node);
        } else {
            self.people.elsewhere.insert(node, (guests, now + LEASE_MS));
        }
    }

    /// Somebody who is here through an older connection has moved.
    fn evict_moved(&mut self, guests: &[Guest]) {
        let moved: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, session)| {
                guests
                    .iter()
                    .any(|guest| guest.client == session.client && guest.session > session.number)
            })
            .map(|(no, _)| *no)
            .collect();
        for no in moved {
            self.sessions.remove(&no);
            self.close(no, CloseCode::Replaced);
            self.people_changed();
        }
        for guest in guests {
            self.people.leaving.remove(&guest.client);
        }
    }

    pub(super) fn ask_who_is_there(&mut self) {
        self.relay(Word::WhoIsThere);
    }

    pub(super) fn tell_who_is_here(&mut self, now: Millis) {
        self.people.last_told = Some(now);
        self.people.told_version = self.people.version;
        let guests = self.local_guests();
        self.relay(Word::People(guests));
    }

    pub(super) fn beat_people(&mut self, now: Millis) {
        let before = self.people.leaving.len() + self.people.elsewhere.len();
        self.people.leaving.retain(|_, (_, until)| *until > now);
        self.people.elsewhere.retain(|_, (_, until)| *until > now);
        if before != self.people.leaving.len() + self.people.elsewhere.len() {
            self.people_changed();
        }
        if self.people.has_many_numbers() {
            let present = self.present();
            self.people.keep_numbers_of(&present);
        }
        let changed = self.people.told_version != self.people.version;
        let due = self
            .people
            .last_told
            .is_none_or(|last| now >= last + TELL_MS);
        if changed || due {
            self.tell_who_is_here(now);
        }
    }
}
