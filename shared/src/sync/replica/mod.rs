//! The client half of the protocol: one board in one browser tab.
//!
//! The shown board is the confirmed history with the replica's own pending commits on top. When a
//! commit of another client arrives, the replica undoes the pending ones, applies it, and applies
//! them again. So a local change stays visible until the server acknowledges it; from then on the
//! order of the log decides.
//!
//! Layout: `receive` handles messages. `pending_commits` keeps the commits of this replica that are
//! not durable; `acknowledged` keeps the acknowledged ones among them, and `relation` compares them
//! with the log. `changes` finds the visible changes, `connection` watches the server, `status` sums
//! up, `loading` receives snapshots, and `event` has the reports of a replica.

mod acknowledged;
mod changes;
mod connection;
mod conversation;
mod event;
mod loading;
mod pending_commits;
mod receive;
mod relation;
mod status;
mod transmit;

use std::collections::VecDeque;

use crate::chat::ChatOp;
use crate::geometry::BoardRect;
use crate::id::{ClientId, ClientKey, CommitNo, DeviceKey, Millis, Position, Secret};
use crate::model::Board;
use crate::op::{Commit, Guard, Op};
use crate::protocol::{ClientMsg, Hello, LiveUpdate, PROTOCOL_VERSION, Profile, Rights, Role};

use super::confirmed_state::{encode_commit, refused_commit};
use super::presence::Presence;
use super::standing::StandingUpdates;

use connection::ConnectionState;
pub use conversation::Conversation;
pub use event::{Change, ReplicaError, ReplicaEvent};
use loading::Loading;
pub use loading::Progress;
use pending_commits::PendingCommits;
use status::Freshness;
pub use status::Status;

/// Live updates that wait for the socket; beyond it the oldest are dropped.
const MAX_LIVE_WAITING: usize = 256;

/// The values in a hello that the replica does not know itself.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The secret of the board's link.
    pub secret: Secret,
    /// The number of the connection.
    pub session: u32,
    /// Name and colour for others.
    pub profile: Profile,
    /// The area that the client shows; the server sends it first.
    pub view: Option<BoardRect>,
    /// The key of the browser profile.
    pub device: Option<DeviceKey>,
}

/// The client half of one board: confirmed and pending commits, presence, status.
#[derive(Debug)]
pub struct Replica {
    key: ClientKey,
    me: ClientId,
    /// The shown board: confirmed with pending on top.
    shown: Board,
    confirmed: Option<Position>,
    pending: PendingCommits,
    loading: Loading,
    /// A snapshot will replace the confirmed board. Commits of that board may wait again, so the
    /// client cannot resume from it.
    is_superseded: bool,
    role: Option<Role>,
    /// The server tells them before the welcome; `None` before that, and without a connection.
    rights: Option<Rights>,
    conversation: Conversation,
    /// The page of the conversation to ask for.
    wanted_page: Option<u64>,
    connection: ConnectionState,
    presence: Presence,
    live: VecDeque<LiveUpdate>,
    /// What this person shows until it changes. A new connection is told all of it.
    standing: StandingUpdates,
    profile: Option<Profile>,
    events: VecDeque<ReplicaEvent>,
}

