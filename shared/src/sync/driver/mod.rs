//! Everything a client does with a board except input and output: the replica, its connection,
//! its identity and its outbox.
//!
//! The driver opens no socket, sets no timer, writes to no disk and reads no clock. The program
//! around it calls `on_…` whenever something happened, with the time. Then it carries out what
//! [`Driver::poll_event`] gives, sends what [`Driver::poll_send`] gives, and calls
//! [`Driver::on_timeout`] at the time that [`Driver::poll_timeout`] names. The page of a board,
//! the recovery of another tab's outbox, the load generator, the test client and the simulation
//! all run the same driver.
//!
//! Layout: `connecting` begins and ends connections; `reconnect` decides when, with `backoff` for the waits and
//! `protocol_errors` for giving up; `outage` watches for a server that stays away; `receipts` tells
//! the server what arrived; `identity` counts commits and connections; `event` has the requests of
//! the driver.

mod backoff;
mod connecting;
mod event;
mod identity;
mod outage;
mod protocol_errors;
mod receipts;
mod reconnect;

use std::collections::VecDeque;

use super::replica::{Replica, ReplicaEvent};
use crate::geometry::BoardRect;
use crate::id::{ClientKey, CommitNo, DeviceKey, Millis, PersonId, Secret};
use crate::limits::MAX_FRAME_BYTES;
use crate::op::{Commit, Guard, Op};
use crate::protocol::{ClientMsg, LiveUpdate, Profile, ServerMsg, decode};

pub use event::{DriverEvent, OutboxChange};
pub use identity::Identity;
pub use outage::Obstacle;
use outage::OutageWatch;
pub use receipts::Receipts;
use reconnect::ReconnectPolicy;

/// Live updates are dropped while more bytes than these wait in the socket: a tenth of a second
/// of a slow network. Commits are bounded by the replica's window.
const CONGESTED_BYTES: usize = 32 * 1024;

/// The values with which a driver begins.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The identity of the client.
    pub identity: Identity,
    /// The identity's commits from the outbox, ascending.
    pub commits: Vec<Commit>,
    /// The secret of the board's link.
    pub secret: Secret,
    /// Name and colour for others.
    pub profile: Profile,
    /// The key of the browser profile, if it has one: see [`DeviceKey::for_board`].
    pub device: Option<DeviceKey>,
    /// Makes this client's waits different from those of others.
    pub seed: u64,
}

/// A client of one board, without input and output.
#[derive(Debug)]
pub struct Driver {
    replica: Replica,
    identity: Identity,
    secret: Secret,
    profile: Profile,
    device: Option<DeviceKey>,
    view: Option<BoardRect>,
    receipts: Receipts,
    reconnect: ReconnectPolicy,
    outage: OutageWatch,
    /// The first message of a connection that has just opened.
    hello: Option<ClientMsg>,
    events: VecDeque<DriverEvent>,
}

impl Driver {
    /// A driver that shows the commits of the outbox and asks for a connection.
    #[must_use]
    pub fn new(setup: Setup, now: Millis) -> Self {
        let Setup {
            identity,
            commits,
            secret,
            profile,
            device,
            seed,
        } = setup;
        let mut driver = Self {
            replica: Replica::new(identity.key, commits, identity.next_cno, now),
            identity,
            secret,
            profile,
            device,
            view: None,
            receipts: Receipts::default(),
            reconnect: ReconnectPolicy::new(seed, now),
            outage: OutageWatch::new(now),
            hello: None,
            events: VecDeque::from([DriverEvent::Connect]),
        };
        driver.follow_replica(now);
        driver
    }

    /// The replica of the board.
    #[must_use]
    pub const fn replica(&self) -> &Replica {
        &self.replica
    }

    /// The present identity of the client.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The person whom this client speaks for, as the server sees it.
    #[must_use]
    pub fn person(&self) -> PersonId {
        let device = self.device.as_ref().map(DeviceKey::device_id);
        PersonId::of(self.replica.me(), device)
    }

