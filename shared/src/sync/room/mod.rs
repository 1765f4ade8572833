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
//! `conversation`, `presence`, `output`, `transmit`, `recovery` and `maintenance`.

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
mod output;
mod output_mark;
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
use flow::{Flow, STALLED_MS};
use fullness::Fullness;
use head_check::HeadCheck;
pub use health::StoreCall;
use health::StoreHealth;
use live_queue::LiveQueue;
pub use output_mark::OutputMark;
use people::People;
use pipeline::Pipeline;
use presence::ListedPeople;
pub use replay::{Replay, ReplayState, Replayed};
use session::Session;
use shared_snapshot::SharedSnapshot;
use standing::Standing;
use versioned::Versioned;

/// How soon a room updates its people and its log after a change, in milliseconds.
const UPDATE_AFTER_MS: Millis = 200;
/// How soon it does so without a change while it waits for something that has no time, in milliseconds:
/// the end of a compaction, or the list of people of another server.
const UPDATE_AGAIN_MS: Millis = 1_000;
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
    sessions: BTreeMap<SessionNo, Box<Session>>,
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
    last_update: Millis,
    /// What the room had for its sessions at the last update, and how many there were.
    updated: Option<(OutputMark, usize)>,
    /// Whether the driver told something since that an update may depend on.
    is_told: bool,
    /// When the first of the sessions is closed that acknowledge nothing, by the last update.
    stalled_at: Millis,
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
            last_update: now,
            updated: None,
            is_told: false,
            stalled_at: Millis::MAX,
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
        if !matches!(message, ClientMsg::Received(_))
            && let Some(session) = self.sessions.get_mut(&session)
        {
            session.sent.last_active = now;
        }
        match message {
            ClientMsg::Hello(_) => self.close(session, CloseCode::Protocol),
            ClientMsg::Commit(commit) => self.receive_commit(session, &commit, now),
            ClientMsg::Live(item) => self.receive_live(session, item, now),
            ClientMsg::Profile(profile) => self.receive_profile(session, &profile),
            ClientMsg::Received(bytes) => self.receive_acknowledgement(session, bytes, now),
            ClientMsg::ChatPage(number) => self.receive_chat_page_request(session, number),
        }
    }

    /// The version of the board's record that the room knows.
    #[must_use]
    pub const fn record_version(&self) -> u64 {
        self.head_check.record_version()
    }

    /// The driver compares position and record with the store regularly, for all its rooms together, and
    /// calls [`Self::on_head`] if they differ. Otherwise the room does it by [`RoomEffect::Head`].
    pub const fn leave_head_checks_to_driver(&mut self) {
        self.head_check.leave_to_driver();
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
        if now >= self.update_due() {
            self.update_people(now);
            self.maintain(now);
            self.close_stalled(now);
            self.last_update = now;
            self.updated = Some(self.update_mark());
            self.is_told = false;
            let flows = self.sessions.values().map(|session| &session.flow);
            self.stalled_at = flows
                .filter_map(Flow::stalled_at)
                .min()
                .unwrap_or(Millis::MAX);
        }
    }

    /// When people, store and log must be looked at.
    fn update_due(&self) -> Millis {
        match self.updated {
            // The room was just opened.
            None => return self.last_update,
            Some(updated) if !self.is_told && updated == self.update_mark() => {}
            Some(_) => return self.last_update + UPDATE_AFTER_MS,
        }
        // A session that has stalled since then is closed later than this.
        let stalled = self.stalled_at.min(self.last_update + STALLED_MS);
        let waits = self.compaction.is_wanted() || self.standing.has_unlisted();
        let again = waits.then_some(self.last_update + UPDATE_AGAIN_MS);
        let due = self.people.due().min(self.head_check.due()).min(stalled);
        due.min(again.unwrap_or(Millis::MAX))
    }

    fn update_mark(&self) -> (OutputMark, usize) {
        (self.output_mark(), self.sessions.len())
    }

    /// A time of the room's clock in milliseconds since 1970.
    const fn unix_ms(&self, now: Millis) -> u64 {
        self.unix_ms_at_zero.saturating_add(now)
    }

    /// When [`Self::handle_timeout`] should be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Millis {
        let update = self.update_due();
        self.live.due().map_or(update, |due| due.min(update))
    }

    /// The next request to the driver.
    pub fn poll_effect(&mut self) -> Option<RoomEffect> {
        self.effects.pop_front()
    }

    fn close(&mut self, session: SessionNo, code: CloseCode) {
        self.effects.push_back(RoomEffect::Close { session, code });
    }
}
