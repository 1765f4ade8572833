//! Sessions join and leave the room.

use std::collections::{BTreeMap, VecDeque};

use crate::geometry::BoardRect;
use crate::id::{ClientId, Millis};
use crate::protocol::{CloseCode, Hello, Profile, Role, ServerMsg, Welcome};

use super::flow::Flow;
use super::session::{Sent, Session};
use super::{Room, SessionNo};

impl Room {
    /// Lets a client join whose secret was found to allow `role`. Everything it
    /// needs to become current follows by [`Self::transmit`].
    pub fn join(&mut self, no: SessionNo, hello: &Hello, role: Role, now: Millis) {
        let client = hello.key.client_id();
        if self.replaced_by_newer(no, client, hello.session) {
            return;
        }
        let at = self.at();
        let seen = hello.resume.filter(|seen| seen.epoch == at.epoch);
        if seen.is_some_and(|seen| seen.seq > at.seq) {
            // Either this room is behind, or the store lost what the client has seen.
            self.read_gap();
            self.begin_new_epoch();
        }
        let resume = seen.filter(|seen| seen.seq <= at.seq && self.ring.covers(seen.seq, at.seq));
        let welcome = Welcome {
            you: client,
            node: self.node,
            role,
            title: self.title.get().clone(),
            at,
            last_cno: self.history.last_cno(client),
            delta: resume.is_some(),
            durable: self.durable.seq(),
        };
        let mut session = Session {
            client,
            peer: self.people.number_of(client),
            number: hello.session,
            role,
            version: hello.version,
            profile: hello.profile.tidied(),
            device: hello.device.map(|key| key.device_id()),
            program: hello.program,
            own_clients: Vec::new(),
            is_noted: false,
            control: Vec::new(),
            view: hello.view.and_then(area),
            partial: hello.partial.clone(),
            snapshot: None,
            flow: Flow::new(now),
            submitted: BTreeMap::new(),
            saved: VecDeque::new(),
            own_seq: 0,
            goodbye: None,
            chat_page: None,
            sent: Sent {
                seq: resume.map_or(at.seq, |seen| seen.seq),
                live: self.live.end(),
                standing: false,
                people: 0,
                next_people: now,
                title: self.title.version(),
                access: None,
                storing: 0,
                fullness: 0,
                durable: self.durable.seq(),
                last: now,
                last_heartbeat: now,
                last_active: now,
            },
        };
        self.tell_rights(&mut session);
        session.control.push(ServerMsg::Welcome(Box::new(welcome)));
        if resume.is_none() {
            self.start_snapshot(&mut session);
        }
        self.sessions.insert(no, Box::new(session));
        self.standing.joined(client);
        self.people.arrived(client);
    }

    /// Notes bytes of frames that a session was sent before it joined: its client acknowledges these
    /// too.
    pub fn sent_before(&mut self, no: SessionNo, bytes: u64, now: Millis) {
        if let Some(session) = self.sessions.get_mut(&no) {
            session.flow.sent(bytes, now);
        }
    }

    /// A connection ended.
    pub fn leave(&mut self, no: SessionNo, now: Millis) {
        if let Some(session) = self.sessions.remove(&no) {
            let still_here = self
                .sessions
                .values()
                .any(|other| other.client == session.client);
            if !still_here {
                self.standing.left(session.client);
                self.people.left(session.relayed_person(), now);
            }
        }
    }

    /// The same client may be connected once; the higher session number wins.
    fn replaced_by_newer(&mut self, no: SessionNo, client: ClientId, number: u32) -> bool {
        let others: Vec<(SessionNo, u32)> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.client == client)
            .map(|(other, session)| (*other, session.number))
            .collect();
        if others.iter().any(|(_, other)| *other > number) {
            self.close(no, CloseCode::Replaced);
            return true;
        }
        for (older, _) in others {
            self.sessions.remove(&older);
            self.close(older, CloseCode::Replaced);
        }
        false
    }

    pub(super) fn receive_profile(&mut self, no: SessionNo, profile: &Profile) {
        if let Some(session) = self.sessions.get_mut(&no) {
            session.profile = profile.tidied();
            session.is_noted = false;
            self.people.changed_here();
        }
    }

    /// Lets a client undo the work of other clients of the same person, as the driver found them.
    pub fn permit_undo(&mut self, client: ClientId, own_clients: Vec<ClientId>) {
        let mut sessions = self.sessions.values_mut();
        if let Some(session) = sessions.find(|session| session.client == client) {
            session.own_clients = own_clients;
        }
    }

    /// Whether a client is connected through this server.
    #[must_use]
    pub fn has_client(&self, client: ClientId) -> bool {
        let mut sessions = self.sessions.values();
        sessions.any(|session| session.client == client)
    }

    /// Sends all sessions a goodbye: their clients reconnect, to another server or to
    /// this one, after a random wait of up to `within_ms`.
    pub fn say_goodbye(&mut self, within_ms: u32) {
        for session in self.sessions.values_mut() {
            session.goodbye = Some(within_ms);
        }
    }
}

/// The rectangle with these edges; `None` if one of them is not finite.
fn area([x0, y0, x1, y1]: [f32; 4]) -> Option<BoardRect> {
    let area = BoardRect::new(x0.into(), y0.into(), x1.into(), y1.into());
    area.is_finite().then(|| area.abs())
}
