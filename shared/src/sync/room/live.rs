//! Live updates of a room: cursors and unfinished strokes, which are not stored.

use crate::id::Millis;
use crate::op::authorship::attribute;
use crate::protocol::{LiveUpdate, Relay, RelayMessage, ServerMsg, decode, encode};

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
        self.live.add_local(peer, item.clone());
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
                    self.live.add_local(peer, item);
                }
                self.flush_live(now);
            }
            RelayMessage::People(people) => self.receive_people(node, people, now),
            RelayMessage::PeopleRequest => self.announce_people(now),
            RelayMessage::RecordChanged => self.effects.push_back(RoomEffect::ReadRecord),
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
