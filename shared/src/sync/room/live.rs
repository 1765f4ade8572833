//! Live updates of a room: cursors and unfinished strokes, which are not stored.

use crate::id::Millis;
use crate::model::BlobHash;
use crate::op::authorship::attribute;
use crate::protocol::{LiveUpdate, PeerNo, Relay, RelayMessage, ServerMsg, decode, encode};

use super::live_queue::Queued;
use super::{Room, RoomEffect, SessionNo};

/// Largest relay from another server that is decoded.
const MAX_RELAY_BYTES: usize = 1024 * 1024;

impl Room {
    pub(super) fn receive_live(&mut self, no: SessionNo, mut item: LiveUpdate, now: Millis) {
        let Some(session) = self.sessions.get(&no) else {
            return;
        };
        let allowed = session.role.may_draw() || item.allowed_for_viewer();
        if !allowed || !item.is_valid() {
            return;
        }
        if let LiveUpdate::Draft(Some(new)) = &mut item {
            let known = self.authorship(new.id);
            attribute(new, session.author(), known.as_ref());
        }
        let client = session.client;
        let peer = self.people.number_of(client);
        self.queue_live(peer, item.clone());
        self.live.add_remote(client, item);
        self.flush_live(now);
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
            RelayMessage::Live(items) => {
                for (client, item) in items.into_iter().filter(|(_, item)| item.is_valid()) {
                    let peer = self.people.number_of(client);
                    self.queue_live(peer, item);
                }
                self.flush_live(now);
            }
            RelayMessage::People(people) => self.receive_people(node, people, now),
            RelayMessage::PeopleRequest => self.announce_people(now),
            RelayMessage::RecordChanged => self.effects.push_back(RoomEffect::ReadRecord),
            RelayMessage::BlobReady(blob) => self.blob_ready(blob),
        }
    }

    /// Tells the clients of this room that a blob of the board is complete.
    pub fn blob_ready(&mut self, blob: BlobHash) {
        if let Ok(frame) = encode(&ServerMsg::BlobReady(blob)) {
            self.live.push_frame(frame);
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

    /// Sends the live updates that are due.
    pub(super) fn flush_live(&mut self, now: Millis) {
        let Some(due) = self.live.take_due(now) else {
            return;
        };
        for updates in due.local {
            if let Ok(frame) = encode(&ServerMsg::Live(updates)) {
                self.live.push_frame(frame);
            }
        }
        for updates in due.remote {
            self.relay(RelayMessage::Live(updates));
        }
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
