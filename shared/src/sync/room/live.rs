//! Live updates of a room: cursors and unfinished strokes, which are not stored.

use crate::id::{ClientId, Millis};
use crate::model::{BlobHash, Prop};
use crate::op::authorship::attribute;
use crate::protocol::{LiveUpdate, PeerNo, Relay, RelayMessage, Role, ServerMsg, decode, encode};

use super::live_frame::{Audience, LiveFrame};
use super::live_queue::Queued;
use super::session::Session;
use super::standing::Origin;
use super::{Room, RoomEffect, SessionNo};

/// Largest relay from another server that is decoded.
const MAX_RELAY_BYTES: usize = 1024 * 1024;

impl Room {
    pub(super) fn receive_live(&mut self, no: SessionNo, mut item: LiveUpdate, now: Millis) {
        let Some(session) = self.sessions.get(&no) else {
            return;
        };
        if !self.may_send_live(session, item.needs()) || !item.is_valid() {
            return;
        }
        match &mut item {
            LiveUpdate::Draft(Some(new)) => {
                let known = self.authorship(new.id);
                attribute(new, session.author(self.unix_ms(now)), known.as_ref());
                // Only commits protect and propose elements.
                new.props.set(Prop::Protected(false));
                new.props.set(Prop::Proposal(None));
            }
            LiveUpdate::Gather { take, .. } => *take &= session.role == Role::Owner,
            _ => {}
        }
        let client = session.client;
        let peer = self.people.number_of(client);
        self.standing.record(client, &item, Origin::Here, now);
        if self.people.is_elsewhere() {
            self.live.add_remote(client, item.clone());
        }
        self.queue_live(peer, item);
    }

    /// Sets the shortest time between two frames of live updates, in milliseconds.
    pub const fn set_live_tick(&mut self, tick: Millis) {
        self.live.set_tick(tick);
    }

    /// Takes a message of the board's live channel.
    pub fn on_relay(&mut self, bytes: &[u8], now: Millis) {
        let Ok(Relay { node, message }) = decode::<Relay>(bytes, MAX_RELAY_BYTES) else {
            return;
        };
        if node == self.node {
            return;
        }
        match message {
            RelayMessage::Live(items) | RelayMessage::LaterLive(items) => {
                for (client, item) in items.into_iter().filter(|(_, item)| item.is_valid()) {
                    let peer = self.people.number_of(client);
                    self.standing.record(client, &item, Origin::Elsewhere, now);
                    self.queue_live(peer, item);
                }
                self.live.hurry();
            }
            RelayMessage::People(people) => self.receive_people(node, people, now),
            RelayMessage::PeopleRequest => self.announce_people(now),
            RelayMessage::RecordChanged => self.effects.push_back(RoomEffect::ReadRecord),
            RelayMessage::BlobReady(blob) => self.blob_ready(blob),
            RelayMessage::PeopleByLink(people) => self
                .effects
                .push_back(RoomEffect::PeopleByLink { node, people }),
        }
    }

    /// Tells the clients of this room that a blob of the board is complete.
    pub fn blob_ready(&mut self, blob: BlobHash) {
        if let Ok(frame) = LiveFrame::of_message(&ServerMsg::BlobReady(blob)) {
            self.live.push_frame(frame);
        }
    }

    /// The form of live updates that a session gets.
    pub(super) fn audience(&self, session: &Session) -> Audience {
        Audience {
            lacks_cursors: !session.role.may_draw() && self.access.get().viewers_see_no_cursors,
        }
    }

    /// Queues a live update for the sessions of this room.
    fn queue_live(&mut self, peer: PeerNo, item: LiveUpdate) {
        match self.live.add_local(peer, item) {
            Queued::Added => {}
            Queued::Coalesced => self.counts.live_coalesced += 1,
            Queued::Dropped => self.counts.live_dropped += 1,
        }
    }

    /// Sends the live updates that are due. [`Self::handle_timeout`] does it too.
    pub fn flush_live(&mut self, now: Millis) {
        let Some(due) = self.live.take_due(now) else {
            return;
        };
        let hides_cursors = self.access.get().viewers_see_no_cursors;
        for updates in due.local {
            let author = only_author(&updates);
            if let Ok(frame) = LiveFrame::of_updates(updates, hides_cursors) {
                self.live.push_frame(frame);
                self.spare(author);
            }
        }
        for updates in due.remote {
            self.relay_live(updates);
        }
    }

    /// Spares the author of all updates in the newest frame that frame, unless it lacks others.
    fn spare(&mut self, author: Option<PeerNo>) {
        let end = self.live.end();
        let of_author = |session: &&mut Box<Session>| Some(session.peer) == author;
        for session in self.sessions.values_mut().filter(of_author) {
            if session.sent.live + 1 == end {
                session.sent.live = end;
            }
        }
    }

    /// Publishes live updates of people of this server, as much as a frame takes.
    pub(super) fn relay_live(&mut self, updates: Vec<(ClientId, LiveUpdate)>) {
        self.relay(RelayMessage::Live(updates));
    }

    /// Publishes a message for the rooms of this board on other servers.
    pub(super) fn relay(&mut self, message: RelayMessage) {
        let node = self.node;
        let relay = Relay { node, message };
        if let Ok(bytes) = encode(&relay) {
            self.effects.push_back(RoomEffect::Publish(bytes));
        }
    }
}

/// The person who sent all of some updates, if it was one.
fn only_author(updates: &[(PeerNo, LiveUpdate)]) -> Option<PeerNo> {
    let (first, _) = updates.first()?;
    let is_only = updates.iter().all(|(peer, _)| peer == first);
    is_only.then_some(*first)
}
