//! The client half: one board in one browser tab.
//!
//! What is shown is always the confirmed history with the replica's own pending
//! commits on top. When somebody else's commit arrives, the pending ones are
//! taken back, it is applied, and they are applied again: so a local change
//! keeps showing until the server has placed it, and then log order rules.
//!
//! Knows no socket, clock or storage. The driver feeds messages and time, sends
//! what [`Replica::poll_transmit`] gives, keeps the outbox as
//! [`ReplicaEvent::Keep`] and [`ReplicaEvent::Forget`] say.

mod pending;
mod receive;
mod status;
mod watch;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::id::{ClientId, ClientKey, CommitNo, ElementId, Millis, Position, Secret};
use crate::limits::COMMIT_WINDOW;
use crate::model::{Board, Element};
use crate::op::{Commit, Guard, Op};
use crate::protocol::{ClientMsg, Hello, LiveItem, PROTOCOL_VERSION, Profile, Refusal, Role};

use super::history::{refused, written};
use super::peers::Peers;

use pending::Pending;
use status::Link;
use status::Picture;
pub use status::Status;

/// Live items that wait for the socket; beyond it the oldest are dropped.
const MAX_LIVE_WAITING: usize = 256;

/// Why a replica cannot go on with a connection. The driver closes it and
/// connects again; nothing is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplicaError {
    /// A message came out of sequence.
    #[error("message out of sequence")]
    OutOfSequence,
    /// A snapshot that cannot be read.
    #[error("unreadable snapshot")]
    Snapshot,
}

/// How an element changed on the shown board.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which element.
    pub id: ElementId,
    /// As it was shown; `None` if it was not.
    pub before: Option<Arc<Element>>,
    /// As it is shown; `None` if it is not.
    pub after: Option<Arc<Element>>,
}

/// What the driver and the page should know.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplicaEvent {
    /// Elements changed on the shown board.
    Changed(Vec<Change>),
    /// The whole board was replaced.
    Reset,
    /// Keep this commit in the outbox until it is forgotten.
    Keep(Commit),
    /// Commits up to this number are durable: the outbox may drop them.
    Forget(CommitNo),
    /// A commit was refused and has been taken back.
    Refused(Refusal),
    /// People, cursors or live ink changed.
    Presence,
    /// The board's title.
    Title(String),
    /// The server goes away; connect again after a random wait of up to so many
    /// milliseconds.
    Goodbye(u32),
    /// The server was silent for too long: close the connection and connect again.
    TimedOut,
    /// The server no longer knows earlier commits of this client, so its
    /// numbers cannot go on: call [`Replica::renew`] with a fresh key and
    /// connect again.
    IdentityLost,
}

/// One board in one browser tab. See the module.
#[derive(Debug)]
pub struct Replica {
    key: ClientKey,
    me: ClientId,
    /// The shown board: confirmed with pending on top.
    shown: Board,
    confirmed: Option<Position>,
    pending: Pending,
    incoming: Option<Vec<u8>>,
    /// The confirmed board waits to be replaced by a snapshot: what was placed on
    /// it may wait again already, so nobody can resume from it.
    superseded: bool,
    role: Option<Role>,
    link: Link,
    peers: Peers,
    live: VecDeque<LiveItem>,
    profile: Option<Profile>,
    events: VecDeque<ReplicaEvent>,
}

impl Replica {
    /// A replica that has seen nothing yet. `outbox` holds the commits of an
    /// earlier life under the same key, ascending; `next_cno` is the number of
    /// its next commit (1 for a fresh key).
    #[must_use]
    pub fn new(key: ClientKey, outbox: Vec<Commit>, next_cno: CommitNo, now: Millis) -> Self {
        let me = key.client_id();
        let mut shown = Board::new();
        let mut events = VecDeque::new();
        let outbox = outbox
            .into_iter()
            .map(|commit| admitted(commit, &mut events));
        let outbox = outbox.collect();
        let pending = Pending::resume(outbox, next_cno, me, &mut shown, now);
        Self {
            key,
            me,
            shown,
            confirmed: None,
            pending,
            incoming: None,
            superseded: false,
            role: None,
            link: Link::new(now),
            peers: Peers::default(),
            live: VecDeque::new(),
            profile: None,
            events,
        }
    }

    /// The public id of this replica.
    #[must_use]
    pub const fn me(&self) -> ClientId {
        self.me
    }

    /// The board as it should be shown.
    #[must_use]
    pub const fn board(&self) -> &Board {
        &self.shown
    }

    /// What others do right now.
    #[must_use]
    pub const fn peers(&self) -> &Peers {
        &self.peers
    }

    /// What the link allows; `None` before the first welcome.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// Where the confirmed board stands; `None` before the first.
    #[must_use]
    pub const fn at(&self) -> Option<Position> {
        self.confirmed
    }

    /// A copy of the confirmed board, without what is pending.
    #[must_use]
    pub fn confirmed_board(&self) -> Board {
        self.pending.peeled(&self.shown)
    }

