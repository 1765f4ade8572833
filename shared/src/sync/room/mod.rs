//! The server half: one board on one server.
//!
//! A room orders nothing itself. It hands commits to the store in batches, one
//! batch at a time, and takes the history as the store and the broker tell it:
//! whatever comes, from wherever, in whatever order, is put in sequence by
//! number; holes are read from the store. Sessions pull what they have not yet
//! seen through [`Room::transmit`], so a slow one holds nothing up.
//!
//! Knows no socket, clock or store. The driver carries out [`RoomEffect`]s and
//! calls back with the answers.

mod commits;
mod heal;
mod lane;
mod people;
mod sessions;
mod transmit;

use std::collections::BTreeMap;
use std::collections::VecDeque;

use bytes::Bytes;

use crate::id::{Millis, NodeId, Position, Seq};
use crate::protocol::{ClientMsg, CloseCode, CodecError, Storing};

use super::history::History;
use super::log::{Batch, Head, Loaded};
use super::ring::Ring;
use super::snapshot::Snapshot;

use commits::Pipeline;
use heal::Care;
pub use heal::Settled;
use lane::Lane;
use people::People;
use sessions::Session;

/// How often a room looks after heartbeats and leases, in milliseconds.
const BEAT_MS: Millis = 200;

/// Number of a session within its server process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionNo(pub u64);

/// Why a room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The stored snapshot is not one.
    #[error("stored snapshot cannot be read: {0}")]
    Snapshot(#[from] CodecError),
    /// The stored commits do not follow each other or the snapshot.
    #[error("stored log has a hole after {0}")]
    Hole(Seq),
}

/// What a room asks of its driver.
#[derive(Debug)]
pub enum RoomEffect {
    /// Store a batch, again and again until an answer comes, then call
    /// [`Room::on_batch`]; the driver fills in `fresh_epoch`.
    Commit(Batch),
    /// Read what follows a position, then call [`Room::on_tail`].
    ReadAfter(Position),
    /// Load the board again, then call [`Room::on_loaded`].
    Load,
    /// Ask where the store stands, then call [`Room::on_head`].
    Head,
    /// Wait until what is stored now is safe, then call [`Room::on_settled`].
    Settle(Position),
    /// Store a snapshot, then call [`Room::on_compacted`].
    Compact {
        /// The state.
        snapshot: Box<Snapshot>,
        /// Commits up to here may leave the log.
        floor: Seq,
    },
    /// The store has lost the board: bring it back from this state, then load.
    Restore {
        /// The state.
        snapshot: Box<Snapshot>,
    },
    /// Publish on the board's live channel; best effort.
    Publish(Bytes),
    /// The board's record may have changed: read it and call [`Room::set_title`].
    ReadRecord,
    /// End a session.
    Close {
        /// Which.
        session: SessionNo,
        /// Why.
        code: CloseCode,
    },
}

/// One board on one server. See the module.
#[derive(Debug)]
pub struct Room {
    node: NodeId,
    history: History,
    ring: Ring,
    title: String,
    title_version: u64,
    storing: Storing,
    storing_version: u64,
    durable: Seq,
    sessions: BTreeMap<SessionNo, Session>,
    pipeline: Pipeline,
    care: Care,
    lane: Lane,
    people: People,
    cached: Option<transmit::CachedSnapshot>,
    next_beat: Millis,
    effects: VecDeque<RoomEffect>,
}

impl Room {
    /// Opens a room on a loaded board.
    ///
    /// # Errors
    /// When what was loaded is not one consistent state.
    pub fn open(
        node: NodeId,
        title: String,
        loaded: &Loaded,
        now: Millis,
    ) -> Result<Self, RoomError> {
        let (history, ring) = heal::rebuild(loaded)?;
        let mut room = Self {
            node,
            durable: 0,
            care: Care::new(loaded, now),
            history,
            ring,
            title,
            title_version: 1,
            storing: Storing::Up,
            storing_version: 0,
            sessions: BTreeMap::new(),
            pipeline: Pipeline::default(),
            lane: Lane::default(),
            people: People::default(),
            cached: None,
            next_beat: now,
            effects: VecDeque::new(),
        };
        room.ask_who_is_there();
        room.settle();
        Ok(room)
    }

    /// Where the room stands in the board's history.
    #[must_use]
    pub const fn at(&self) -> Position {
        self.history.at()
    }

    /// The room's state.
    #[must_use]
    pub const fn state(&self) -> &Snapshot {
        self.history.state()
    }

    /// Whether nobody is connected here and nothing is on its way to the store.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.sessions.is_empty() && self.pipeline.is_empty()
    }

    /// Whether every commit that came in has its place in the history.
    #[must_use]
    pub fn is_flushed(&self) -> bool {
        self.pipeline.is_empty()
    }

    /// Takes a message of a session that has joined.
    pub fn receive(&mut self, session: SessionNo, message: ClientMsg, now: Millis) {
        match message {
            ClientMsg::Hello(_) => self.close(session, CloseCode::Protocol),
            ClientMsg::Commit(commit) => self.receive_commit(session, &commit),
            ClientMsg::Live(item) => self.receive_live(session, item, now),
            ClientMsg::Profile(profile) => self.receive_profile(session, &profile),
        }
    }

    /// The title changed.
    pub fn set_title(&mut self, title: String, record_version: u64) {
        if !self.care.record_read(record_version) {
            return;
        }
        if title != self.title {
            self.title = title;
            self.title_version += 1;
        }
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.flush_lane(now);
        if now >= self.next_beat {
            self.next_beat = now + BEAT_MS;
            self.beat_people(now);
            self.beat_care(now);
        }
    }

    /// When [`Self::handle_timeout`] should be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Millis {
        self.lane
            .due()
            .map_or(self.next_beat, |due| due.min(self.next_beat))
    }

    /// The next request to the driver.
    pub fn poll_effect(&mut self) -> Option<RoomEffect> {
        self.effects.pop_front()
    }

    /// Ends all sessions politely: everyone is told to come back, elsewhere or
    /// here, after a random wait of up to `within_ms`.
    pub fn say_goodbye(&mut self, within_ms: u32) {
        for session in self.sessions.values_mut() {
            session.goodbye = Some(within_ms);
        }
    }

    fn close(&mut self, session: SessionNo, code: CloseCode) {
        self.effects.push_back(RoomEffect::Close { session, code });
    }

    /// Answers [`RoomEffect::Head`].
    pub fn on_head(&mut self, head: Option<Head>, now: Millis) {
        self.check_head(head, now);
    }
}

/// Bytes that [`Room::transmit`] hands out at most in one call.
pub const TRANSMIT_BYTES: usize = 64 * 1024;
