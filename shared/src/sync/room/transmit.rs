//! Sends each session the messages that it lacks, when its connection is ready for more.

use bytes::Bytes;

use crate::id::{Millis, Position};
use crate::protocol::{CloseCode, Heartbeat, ServerMsg, encode};

use super::super::snapshot::EncodedSnapshot;
use super::session::Session;
use super::shared_snapshot::SnapshotTransfer;
use super::{Room, RoomEffect, SessionNo, TRANSMIT_BYTES};

impl Room {
    /// Whether [`Self::transmit`] would hand out anything.
    #[must_use]
    pub fn has_output(&self, no: SessionNo, now: Millis) -> bool {
        self.sessions.get(&no).is_some_and(|session| {
            !session.control.is_empty()
                || session.goodbye.is_some()
                || session.is_people_due(self.people.version(), now)
                || session.sent.title != self.title.version()
                || self.lacks_rights(session)
                || session.sent.storing != self.health.storing().version()
                || session.sent.fullness != self.fullness.told().version()
                || (session.flow.room() > 0 && self.has_data(session))
                || (session.flow.room_for_live() > 0 && self.has_live(session))
                || now >= session.heartbeat_due(self.durable.seq())
        })
    }

    /// The bytes that a session was sent and has not acknowledged.
    #[must_use]
    pub fn in_flight(&self, no: SessionNo) -> u64 {
        let session = self.sessions.get(&no);
        session.map_or(0, |session| session.flow.in_flight())
    }

    /// Whether a session lacks parts of a snapshot or commits that it can be sent.
    fn has_data(&self, session: &Session) -> bool {
        match &session.snapshot {
            Some(SnapshotTransfer::Waiting) => false,
            Some(SnapshotTransfer::Sending(_)) => true,
            None => session.sent.seq < self.at().seq,
        }
    }

    /// Whether a session lacks live updates that it can be sent.
    fn has_live(&self, session: &Session) -> bool {
        let lacks_standing = !session.sent.standing && self.standing.has_other(session.client);
        let lacks_some = lacks_standing || session.sent.live < self.live.end();
        session.snapshot.is_none() && lacks_some
    }

    /// The next frames for a session: first answers to it, then the state of
    /// the board, then live updates; about [`TRANSMIT_BYTES`] at most. Snapshots, commits and live
    /// updates are handed out only within the window of the session.
    /// They are at most about `allowance` bytes; a session with nothing on its way gets at least one
    /// frame, so that it goes on.
    pub fn transmit(&mut self, no: SessionNo, now: Millis, allowance: u64) -> Vec<Bytes> {
        let Some(mut session) = self.sessions.remove(&no) else {
            return Vec::new();
        };
        let mut out = Output::new(session.flow.room_within(allowance));
        self.tell_rights(&mut session);
        let version = session.version;
        for message in session.control.drain(..) {
            out.message(&message.for_version(version));
        }
        self.transmit_state(&mut session, &mut out, now);
        self.transmit_history(&mut session, &mut out, now);
        if session.snapshot.is_none() {
            self.transmit_live(&mut session, &mut out);
        }
        if !out.frames.is_empty() {
            (session.sent.last, session.sent.last_active) = (now, now);
        }
        self.transmit_heartbeat(&mut session, &mut out, now);
        if let Some(within_ms) = session.goodbye.take() {
            out.message(&ServerMsg::Goodbye { within_ms });
        }
        if !out.frames.is_empty() {
            session.sent.last = now;
            session.flow.sent(out.bytes, now);
        }
        self.sessions.insert(no, session);
        out.frames
    }