    /// Whether the connection is open.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        self.reconnect.is_open()
    }

    /// What stands between the client and its board; `None` before
    /// [`DriverEvent::OutageLasts`] and after the outage.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.outage.obstacle()
    }

    /// Changes the board, as [`Replica::submit`] does; returns the number of the commit.
    pub fn submit(&mut self, ops: Vec<Op>, guard: Guard, now: Millis) -> CommitNo {
        let cno = self.replica.submit(ops, guard, now);
        self.follow_replica(now);
        cno
    }

    /// Reads older messages of the conversation, as [`Replica::read_older_messages`] does.
    pub fn read_older_messages(&mut self) {
        self.replica.read_older_messages();
    }

    /// Shows something to others without making it durable. It is dropped while the client is
    /// not connected.
    pub fn send_live(&mut self, item: LiveUpdate) {
        self.replica.send_live(item);
    }

    /// Changes name or colour for others, now and after each reconnect.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile.clone();
        self.replica.set_profile(profile);
    }

    /// Sets the area that the user sees. The next connection asks for it first.
    pub const fn set_view(&mut self, view: BoardRect) {
        self.view = Some(view);
    }

    /// A frame came. One that is no message ends the connection.
    pub fn on_frame(&mut self, frame: &[u8], now: Millis) {
        match decode(frame, MAX_FRAME_BYTES) {
            Ok(message) => self.on_message(message, frame.len(), now),
            Err(_) if self.is_connected() => self.not_understood(now),
            Err(_) => {}
        }
    }

    /// A message came in a frame of so many bytes. One that does not follow from those before ends
    /// the connection.
    pub fn on_message(&mut self, message: ServerMsg, frame_bytes: usize, now: Millis) {
        if !self.is_connected() {
            return;
        }
        self.receipts.received(frame_bytes);
        if matches!(message, ServerMsg::Welcome(_)) {
            self.reconnect.welcomed(now);
        }
        let outcome = self.replica.receive(message, now);
        self.follow_replica(now);
        self.watch_for_outage(now);
        if outcome.is_err() && self.is_connected() {
            self.not_understood(now);
        }
    }

    /// Goes on under a fresh key after [`DriverEvent::IdentityLost`]. The outbox keeps the
    /// waiting commits under the new key before it drops the old one.
    pub fn renew(&mut self, key: ClientKey, now: Millis) {
        let old = std::mem::replace(&mut self.identity, Identity::fresh(key)).key;
        self.save_identity();
        self.replica.renew(key);
        self.follow_replica(now);
        let forget = OutboxChange::ForgetAuthor(old);
        self.events.push_back(DriverEvent::Outbox(forget));
        self.reconnect(now);
    }

    /// The next message to send, while `waiting_bytes` wait in the socket.
    pub fn poll_send(&mut self, waiting_bytes: usize) -> Option<ClientMsg> {
        if !self.is_connected() {
            return None;
        }
        if let Some(hello) = self.hello.take() {
            return Some(hello);
        }
        if let Some(bytes) = self.receipts.next_due() {
            return Some(ClientMsg::Received(bytes));
        }
        loop {
            match self.replica.poll_transmit()? {
                ClientMsg::Live(_) if waiting_bytes > CONGESTED_BYTES => {}
                message => return Some(message),
            }
        }
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<DriverEvent> {
        self.events.pop_front()
    }

    /// When to call [`Self::on_timeout`] next, and to read [`Replica::status`] again.
    #[must_use]
    pub fn poll_timeout(&self, now: Millis) -> Option<Millis> {
        let times = [
            self.replica.poll_timeout(now),
            self.reconnect.next_timeout(),
            self.outage.next_timeout(),
        ];
        times.into_iter().flatten().min()
    }

    fn follow_replica(&mut self, now: Millis) {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Keep(commit) => self.keep(commit),
                ReplicaEvent::Forget(up_to) => {
                    let author = self.identity.key;
                    let forget = OutboxChange::Forget { author, up_to };
                    self.events.push_back(DriverEvent::Outbox(forget));
                }
                ReplicaEvent::TimedOut => self.reconnect(now),
                ReplicaEvent::Goodbye(within_ms) => self.reconnect.server_leaves(within_ms, now),
                ReplicaEvent::IdentityLost => self.events.push_back(DriverEvent::IdentityLost),
                ReplicaEvent::Changed(changes) => {
                    self.events.push_back(DriverEvent::Changed(changes));
                }
                ReplicaEvent::Loaded(changes) => {
                    self.events.push_back(DriverEvent::Loaded(changes));
                }
                ReplicaEvent::Reset => self.events.push_back(DriverEvent::Reset),
                ReplicaEvent::Progress => self.events.push_back(DriverEvent::Progress),
                ReplicaEvent::Fullness(percent) => {
                    self.events.push_back(DriverEvent::Fullness(percent));
                }
                ReplicaEvent::Chat => self.events.push_back(DriverEvent::Chat),
                ReplicaEvent::Rights(rights) => {
                    self.events.push_back(DriverEvent::Rights(rights));
                }
                ReplicaEvent::Presence => self.events.push_back(DriverEvent::Presence),
                ReplicaEvent::Title(title) => self.events.push_back(DriverEvent::Title(title)),
                ReplicaEvent::BlobReady(blob) => {
                    self.events.push_back(DriverEvent::BlobReady(blob))
                }
                ReplicaEvent::Refused(why) => self.events.push_back(DriverEvent::Refused(why)),
            }
        }
    }

    fn keep(&mut self, commit: Commit) {
        self.identity.next_cno = self.identity.next_cno.max(commit.cno.saturating_add(1));
        self.save_identity();
        let author = self.identity.key;
        let keep = OutboxChange::Keep { author, commit };
        self.events.push_back(DriverEvent::Outbox(keep));
    }

    fn save_identity(&mut self) {
        let identity = self.identity.clone();
        self.events.push_back(DriverEvent::SaveIdentity(identity));
    }
}
