//! What the people on the board show until it changes, such as a resting cursor or a raised hand. A
//! session that joins is told all of it, because it was sent only once; so is a server whose people
//! were not known.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use crate::id::{ClientId, Millis};
use crate::limits::MAX_PEOPLE;
use crate::protocol::{LiveUpdate, ServerMsg, encode};

use super::super::standing::StandingUpdates;
use super::Room;
use super::live_queue::portions;
use super::people::LEASE_MS;
use super::session::Session;

/// Clients whose updates are kept at most: more than the people of a board, because updates can be
/// here before the announcement of a person by another server.
const MAX_CLIENTS: usize = 2 * MAX_PEOPLE;

/// Where a client is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// To this server.
    Here,
    /// To another server.
    Elsewhere,
}

/// What one client shows.
#[derive(Debug)]
struct Shown {
    updates: StandingUpdates,
    origin: Origin,
    /// When the last of them came.
    heard: Millis,
}

/// What each client shows until it changes.
#[derive(Debug, Default)]
pub(super) struct Standing {
    clients: BTreeMap<ClientId, Shown>,
    /// The version of the people when clients were last forgotten.
    tidied: u64,
    /// Whether clients are kept that are not on the list of people.
    has_unlisted: bool,
}

impl Standing {
    /// Keeps an update, if it holds until it changes.
    pub(super) fn record(
        &mut self,
        client: ClientId,
        item: &LiveUpdate,
        origin: Origin,
        now: Millis,
    ) {
        if !self.clients.contains_key(&client) && self.clients.len() >= MAX_CLIENTS {
            return;
        }
        let shown = self.clients.entry(client).or_insert_with(|| Shown {
            updates: StandingUpdates::default(),
            origin,
            heard: now,
        });
        shown.updates.record(item);
        (shown.origin, shown.heard) = (origin, now);
        self.has_unlisted |= origin == Origin::Elsewhere;
        if shown.updates.is_empty() {
            self.clients.remove(&client);
        }
    }

    /// A client begins anew: it tells by itself what it shows.
    pub(super) fn joined(&mut self, client: ClientId) {
        self.clients.remove(&client);
    }

    /// A session of a client ended. What the client shows by another server stays.
    pub(super) fn left(&mut self, client: ClientId) {
        let shown = self.clients.get(&client);
        if shown.is_some_and(|shown| shown.origin == Origin::Here) {
            self.clients.remove(&client);
        }
    }

    /// Whether another client than this one shows anything.
    pub(super) fn has_other(&self, client: ClientId) -> bool {
        self.clients.keys().any(|other| *other != client)
    }

    /// What holds, of clients for which `is_asked`.
    fn of(&self, is_asked: impl Fn(ClientId, Origin) -> bool) -> Vec<(ClientId, LiveUpdate)> {
        let asked = self.clients.iter();
        let asked = asked.filter(|(client, shown)| is_asked(**client, shown.origin));
        let updates = asked.flat_map(|(client, shown)| {
            let updates = shown.updates.iter();
            updates.map(|item| (*client, item.clone()))
        });
        updates.collect()
    }

    /// Whether clients are kept who may never be listed.
    pub(super) const fn has_unlisted(&self) -> bool {
        self.has_unlisted
    }

    /// Forgets clients who have left. Those of other servers can be heard before they are listed.
    fn tidy(&mut self, is_listed: impl Fn(ClientId) -> bool, now: Millis) {
        let is_kept =
            |client: ClientId, shown: &Shown| is_listed(client) || now < shown.heard + LEASE_MS;
        self.clients.retain(|client, shown| is_kept(*client, shown));
        self.has_unlisted = self.clients.keys().any(|client| !is_listed(*client));
    }
}

impl Room {
    /// What all others show, in frames for a session that has joined.
    pub(super) fn standing_frames(&mut self, session: &Session) -> Vec<Bytes> {
        let audience = self.audience(session);
        let mut others = self.standing.of(|client, _| client != session.client);
        others.retain(|(_, item)| audience.gets(item));
        let numbered = others.into_iter();
        let numbered = numbered.map(|(client, item)| (self.people.number_of(client), item));
        let portions = portions(numbered.collect()).into_iter();
        portions
            .filter_map(|updates| encode(&ServerMsg::Live(updates)).ok())
            .collect()
    }

    /// Tells other servers what the people of this one show.
    pub(super) fn relay_standing(&mut self) {
        let here = self.standing.of(|_, origin| origin == Origin::Here);
        for updates in portions(here) {
            self.relay_live(updates);
        }
    }

    /// Forgets what people showed who have left.
    pub(super) fn tidy_standing(&mut self, now: Millis) {
        let version = self.people.version();
        if self.standing.clients.is_empty() {
            self.standing.tidied = version;
        }
        if self.standing.tidied == version && !self.standing.has_unlisted {
            return;
        }
        let here = self.sessions.values().map(|session| session.client);
        let elsewhere = self.people.elsewhere().map(|person| person.client);
        let listed: BTreeSet<ClientId> = here.chain(elsewhere).collect();
        self.standing.tidy(|client| listed.contains(&client), now);
        self.standing.tidied = version;
    }
}
