//! The people on the board beside the sessions of this room: people on other servers, and people
//! who left a moment ago.
//!
//! Each server announces again and again who is connected to it. An announcement is a lease:
//! if no other follows, it expires, so nothing has to be cleaned up after a server that died.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ClientId, Millis, NodeId};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{PeerNo, RelayedPerson};

/// How often a server announces its people, in milliseconds.
const ANNOUNCE_EVERY_MS: Millis = 3_000;
/// How long an announcement holds, in milliseconds: for three announcements and a little.
pub(super) const LEASE_MS: Millis = 9_500;
/// How long a person whose connection ended is still shown, in milliseconds, so
/// that a reconnect does not flicker.
const LINGER_MS: Millis = 1_500;
/// Numbers that are kept for people who left, so that a person who reconnects soon has the same
/// number again.
const NUMBERS_KEPT: usize = 2 * MAX_PEOPLE;

/// People on other servers, people who left a moment ago, and the numbers of all people.
#[derive(Debug, Default)]
pub(super) struct People {
    numbers: BTreeMap<ClientId, PeerNo>,
    last_number: u32,
    /// How many numbers remained when numbers were last forgotten.
    numbers_left: usize,
    elsewhere: BTreeMap<NodeId, (Vec<RelayedPerson>, Millis)>,
    leaving: BTreeMap<ClientId, (RelayedPerson, Millis)>,
    version: u64,
    last_announced: Option<Millis>,
    /// Whether the people of this server changed since they were announced.
    is_announcement_old: bool,
}

impl People {
    /// The number by which live updates name a person.
    pub(super) fn number_of(&mut self, client: ClientId) -> PeerNo {
        let last = &mut self.last_number;
        *self.numbers.entry(client).or_insert_with(|| {
            *last += 1;
            PeerNo(*last)
        })
    }

    /// Goes up whenever the list of people changes.
    pub(super) const fn version(&self) -> u64 {
        self.version
    }

    /// The people of this server changed.
    pub(super) const fn changed_here(&mut self) {
        self.version += 1;
        self.is_announcement_old = true;
    }

    pub(super) fn arrived(&mut self, client: ClientId) {
        self.leaving.remove(&client);
        self.number_of(client);
        self.changed_here();
    }

    pub(super) fn left(&mut self, person: RelayedPerson, now: Millis) {
        self.leaving
            .insert(person.client, (person, now + LINGER_MS));
    }

    /// People who left a moment ago.
    pub(super) fn leaving(&self) -> impl Iterator<Item = &RelayedPerson> {
        self.leaving.values().map(|(person, _)| person)
    }

    /// Whether there are people on other servers, as far as these announced them.
    pub(super) fn is_elsewhere(&self) -> bool {
        !self.elsewhere.is_empty()
    }

    /// People on other servers.
    pub(super) fn elsewhere(&self) -> impl Iterator<Item = &RelayedPerson> {
        self.elsewhere.values().flat_map(|(people, _)| people)
    }

    /// Another server announced its people. Returns whether it had none before.
    pub(super) fn announced_elsewhere(
        &mut self,
        node: NodeId,
        people: Vec<RelayedPerson>,
        now: Millis,
    ) -> bool {
        let leaving = self.leaving.len();
        for person in &people {
            self.leaving.remove(&person.client);
        }
        self.is_announcement_old |= leaving != self.leaving.len();
        let people: Vec<RelayedPerson> = people
            .into_iter()
            .take(MAX_PEOPLE)
            .map(|person| RelayedPerson {
                profile: person.profile.tidied(),
                ..person
            })
            .collect();
        let before = self.elsewhere.get(&node).map(|(people, _)| people);
        if before != Some(&people) {
            self.version += 1;
        }
        if people.is_empty() {
            self.elsewhere.remove(&node);
            return false;
        }
        let before = self.elsewhere.insert(node, (people, now + LEASE_MS));
        before.is_none()
    }

    /// Forgets people who left and announcements that expired.
    pub(super) fn expire(&mut self, now: Millis) {
        let before = (self.leaving.len(), self.elsewhere.len());
        self.leaving.retain(|_, (_, until)| *until > now);
        self.elsewhere.retain(|_, (_, until)| *until > now);
        if before.0 != self.leaving.len() {
            self.changed_here();
        }
        if before.1 != self.elsewhere.len() {
            self.version += 1;
        }
    }

    /// When people are forgotten or announced next, if nothing changes.
    pub(super) fn due(&self) -> Millis {
        let leaving = self.leaving.values().map(|(_, until)| *until);
        let elsewhere = self.elsewhere.values().map(|(_, until)| *until);
        let forgotten = leaving.chain(elsewhere).min().unwrap_or(Millis::MAX);
        forgotten.min(self.announcement_due())
    }

    /// When to announce the people of this server.
    pub(super) fn announcement_due(&self) -> Millis {
        match self.last_announced {
            Some(last) if !self.is_announcement_old => last + ANNOUNCE_EVERY_MS,
            _ => 0,
        }
    }

    pub(super) const fn announced(&mut self, now: Millis) {
        self.last_announced = Some(now);
        self.is_announcement_old = false;
    }

    /// Whether so many numbers are kept that it is time to forget some. The more remained the last
    /// time, the later, so that each number is looked at only a few times.
    pub(super) fn has_many_numbers(&self) -> bool {
        self.numbers.len() > NUMBERS_KEPT.max(2 * self.numbers_left)
    }

    /// Forgets the numbers of people who are neither here nor elsewhere nor leaving. A number is
    /// never given again.
    pub(super) fn forget_numbers(&mut self, here: impl Iterator<Item = ClientId>) {
        let others = self.leaving().chain(self.elsewhere());
        let present: BTreeSet<ClientId> = here.chain(others.map(|person| person.client)).collect();
        self.numbers.retain(|client, _| present.contains(client));
        self.numbers_left = self.numbers.len();
    }
}
