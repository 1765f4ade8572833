//! Live updates on their way to sessions and to other servers.
//!
//! Updates are sent at the end of the turn in which they came, but at most once in a tick; those that
//! come within a tick are sent together. The driver sets the tick by the load of its server. Frames are encoded once and kept for a moment; a session
//! that is too far behind skips some, for live updates may be lost.

use std::collections::VecDeque;

use crate::id::{ClientId, Millis};
use crate::limits::{LIVE_FRAME_BYTES, LIVE_RING_FRAMES};
use crate::protocol::{LiveUpdate, PeerNo};

use super::live_frame::LiveFrame;

/// Shortest time between two live frames of a board, in milliseconds, until the driver sets it: less
/// than a display frame.
const FIRST_TICK_MS: Millis = 10;
/// Updates that wait for a tick; beyond it the newest are dropped.
const MAX_WAITING: usize = 1_024;

/// Updates with whom they are of.
type Updates<P> = Vec<(P, LiveUpdate)>;

/// Updates that are due, in portions of at most about [`LIVE_FRAME_BYTES`].
#[derive(Debug)]
pub(super) struct Due {
    /// For the sessions of this room.
    pub(super) local: Vec<Updates<PeerNo>>,
    /// For other servers.
    pub(super) remote: Vec<Updates<ClientId>>,
}

/// Updates that wait for the next tick, and the latest frames.
#[derive(Debug)]
pub(super) struct LiveQueue {
    tick: Millis,
    frames: VecDeque<LiveFrame>,
    end: u64,
    local: Updates<PeerNo>,
    remote: Updates<ClientId>,
    last_flush: Option<Millis>,
}

/// What happened to an update that was queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Queued {
    /// It waits beside the others.
    Added,
    /// It replaces an older one.
    Coalesced,
    /// It was dropped, because too many wait.
    Dropped,
}

impl Default for LiveQueue {
    fn default() -> Self {
        Self {
            tick: FIRST_TICK_MS,
            frames: VecDeque::new(),
            end: 0,
            local: Vec::new(),
            remote: Vec::new(),
            last_flush: None,
        }
    }
}

impl LiveQueue {
    pub(super) const fn set_tick(&mut self, tick: Millis) {
        self.tick = tick;
    }

    /// Lets the updates that wait be sent at once. Those of another server have waited there.
    pub(super) const fn hurry(&mut self) {
        self.last_flush = None;
    }

    /// Number of the next frame.
    pub(super) const fn end(&self) -> u64 {
        self.end
    }

    /// The frame with a number, if it is still kept.
    pub(super) fn frame(&self, number: u64) -> Option<&LiveFrame> {
        self.frames
            .get(usize::try_from(number.checked_sub(self.start())?).ok()?)
    }

    /// The number of the oldest frame kept.
    pub(super) fn start(&self) -> u64 {
        self.end.saturating_sub(self.frames.len() as u64)
    }

    /// When updates are to be sent, if any wait.
    pub(super) fn due(&self) -> Option<Millis> {
        let idle = self.local.is_empty() && self.remote.is_empty();
        (!idle).then(|| self.last_flush.map_or(0, |last| last + self.tick))
    }

    /// Queues an update for the sessions of this room.
    pub(super) fn add_local(&mut self, peer: PeerNo, item: LiveUpdate) -> Queued {
        add(&mut self.local, peer, item)
    }

    /// Queues an update for other servers.
    pub(super) fn add_remote(&mut self, client: ClientId, item: LiveUpdate) {
        // Other servers count what they do not get themselves.
        let _: Queued = add(&mut self.remote, client, item);
    }

    /// The updates to send now, if it is time.
    pub(super) fn take_due(&mut self, now: Millis) -> Option<Due> {
        if self.due().is_none_or(|due| now < due) {
            return None;
        }
        self.last_flush = Some(now);
        Some(Due {
            local: portions(std::mem::take(&mut self.local)),
            remote: portions(std::mem::take(&mut self.remote)),
        })
    }

    /// Keeps a frame for the sessions; the oldest is dropped when there are too many.
    pub(super) fn push_frame(&mut self, frame: LiveFrame) {
        self.frames.push_back(frame);
        self.end += 1;
        if self.frames.len() > LIVE_RING_FRAMES {
            self.frames.pop_front();
        }
    }
}

/// Queues an update; where only the latest counts, it replaces the one before.
fn add<P: PartialEq>(updates: &mut Updates<P>, from: P, item: LiveUpdate) -> Queued {
    let before = updates.len();
    if item.replaces_older() {
        let kind = std::mem::discriminant(&item);
        updates.retain(|(other, old)| *other != from || std::mem::discriminant(old) != kind);
    }
    let replaces = updates.len() < before;
    if updates.len() >= MAX_WAITING {
        return Queued::Dropped;
    }
    updates.push((from, item));
    if replaces {
        Queued::Coalesced
    } else {
        Queued::Added
    }
}

/// Updates in portions of about [`LIVE_FRAME_BYTES`], so that no frame is
/// larger than frames may be.
pub(super) fn portions<P>(updates: Updates<P>) -> Vec<Updates<P>> {
    let mut portions: Vec<Updates<P>> = Vec::new();
    let mut bytes = 0;
    for update in updates {
        let size = size_of_val(&update) + update.1.bytes();
        match portions.last_mut() {
            Some(last) if bytes + size <= LIVE_FRAME_BYTES => {
                bytes += size;
                last.push(update);
            }
            Some(_) | None => {
                bytes = size;
                portions.push(vec![update]);
            }
        }
    }
    portions
}
