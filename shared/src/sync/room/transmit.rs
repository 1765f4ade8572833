//! Sends each session the messages that it lacks, when its connection is ready for more.

use bytes::Bytes;

use crate::id::Millis;
use crate::protocol::{Heartbeat, ServerMsg, encode};

use super::session::Session;
use super::snapshot_cache::CachedSnapshot;
use super::{Room, SessionNo, TRANSMIT_BYTES};

impl Room {
    /// Whether [`Self::transmit`] would hand out anything.
    #[must_use]
    pub fn has_output(&self, no: SessionNo, now: Millis) -> bool {
        self.sessions.get(&no).is_some_and(|session| {
            !session.control.is_empty()
                || session.goodbye.is_some()
                || session.snapshot.is_some()
                || session.sent.seq < self.at().seq
                || session.sent.people != self.people.version()
                || session.sent.title != self.title.version()
                || session.sent.storing != self.health.storing().version()
                || session.sent.live < self.live.end()
                || session.is_heartbeat_due(self.durable.seq(), now)
        })
    }

    /// The next frames for a session: first answers to it, then the state of
    /// the board, then live updates; about [`TRANSMIT_BYTES`] at most.
    pub fn transmit(&mut self, no: SessionNo, now: Millis) -> Vec<Bytes> {
        let Some(mut session) = self.sessions.remove(&no) else {
            return Vec::new();
        };
        let mut out = Output::default();
        for message in session.control.drain(..) {
            out.message(&message);
        }
        self.transmit_state(&mut session, &mut out);
        self.transmit_history(&mut session, &mut out);
        if out.has_room() && session.snapshot.is_none() {
            self.transmit_live(&mut session, &mut out);
            self.transmit_heartbeat(&mut session, &mut out, now);
        }
        if let Some(within_ms) = session.goodbye.take() {
            out.message(&ServerMsg::Goodbye { within_ms });
        }
        if !out.frames.is_empty() {
            session.sent.last = now;
        }
        self.sessions.insert(no, session);
        out.frames
    }

    fn transmit_state(&mut self, session: &mut Session, out: &mut Output) {
        if session.sent.people != self.people.version() {
            session.sent.people = self.people.version();
            out.message(&ServerMsg::People(self.everybody(session)));
        }
        if session.sent.title != self.title.version() {
            session.sent.title = self.title.version();
            out.message(&ServerMsg::Title(self.title.get().clone()));
        }
        let storing = self.health.storing();
        if session.sent.storing != storing.version() {
            session.sent.storing = storing.version();
            out.message(&ServerMsg::StoreStatus(*storing.get()));
        }
    }

    fn transmit_history(&mut self, session: &mut Session, out: &mut Output) {
        if session.snapshot.is_none() && !self.ring.covers(session.sent.seq, self.at().seq) {
            self.restart_session(session, out);
        }
        while let Some(mut parts) = session.snapshot.take() {
            if !out.has_room() {
                session.snapshot = Some(parts);
                return;
            }
            out.frame(parts.next_frame());
            session.snapshot = Some(parts).filter(|parts| !parts.is_done());
        }
        while out.has_room() && session.sent.seq < self.at().seq {
            let Some(entry) = self.ring.get(session.sent.seq + 1) else {
                return;
            };
            session.sent.seq = entry.seq;
            let (author, cno) = entry.op_id();
            if author == session.client {
                session.own_seq = entry.seq;
                if session.take_submitted(&entry.stored) {
                    // Its author has drawn it already and needs only its `seq`.
                    out.message(&ServerMsg::Ack {
                        seq: entry.seq,
                        cno,
                    });
                    continue;
                }
            }
            out.frame(Some(entry.frame.clone()));
        }
    }

    fn transmit_live(&mut self, session: &mut Session, out: &mut Output) {
        session.sent.live = session.sent.live.max(self.live.start());
        while out.has_room() {
            let Some(frame) = self.live.frame(session.sent.live) else {
                return;
            };
            session.sent.live += 1;
            out.frame(Some(frame.clone()));
        }
    }

    fn transmit_heartbeat(&self, session: &mut Session, out: &mut Output, now: Millis) {
        let (at, durable) = (self.at(), self.durable.seq());
        if session.sent.seq >= at.seq && session.is_heartbeat_due(durable, now) {
            session.sent.durable = durable;
            session.sent.last_heartbeat = now;
            out.message(&ServerMsg::Heartbeat(Heartbeat { at, durable }));
        }
    }

    /// Lets a session that is too far behind begin again from a snapshot.
    fn restart_session(&mut self, session: &mut Session, out: &mut Output) {
        let epoch = self.at().epoch;
        let last_cno = self.history.last_cno(session.client);
        session.submitted.clear();
        out.message(&ServerMsg::NewEpoch { epoch, last_cno });
        self.start_snapshot(session);
    }

    /// Sends a session a snapshot and the commits after it.
    pub(super) fn start_snapshot(&mut self, session: &mut Session) {
        let at = self.at();
        let usable = self.cached.as_ref().filter(|cached| {
            cached.at.epoch == at.epoch && self.ring.covers(cached.at.seq, at.seq)
        });
        if usable.is_none() {
            self.cached = None;
            if let Ok(encoded) = encode(self.state()) {
                self.snapshot_measured(encoded.len());
                self.cached = Some(CachedSnapshot::new(at, &encoded));
            }
        }
        if let Some(cached) = &self.cached {
            session.snapshot = Some(cached.parts());
            session.sent.seq = cached.at.seq;
        }
    }

    /// The epoch changed: every session gets the new history from a snapshot.
    pub(super) fn restart_sessions(&mut self) {
        let epoch = self.at().epoch;
        let mut sessions = std::mem::take(&mut self.sessions);
        for session in sessions.values_mut() {
            let last_cno = self.history.last_cno(session.client);
            session
                .control
                .push(ServerMsg::NewEpoch { epoch, last_cno });
            session.submitted.clear();
            session.sent.durable = 0;
            self.start_snapshot(session);
        }
        self.sessions = sessions;
    }
}

/// Frames for one session.
#[derive(Debug, Default)]
struct Output {
    frames: Vec<Bytes>,
    bytes: usize,
}

impl Output {
    fn message(&mut self, message: &ServerMsg) {
        self.frame(encode(message).ok());
    }

    fn frame(&mut self, frame: Option<Bytes>) {
        if let Some(frame) = frame {
            self.bytes += frame.len();
            self.frames.push(frame);
        }
    }

    const fn has_room(&self) -> bool {
        self.bytes < TRANSMIT_BYTES
    }
}
