//! The live lane of a room: cursors and unfinished strokes.
//!
//! The first item after a pause goes out at once; what follows within a tick
//! goes out together. Frames are encoded once and kept for a moment; a session
//! that is too far behind skips them, for they may be lost.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::id::{ClientId, Millis};
use crate::limits::{LIVE_FRAME_BYTES, LIVE_RING_FRAMES};
use crate::protocol::{LiveItem, PeerNo, Relay, ServerMsg, Word, decode, encode};

use super::{Room, SessionNo};

/// Shortest time between two live frames of a board, in milliseconds: less than
/// a display frame.
const TICK_MS: Millis = 10;
/// Items that wait for a tick; beyond it the oldest are dropped.
const MAX_WAITING: usize = 1_024;
/// Largest relay that is listened to.
const MAX_RELAY_BYTES: usize = 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Lane {
    frames: VecDeque<Bytes>,
    end: u64,
    waiting: Vec<(PeerNo, LiveItem)>,
    outward: Vec<(ClientId, LiveItem)>,
    last_flush: Option<Millis>,
}

impl Lane {
    /// Number of the next frame.
    pub(super) const fn end(&self) -> u64 {
        self.end
    }

    /// The frame with a number, if it is still kept.
    pub(super) fn frame(&self, number: u64) -> Option<&Bytes> {
        let first = self.end.saturating_sub(self.frames.len() as u64);
        self.frames
            .get(usize::try_from(number.checked_sub(first)?).ok()?)
    }

    /// The number of the oldest frame kept.
    pub(super) fn start(&self) -> u64 {
        self.end.saturating_sub(self.frames.len() as u64)
    }

    pub(super) fn due(&self) -> Option<Millis> {
        let idle = self.waiting.is_empty() && self.outward.is_empty();
        (!idle).then(|| self.last_flush.map_or(0, |last| last + TICK_MS))
    }

    fn add(&mut self, peer: PeerNo, item: LiveItem) {
        queue(&mut self.waiting, peer, item);
    }

    fn add_outward(&mut self, client: ClientId, item: LiveItem) {
        queue(&mut self.outward, client, item);
    }

    fn push(&mut self, frame: Bytes) {
        self.frames.push_back(frame);
        self.end += 1;
        if self.frames.len() > LIVE_RING_FRAMES {
            self.frames.pop_front();
        }
    }
}

/// Puts an item in line; where only the latest counts, it replaces the one before.
fn queue<P: PartialEq>(line: &mut Vec<(P, LiveItem)>, who: P, item: LiveItem) {
    if item.replaces_older() {
        let kind = std::mem::discriminant(&item);
        line.retain(|(other, old)| *other != who || std::mem::discriminant(old) != kind);
    }
    if line.len() < MAX_WAITING {
        line.push((who, item));
    }
}

impl Room {
    pub(super) fn receive_live(&mut self, no: SessionNo, item: LiveItem, now: Millis) {
        let Some(session) = self.sessions.get(&no) else {
            return;
        };
        let allowed = session.role.may_draw() || item.allowed_for_viewer();
        if !allowed || !item.is_sound() {
            return;
        }
        let client = session.client;
        let peer = self.people.peer(client);
        self.lane.add(peer, item.clone());
        self.lane.add_outward(client, item);
        self.flush_lane(now);
    }

    /// Takes what came over the board's live channel.
    pub fn on_relay(&mut self, bytes: &[u8], now: Millis) {
        let Ok(Relay { node, word }) = decode::<Relay>(bytes, MAX_RELAY_BYTES) else {
            return;
        };
        if node == self.node {
            return;
        }
        match word {
            Word::Live(items) => {
                for (client, item) in items.into_iter().filter(|(_, item)| item.is_sound()) {
                    let peer = self.people.peer(client);
                    self.lane.add(peer, item);
                }
                self.flush_lane(now);
            }
            Word::People(guests) => self.guests_told(node, guests, now),
            Word::WhoIsThere => self.tell_who_is_here(now),
            Word::RecordChanged => self.effects.push_back(super::RoomEffect::ReadRecord),
        }
    }

    pub(super) fn flush_lane(&mut self, now: Millis) {
        if self.lane.due().is_none_or(|due| now < due) {
            return;
        }
        self.lane.last_flush = Some(now);
        for items in portions(std::mem::take(&mut self.lane.waiting)) {
            if let Ok(frame) = encode(&ServerMsg::Live(items)) {
                self.lane.push(frame);
            }
        }
        for items in portions(std::mem::take(&mut self.lane.outward)) {
            self.relay(Word::Live(items));
        }
    }

    pub(super) fn relay(&mut self, word: Word) {
        if let Ok(bytes) = encode(&Relay {
            node: self.node,
            word,
        }) {
            self.effects.push_back(super::RoomEffect::Publish(bytes));
        }
    }
}

/// Items in portions of about [`LIVE_FRAME_BYTES`], so that nobody is sent a
/// frame larger than frames may be.
fn portions<P>(items: Vec<(P, LiveItem)>) -> Vec<Vec<(P, LiveItem)>> {
    let mut portions: Vec<Vec<(P, LiveItem)>> = Vec::new();
    let mut bytes = 0;
    for item in items {
        let size = size_of_val(&item) + item.1.bytes();
        match portions.last_mut() {
            Some(last) if bytes + size <= LIVE_FRAME_BYTES => {
                bytes += size;
                last.push(item);
            }
            Some(_) | None => {
                bytes = size;
                portions.push(vec![item]);
            }
        }
    }
    portions
}
