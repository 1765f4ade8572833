//! The server half: one board on one server.
//!
//! A room orders nothing itself. It sends commits to the store in batches, one
//! batch at a time. Stored commits come back with their `seq` from the store, from the broker or from a
//! read, in any order; the room applies them by `seq`, one by one as its driver calls
//! [`Room::apply_next`], and reads missing ones. Each session pulls
//! the messages that it lacks through [`Room::transmit`], so a slow session delays no other.
//!
//! The room knows no socket, clock or store. The driver carries out [`RoomEffect`]s and
//! calls back with the answers.
//!
//! The parts have their own state: `pipeline` (commits that are not in the history), `live_queue`, `people`,
//! `session`, `standing`, `access`, `chat_pages`, `deleted`, `flow`, `shared_snapshot`, `compaction`, `counts`, `durability`, `health` and `head_check`. The methods
//! of [`Room`] that join them are grouped by subject: `membership`, `commits`, `arrivals`, `full_board`, `live`, `rights`,
//! `conversation`, `presence`, `transmit`, `recovery` and `maintenance`.

mod access;
mod arrivals;
mod chat_pages;
mod commit_queue;
mod commits;
mod compaction;
mod conversation;
mod counts;
mod deleted;
mod durability;
mod effect;
mod flow;
mod full_board;
mod fullness;
mod head_check;
mod health;
mod live;
mod live_frame;
mod live_queue;
mod maintenance;
mod membership;
mod people;
mod pipeline;
mod presence;
mod recovery;
mod replay;
mod rights;
mod session;
mod shared_snapshot;
mod standing;
mod transmit;
mod versioned;

use std::collections::{BTreeMap, VecDeque};

use crate::id::{Millis, NodeId, Position};
use crate::protocol::{ClientMsg, CloseCode};

use super::confirmed_state::ConfirmedState;
use super::recent_commits::RecentCommits;
use super::snapshot::Snapshot;

pub use access::Access;
pub use arrivals::Applied;
use chat_pages::ChatPages;
use compaction::CompactionSchedule;
pub use counts::RoomCounts;
use deleted::DeletedElements;
use durability::DurableMark;
pub use effect::{Asked, Durability, NamedAuthor, RoomEffect, RoomError, SessionNo};
use fullness::Fullness;
use head_check::HeadCheck;
pub use health::StoreCall;
use health::StoreHealth;
use live_queue::LiveQueue;
use people::People;
use pipeline::Pipeline;
use presence::ListedPeople;
pub use replay::{Replay, ReplayState, Replayed};
use session::Session;
use shared_snapshot::SharedSnapshot;
use standing::Standing;
use versioned::Versioned;

/// How often a room updates its people and checks its store, in milliseconds.
const UPDATE_EVERY_MS: Millis = 200;
/// Bytes that [`Room::transmit`] hands out at most in one call.
pub const TRANSMIT_BYTES: usize = 64 * 1024;

/// One board on one server.
#[derive(Debug)]
pub struct Room {
    node: NodeId,
    history: ConfirmedState,
    ring: RecentCommits,
    deleted: DeletedElements,
    title: Versioned<String>,
    access: Versioned<Access>,
    chat_pages: ChatPages,
    /// The time in milliseconds since 1970 when the clock of the room was 0.
    unix_ms_at_zero: u64,
    sessions: BTreeMap<SessionNo, Session>,
    pipeline: Pipeline,
    live: LiveQueue,
    standing: Standing,
    people: People,
    listed: Option<ListedPeople>,
    durable: DurableMark,
    compaction: CompactionSchedule,
    fullness: Fullness,
    health: StoreHealth,
    head_check: HeadCheck,
    snapshot: SharedSnapshot,
    counts: RoomCounts,
    next_update: Millis,
    effects: VecDeque<RoomEffect>,
}

impl Room {
    /// Opens a room on a board that was loaded and replayed.
    #[must_use]
    pub fn open(node: NodeId, title: String, replayed: Replayed, now: Millis) -> Self {
        let Replayed {
            history,
            ring,
            deleted,
            compaction,
            chat_pages,
            record_version: _,
        } = replayed;
        let mut room = Self {
            node,
            history,
            ring,
            deleted,
            title: Versioned::new(title),
            access: Versioned::new(Access::default()),
            chat_pages: ChatPages::default(),
            unix_ms_at_zero: 0,
            sessions: BTreeMap::new(),
            pipeline: Pipeline::default(),
            live: LiveQueue::default(),
            standing: Standing::default(),
            people: People::default(),
            listed: None,
            durable: DurableMark::default(),
            compaction,
            fullness: Fullness::new(),
            health: StoreHealth::new(),
            head_check: HeadCheck::new(now),
            snapshot: SharedSnapshot::default(),
            counts: RoomCounts::default(),
            next_update: now,
            effects: VecDeque::new(),
        };
        room.request_people();
        room.wait_durable();
        room.measure_fullness();
        room.store_chat_pages(chat_pages);
        room
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

    /// Whether no session is here and no commit is on its way into the history.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.sessions.is_empty() && self.is_flushed()
    }

    /// Whether every commit that came in is in the history.
    #[must_use]
    pub fn is_flushed(&self) -> bool {
        self.pipeline.is_empty() && !self.has_ready()
    }

    /// Takes a message of a session that has joined.
    pub fn receive(&mut self, session: SessionNo, message: ClientMsg, now: Millis) {
        match message {
            ClientMsg::Hello(_) => self.close(session, CloseCode::Protocol),
            ClientMsg::Commit(commit) => self.receive_commit(session, &commit, now),
            ClientMsg::Live(item) => self.receive_live(session, item, now),
            ClientMsg::Profile(profile) => self.receive_profile(session, &profile),
            ClientMsg::Received(bytes) => self.receive_acknowledgement(session, bytes, now),
            ClientMsg::ChatPage(number) => self.receive_chat_page_request(session, number),
        }
    }

    /// Sets title and rights that were read with a version of the record.
    pub fn set_record(&mut self, title: String, access: Access, record_version: u64) {
        if self.head_check.record_read(record_version) {
            self.title.set(title);
            self.access.set(access);
        }
    }

    /// Sets the time in milliseconds since 1970 that belongs to `now`. Messages of the conversation
    /// carry it.
    pub const fn set_unix_time(&mut self, unix_ms: u64, now: Millis) {
        self.unix_ms_at_zero = unix_ms.saturating_sub(now);
    }

    /// Sends live updates, updates people and checks the store, each if it is due at `now`.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.flush_live(now);
        if now >= self.next_update {
            self.next_update = now + UPDATE_EVERY_MS;
            self.update_people(now);
            self.maintain(now);
            self.close_stalled(now);
        }
    }

    /// A time of the room's clock in milliseconds since 1970.
    const fn unix_ms(&self, now: Millis) -> u64 {
        self.unix_ms_at_zero.saturating_add(now)
    }

    /// When [`Self::handle_timeout`] should be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Millis {
        self.live
            .due()
            .map_or(self.next_update, |due| due.min(self.next_update))
    }

    /// The next request to the driver.
    pub fn poll_effect(&mut self) -> Option<RoomEffect> {
        self.effects.pop_front()
    }

    fn close(&mut self, session: SessionNo, code: CloseCode) {
        self.effects.push_back(RoomEffect::Close { session, code });
    }
}