impl Replica {
    /// A replica that has seen nothing yet. `outbox` holds the earlier commits under the same
    /// key, ascending; `next_cno` is the number of the next commit, 1 for a fresh key.
    #[must_use]
    pub fn new(key: ClientKey, outbox: Vec<Commit>, next_cno: CommitNo, now: Millis) -> Self {
        let me = key.client_id();
        let mut shown = Board::new();
        let mut events = VecDeque::new();
        let outbox = outbox
            .into_iter()
            .map(|commit| checked(commit, &mut events))
            .collect();
        let pending = PendingCommits::resume(outbox, next_cno, me, &mut shown, now);
        Self {
            key,
            me,
            shown,
            confirmed: None,
            pending,
            loading: Loading::default(),
            is_superseded: false,
            role: None,
            rights: None,
            conversation: Conversation::default(),
            wanted_page: None,
            connection: ConnectionState::new(now),
            presence: Presence::default(),
            live: VecDeque::new(),
            standing: StandingUpdates::default(),
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

    /// What this person shows others until it changes.
    #[must_use]
    pub const fn standing(&self) -> &StandingUpdates {
        &self.standing
    }

    /// The people on the board, and their live updates.
    #[must_use]
    pub const fn presence(&self) -> &Presence {
        &self.presence
    }

    /// The role that the link grants; `None` before the first welcome.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// The rights of this person; `None` until the server has told them.
    #[must_use]
    pub const fn rights(&self) -> Option<Rights> {
        self.rights
    }

    /// The messages of the conversation that are confirmed.
    #[must_use]
    pub const fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// The changes of the conversation that wait for an acknowledgement, in order.
    pub fn pending_chat(&self) -> impl Iterator<Item = &ChatOp> {
        self.pending.commits().flat_map(Commit::chat_ops)
    }

    /// Reads the messages before the oldest one that is known, if there are any.
    pub fn read_older_messages(&mut self) {
        if self.connection.is_online() {
            self.wanted_page = self.wanted_page.or(self.conversation.ask());
        }
    }

    /// The position of the confirmed board; `None` before the first one.
    #[must_use]
    pub const fn at(&self) -> Option<Position> {
        self.confirmed
    }

    /// A copy of the confirmed board, without the pending commits.
    #[must_use]
    pub fn confirmed_board(&self) -> Board {
        self.pending.confirmed(&self.shown)
    }

    /// How far a board is on its way that will replace the confirmed one; `None` if none is.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        self.loading.progress()
    }

    /// Number of commits without an acknowledgement.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Changes the board. The commit is shown at once, sent when possible, and kept until it is
    /// durable. Returns its number. A commit that no server would accept is refused here: its
    /// number is used up, and nothing changes.
    pub fn submit(&mut self, ops: Vec<Op>, guard: Guard, now: Millis) -> CommitNo {
        let commit = Commit {
            cno: self.pending.next_cno(),
            guard,
            ops,
        };
        let commit = checked(commit, &mut self.events);
        self.events.push_back(ReplicaEvent::Keep(commit.clone()));
        if commit.is_chat() {
            self.events.push_back(ReplicaEvent::Chat);
        }
        let changes = self.pending.add(commit, self.me, &mut self.shown, now);
        self.report_changes(changes);
        self.pending.next_cno() - 1
    }

    /// Shows something to others without making it durable. It is dropped while the client is not
    /// connected.
    pub fn send_live(&mut self, item: LiveUpdate) {
        self.standing.record(&item);
        if !self.connection.is_online() {
            return;
        }
        if matches!(item, LiveUpdate::Cursor(_)) {
            self.live
                .retain(|old| !matches!(old, LiveUpdate::Cursor(_)));
        }
        if self.live.len() >= MAX_LIVE_WAITING {
            self.live.pop_front();
        }
        self.live.push_back(item);
    }

    /// Changes name or colour for others.
    pub fn set_profile(&mut self, profile: Profile) {
        if self.connection.is_online() {
            self.profile = Some(profile);
        }
    }

    /// The first message of a new connection.
    pub fn connected(&mut self, caller: Caller, now: Millis) -> ClientMsg {
        self.connection.opened(now);
        self.loading.reset_connection();
        self.live.clear();
        ClientMsg::Hello(Hello {
            version: PROTOCOL_VERSION,
            secret: caller.secret,
            key: self.key,
            session: caller.session,
            profile: caller.profile,
            resume: self.confirmed.filter(|_| !self.is_superseded),
            view: caller
                .view
                .map(|BoardRect { x0, y0, x1, y1 }| [x0, y0, x1, y1].map(|edge| edge as f32)),
            partial: self.loading.partial(),
            device: caller.device,
            program: None,
        })
    }

    /// The connection ended. The activity of others is not known any more.
    pub fn disconnected(&mut self, now: Millis) {
        self.connection.closed(now);
        self.forget_connection();
    }

    /// The connection is closed in favour of one to another server, as the server asked. The status
    /// tells it only if the move takes long.
    pub fn moves(&mut self, now: Millis) {
        self.connection.moves(now);
        self.forget_connection();
    }

    fn forget_connection(&mut self) {
        self.rights = None;
        self.wanted_page = None;
        self.conversation.disconnected();
        self.loading.reset_connection();
        self.presence.clear_activities();
        self.events.push_back(ReplicaEvent::Presence);
    }

    /// Goes on under a fresh key after [`ReplicaEvent::IdentityLost`]. Commits that are not in the
    /// history yet are numbered anew.
    pub fn renew(&mut self, key: ClientKey) {
        self.key = key;
        self.me = key.client_id();
        let (commits, changes) = self.pending.renumber(self.me, &mut self.shown);
        self.events
            .extend(commits.into_iter().map(ReplicaEvent::Keep));
        self.report_changes(changes);
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<ReplicaEvent> {
        self.events.pop_front()
    }

    /// Drops live updates that are too old, and reports a server that is silent for too long.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.connection.time_passed(now);
        if self.presence.expire(now) {
            self.events.push_back(ReplicaEvent::Presence);
        }
        if self.connection.has_timed_out(now) {
            self.events.push_back(ReplicaEvent::TimedOut);
        }
    }

    /// When to call [`Self::handle_timeout`] next, and to read [`Self::status`] again.
    #[must_use]
    pub fn poll_timeout(&self, now: Millis) -> Option<Millis> {
        let times = [
            self.presence.next_expiry(),
            self.connection.next_timeout(now),
            self.pending.next_timeout(now),
        ];
        times.into_iter().flatten().min()
    }

    /// Whether the server has been silent for longer than a server is.
    #[must_use]
    pub fn is_connection_in_doubt(&self, now: Millis) -> bool {
        self.connection.is_online() && self.connection.is_stale(now)
    }

    /// Whether the server sends messages, be it only that the board is being opened.
    #[must_use]
    pub fn is_server_there(&self, now: Millis) -> bool {
        self.connection.is_server_there(now)
    }

    /// The status of connection and commits.
    #[must_use]
    pub fn status(&self, now: Millis) -> Status {
        let freshness = match (self.confirmed, self.loading.is_expected()) {
            (None, _) => Freshness::Missing,
            (Some(_), true) => Freshness::Outdated,
            (Some(_), false) => Freshness::Current,
        };
        let may_draw = match self.rights {
            Some(rights) => rights.draw,
            None => self.role.is_some_and(Role::may_draw),
        };
        status::status(&self.connection, &self.pending, may_draw, freshness, now)
    }

    fn report_changes(&mut self, changes: Vec<Change>) {
        for change in &changes {
            self.presence.element_changed(change.id, &self.shown);
        }
        if !changes.is_empty() {
            self.events.push_back(ReplicaEvent::Changed(changes));
        }
    }
}

/// The commit, or an empty one instead if no server would accept it. Such a commit would be
/// refused, or end the connection each time it is sent, and all later ones would wait behind it.
fn checked(commit: Commit, events: &mut VecDeque<ReplicaEvent>) -> Commit {
    match encode_commit(&commit) {
        Ok(_) => commit,
        Err(reason) => {
            events.push_back(ReplicaEvent::Refused(reason));
            refused_commit(commit.cno)
        }
    }
}