    /// Commits that have no place in the history yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Changes the board: shown at once, sent when possible, kept until it is
    /// durable. Returns the number of the commit. One that no server would take is
    /// refused here: its number is used up, and nothing changes.
    pub fn submit(&mut self, ops: Vec<Op>, guard: Guard, now: Millis) -> CommitNo {
        let commit = Commit {
            cno: self.pending.next_cno(),
            guard,
            ops,
        };
        let commit = admitted(commit, &mut self.events);
        self.events.push_back(ReplicaEvent::Keep(commit.clone()));
        let changes = self.pending.add(commit, self.me, &mut self.shown, now);
        self.tell_changes(changes);
        self.pending.next_cno() - 1
    }

    /// Shows something to others without making it durable; dropped while the
    /// line is down.
    pub fn send_live(&mut self, item: LiveItem) {
        if !self.link.is_online() {
            return;
        }
        if matches!(item, LiveItem::Cursor(_)) {
            self.live.retain(|old| !matches!(old, LiveItem::Cursor(_)));
        }
        if self.live.len() >= MAX_LIVE_WAITING {
            self.live.pop_front();
        }
        self.live.push_back(item);
    }

    /// Changes name or colour for others.
    pub fn set_profile(&mut self, profile: Profile) {
        if self.link.is_online() {
            self.profile = Some(profile);
        }
    }

    /// The first message of a new connection.
    pub fn connected(
        &mut self,
        secret: Secret,
        session: u32,
        profile: Profile,
        now: Millis,
    ) -> ClientMsg {
        self.link.opened(now);
        self.incoming = None;
        self.live.clear();
        ClientMsg::Hello(Hello {
            version: PROTOCOL_VERSION,
            secret,
            key: self.key,
            session,
            profile,
            resume: self.confirmed.filter(|_| !self.superseded),
        })
    }

    /// The connection ended. What others were doing is no longer known.
    pub fn disconnected(&mut self, now: Millis) {
        self.link.closed(now);
        self.incoming = None;
        self.peers.clear_doings();
        self.events.push_back(ReplicaEvent::Presence);
    }

    /// Goes on under a fresh key after [`ReplicaEvent::IdentityLost`]: what is
    /// not in the history yet is numbered anew.
    pub fn renew(&mut self, key: ClientKey) {
        self.key = key;
        self.me = key.client_id();
        let (commits, changes) = self.pending.renumber(self.me, &mut self.shown);
        self.events
            .extend(commits.into_iter().map(ReplicaEvent::Keep));
        self.tell_changes(changes);
    }

    /// The next message to send.
    pub fn poll_transmit(&mut self) -> Option<ClientMsg> {
        if !self.link.is_online() {
            return None;
        }
        if let Some(profile) = self.profile.take() {
            return Some(ClientMsg::Profile(profile));
        }
        if self.role.is_some_and(Role::may_draw)
            && let Some(commit) = self.pending.next_to_send(COMMIT_WINDOW)
        {
            return Some(ClientMsg::Commit(commit));
        }
        self.live.pop_front().map(ClientMsg::Live)
    }

    /// The next thing to know.
    pub fn poll_event(&mut self) -> Option<ReplicaEvent> {
        self.events.pop_front()
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Millis) {
        if self.peers.expire(now) {
            self.events.push_back(ReplicaEvent::Presence);
        }
        if self.link.has_timed_out(now) {
            self.events.push_back(ReplicaEvent::TimedOut);
        }
    }

    /// When [`Self::handle_timeout`] should be called next, and [`Self::status`]
    /// be read again.
    #[must_use]
    pub fn poll_timeout(&self, now: Millis) -> Option<Millis> {
        let times = [
            self.peers.next_expiry(),
            self.link.next_look(now),
            self.pending.next_look(now),
        ];
        times.into_iter().flatten().min()
    }

    /// What the status pill should say.
    #[must_use]
    pub fn status(&self, now: Millis) -> Status {
        let picture = match (self.confirmed, &self.incoming) {
            (None, _) => Picture::Nothing,
            (Some(_), Some(_)) => Picture::Outdated,
            (Some(_), None) => Picture::Current,
        };
        status::status(&self.link, &self.pending, self.role, picture, now)
    }

    fn tell_changes(&mut self, changes: Vec<Change>) {
        for change in &changes {
            self.peers.element_changed(change.id, &self.shown);
        }
        if !changes.is_empty() {
            self.events.push_back(ReplicaEvent::Changed(changes));
        }
    }
}

/// The commit, or the empty one in its place if no server would take it: it would be
/// refused, or end the line each time that it is sent, and all later ones wait behind it.
fn admitted(commit: Commit, events: &mut VecDeque<ReplicaEvent>) -> Commit {
    match written(&commit) {
        Ok(_) => commit,
        Err(reason) => {
            events.push_back(ReplicaEvent::Refused(reason));
            refused(commit.cno)
        }
    }
}
