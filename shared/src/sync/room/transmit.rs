//! What a session has not seen yet, pulled when it is ready for more.

use std::sync::Arc;

use bytes::Bytes;
use serde_bytes::ByteBuf;

use crate::id::{ClientId, Millis, Position};
use crate::limits::SNAPSHOT_PART_BYTES;
use crate::protocol::{Heartbeat, ServerMsg, encode};

use super::sessions::Session;
use super::{Room, SessionNo, TRANSMIT_BYTES};

/// A session hears something at least this often, in milliseconds, so that its
/// client can tell a quiet board from a dead line.
const HEARTBEAT_MS: Millis = 800;

/// A snapshot encoded for whoever joins; the ring leads from it to the present.
#[derive(Debug)]
pub(super) struct CachedSnapshot {
    at: Position,
    parts: Arc<[Bytes]>,
}

impl Room {
    /// Whether [`Self::transmit`] would hand out anything.
    #[must_use]
    pub fn has_output(&self, no: SessionNo, now: Millis) -> bool {
        self.sessions.get(&no).is_some_and(|session| {
            !session.control.is_empty()
                || session.goodbye.is_some()
                || session.snapshot.is_some()
                || session.cursor < self.at().seq
                || session.people_version != self.people.version()
                || session.title_version != self.title_version
                || session.storing_version != self.storing_version
                || session.live_cursor < self.lane.end()
                || heartbeat_due(session, self.durable, now)
        })
    }

    /// The next frames for a session: answers to it first, then the state of
    /// the board, then what is live. About [`TRANSMIT_BYTES`] at most.
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
            if session.cursor >= self.at().seq && heartbeat_due(&session, self.durable, now) {
                session.durable_told = self.durable;
                session.last_beat = now;
                let at = self.at();
                out.message(&ServerMsg::Heartbeat(Heartbeat {
                    at,
                    durable: self.durable,
                }));
            }
        }
        if let Some(within_ms) = session.goodbye.take() {
            out.message(&ServerMsg::Goodbye { within_ms });
        }
        if !out.frames.is_empty() {
            session.last_sent = now;
        }
        self.sessions.insert(no, session);
        out.frames
    }

    fn transmit_state(&mut self, session: &mut Session, out: &mut Output) {
        if session.people_version != self.people.version() {
            session.people_version = self.people.version();
            out.message(&ServerMsg::People(self.everybody(session)));
        }
        if session.title_version != self.title_version {
            session.title_version = self.title_version;
            out.message(&ServerMsg::Title(self.title.clone()));
        }
        if session.storing_version != self.storing_version {
            session.storing_version = self.storing_version;
            out.message(&ServerMsg::Storing(self.storing));
        }
    }

    fn transmit_history(&mut self, session: &mut Session, out: &mut Output) {
        if session.snapshot.is_none() && !self.ring.covers(session.cursor, self.at().seq) {
            let epoch = self.at().epoch;
            let last_cno = self.history.last_cno(session.client);
            session.submitted.clear();
            out.message(&ServerMsg::NewEpoch { epoch, last_cno });
            self.start_snapshot(session);
        }
        while let Some((parts, sent)) = session.snapshot.take() {
            if !out.has_room() {
                session.snapshot = Some((parts, sent));
                return;
            }
            out.frames.extend(parts.get(sent).cloned());
            out.bytes += parts.get(sent).map_or(0, Bytes::len);
            if sent + 1 < parts.len() {
                session.snapshot = Some((parts, sent + 1));
            }
        }
        while out.has_room() && session.cursor < self.at().seq {
            let Some(entry) = self.ring.get(session.cursor + 1) else {
                return;
            };
            session.cursor = entry.seq;
            let (author, cno) = entry.op_id();
            if author == session.client {
                session.own_seq = entry.seq;
                if session.take_submitted(&entry.stored) {
                    // Its author has drawn it already and needs only its place.
                    out.message(&ServerMsg::Ack {
                        seq: entry.seq,
                        cno,
                    });
                    continue;
                }
            }
            out.bytes += entry.frame.len();
            out.frames.push(entry.frame.clone());
        }
    }

    fn transmit_live(&mut self, session: &mut Session, out: &mut Output) {
        session.live_cursor = session.live_cursor.max(self.lane.start());
        while out.has_room() {
            let Some(frame) = self.lane.frame(session.live_cursor) else {
                return;
            };
            session.live_cursor += 1;
            out.bytes += frame.len();
            out.frames.push(frame.clone());
        }
    }

    /// Puts a session on its way through a snapshot and from there to the present.
    pub(super) fn start_snapshot(&mut self, session: &mut Session) {
        let at = self.at();
        let usable = self.cached.as_ref().filter(|cached| {
            cached.at.epoch == at.epoch && self.ring.covers(cached.at.seq, at.seq)
        });
        if usable.is_none() {
            let encoded = encode(self.state()).ok();
            self.snapshot_measured(encoded.as_ref().map_or(0, Bytes::len));
            self.cached = encoded.map(|bytes| CachedSnapshot {
                at,
                parts: split(&bytes).into(),
            });
        }
        if let Some(cached) = &self.cached {
            session.snapshot = Some((Arc::clone(&cached.parts), 0));
            session.cursor = cached.at.seq;
        }
    }

    /// The epoch changed: everybody gets the new history from a snapshot.
    pub(super) fn restart_sessions(&mut self) {
        let epoch = self.at().epoch;
        let mut sessions = std::mem::take(&mut self.sessions);
        for session in sessions.values_mut() {
            let last_cno = self.last_cno_of(session.client);
            session
                .control
                .push(ServerMsg::NewEpoch { epoch, last_cno });
            session.submitted.clear();
            session.durable_told = 0;
            self.start_snapshot(session);
        }
        self.sessions = sessions;
    }

    fn last_cno_of(&self, client: ClientId) -> u64 {
        self.history.last_cno(client)
    }
}

fn heartbeat_due(session: &Session, durable: u64, now: Millis) -> bool {
    let own_became_durable = session.durable_told < session.own_seq && session.own_seq <= durable;
    let news = session.durable_told < durable && now >= session.last_beat + HEARTBEAT_MS;
    own_became_durable || news || now >= session.last_sent + HEARTBEAT_MS
}

fn split(bytes: &Bytes) -> Vec<Bytes> {
    let count = bytes.len().div_ceil(SNAPSHOT_PART_BYTES).max(1);
    let chunks = bytes.chunks(SNAPSHOT_PART_BYTES).enumerate();
    chunks
        .filter_map(|(at, chunk)| {
            let part = ByteBuf::from(chunk);
            encode(&ServerMsg::Snapshot {
                part,
                last: at + 1 == count,
            })
            .ok()
        })
        .collect()
}

/// Frames on their way to one session.
#[derive(Debug, Default)]
struct Output {
    frames: Vec<Bytes>,
    bytes: usize,
}

impl Output {
    fn message(&mut self, message: &ServerMsg) {
        if let Ok(frame) = encode(message) {
            self.bytes += frame.len();
            self.frames.push(frame);
        }
    }

    const fn has_room(&self) -> bool {
        self.bytes < TRANSMIT_BYTES
    }
}