    fn transmit_state(&mut self, session: &mut Session, out: &mut Output, now: Millis) {
        if session.is_people_due(self.people.version(), now) {
            let frame = self.people_frame(session);
            let bytes = frame.as_ref().map_or(0, Bytes::len);
            session.note_people_sent(self.people.version(), bytes, now);
            out.frame(frame);
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
        let fullness = self.fullness.told();
        if session.sent.fullness != fullness.version() {
            session.sent.fullness = fullness.version();
            out.message(&ServerMsg::Fullness(*fullness.get()));
        }
    }

    /// Hands out parts of a snapshot and commits.
    fn transmit_history(&mut self, session: &mut Session, out: &mut Output, now: Millis) {
        let is_waiting = matches!(session.snapshot, Some(SnapshotTransfer::Waiting));
        if !is_waiting && !self.ring.covers(session.sent.seq, self.at().seq) {
            self.restart_session(session, out);
        }
        if let Some(SnapshotTransfer::Sending(parts)) = &mut session.snapshot {
            while out.has_room() && !parts.is_done() {
                out.frame(parts.next_frame());
            }
            if parts.is_done() {
                session.snapshot = None;
            }
        }
        if session.snapshot.is_some() {
            return;
        }
        while out.has_room() && session.sent.seq < self.at().seq {
            let Some(entry) = self.ring.get(session.sent.seq + 1) else {
                return;
            };
            session.sent.seq = entry.seq;
            let (author, cno) = entry.op_id();
            if author == session.client {
                session.own_seq = entry.seq;
                if let Some(received) = session.take_submitted(&entry.stored) {
                    self.counts.saved.push(now.saturating_sub(received));
                    session.note_saved(entry.seq, received);
                    // Its author has drawn it already and needs only its `seq`.
                    out.message(&ServerMsg::Ack {
                        seq: entry.seq,
                        cno,
                    });
                    continue;
                }
            }
            out.frame(Some(entry.frame_for(session.version).clone()));
        }
    }

    fn transmit_live(&mut self, session: &mut Session, out: &mut Output) {
        let skipped = self.live.start().saturating_sub(session.sent.live);
        self.counts.live_skipped += skipped;
        session.sent.live += skipped;
        session.sent.standing &= skipped == 0;
        let most = session.flow.room_for_live();
        if !session.sent.standing && out.has_room() && out.bytes < most {
            session.sent.standing = true;
            for frame in self.standing_frames(session) {
                out.frame(Some(frame));
            }
        }
        let audience = self.audience(session);
        while out.has_room() && out.bytes < most {
            let Some(frame) = self.live.frame(session.sent.live) else {
                return;
            };
            session.sent.live += 1;
            out.frame(frame.for_audience(audience).cloned());
        }
    }

    fn transmit_heartbeat(&mut self, session: &mut Session, out: &mut Output, now: Millis) {
        let (at, durable) = (self.at(), self.durable.seq());
        if now < session.heartbeat_due(durable) {
            return;
        }
        session.sent.durable = durable;
        session.sent.last_heartbeat = now;
        while let Some(received) = session.take_saved(durable) {
            self.counts.durable.push(now.saturating_sub(received));
        }
        // The client may still lack what its window does not allow.
        let seq = session.sent.seq.min(at.seq);
        let at = Position { seq, ..at };
        out.message(&ServerMsg::Heartbeat(Heartbeat { at, durable }));
    }

    /// A client has received so many bytes on this connection.
    pub(super) fn receive_acknowledgement(&mut self, no: SessionNo, bytes: u64, now: Millis) {
        let session = self.sessions.get_mut(&no);
        if session.is_some_and(|session| session.flow.acknowledge(bytes, now).is_err()) {
            self.close(no, CloseCode::Protocol);
        }
    }

    /// Lets a session that is too far behind begin again from a snapshot.
    fn restart_session(&mut self, session: &mut Session, out: &mut Output) {
        let epoch = self.at().epoch;
        let last_cno = self.history.last_cno(session.client);
        self.counts.sessions_restarted += 1;
        session.forget_own_commits();
        out.message(&ServerMsg::NewEpoch { epoch, last_cno });
        self.start_snapshot(session);
    }

    /// Sends a session a snapshot and the commits after it.
    pub(super) fn start_snapshot(&mut self, session: &mut Session) {
        self.snapshot.expire(self.at(), &self.ring);
        match self.snapshot.find(session.partial.as_ref(), &self.ring) {
            Some(encoded) => session.send_snapshot(encoded),
            None => self.wait_for_snapshot(session),
        }
    }

    fn wait_for_snapshot(&mut self, session: &mut Session) {
        session.snapshot = Some(SnapshotTransfer::Waiting);
        if self.snapshot.start_encoding() {
            let snapshot = Box::new(self.state().clone());
            self.effects.push_back(RoomEffect::Encode(snapshot));
        }
    }

    /// Answers [`RoomEffect::Encode`]; `None` if the snapshot cannot be encoded.
    pub fn on_encoded(&mut self, encoded: Option<EncodedSnapshot>) {
        self.snapshot.finish_encoding();
        let is_encoded = encoded.is_some();
        if let Some(encoded) = encoded {
            self.snapshot_measured(encoded.raw_bytes());
            self.snapshot.add(encoded);
            self.snapshot.expire(self.at(), &self.ring);
        }
        let mut sessions = std::mem::take(&mut self.sessions);
        for (no, session) in &mut sessions {
            if !matches!(session.snapshot, Some(SnapshotTransfer::Waiting)) {
                continue;
            }
            match self.snapshot.newest() {
                Some(encoded) => session.send_snapshot(encoded),
                // The epoch ended while its snapshot was encoded.
                None if is_encoded => self.wait_for_snapshot(session),
                None => self.close(*no, CloseCode::Unavailable),
            }
        }
        self.sessions = sessions;
    }

    /// The epoch changed: every session gets the new history from a snapshot.
    pub(super) fn restart_sessions(&mut self) {
        let epoch = self.at().epoch;
        self.counts.epochs_changed += 1;
        let mut sessions = std::mem::take(&mut self.sessions);
        for session in sessions.values_mut() {
            let last_cno = self.history.last_cno(session.client);
            session
                .control
                .push(ServerMsg::NewEpoch { epoch, last_cno });
            session.forget_own_commits();
            // The store may have lost what it had noted.
            session.is_noted = false;
            session.sent.durable = 0;
            self.start_snapshot(session);
        }
        self.sessions = sessions;
    }
}

/// Frames for one session.
#[derive(Debug)]
struct Output {
    frames: Vec<Bytes>,
    bytes: u64,
    /// No further data is added from this many bytes on.
    most: u64,
}

impl Output {
    fn new(room: u64) -> Self {
        Self {
            frames: Vec::new(),
            bytes: 0,
            most: room.min(TRANSMIT_BYTES as u64),
        }
    }

    fn message(&mut self, message: &ServerMsg) {
        self.frame(encode(message).ok());
    }

    fn frame(&mut self, frame: Option<Bytes>) {
        if let Some(frame) = frame {
            self.bytes += frame.len() as u64;
            self.frames.push(frame);
        }
    }

    const fn has_room(&self) -> bool {
        self.bytes < self.most
    }
}
