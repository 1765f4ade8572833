//! A client that lives through faults, as a page in a browser does: it keeps an outbox,
//! reconnects to any of its servers, and can be reloaded.

use std::hash::{DefaultHasher, Hasher as _};
use std::time::Duration;

use shared::geometry::BoardRect;
use shared::id::{CommitNo, Millis};
use shared::op::{Guard, Op};
use shared::protocol::{ClientMsg, LiveUpdate, Profile, ServerMsg, encode};
use shared::sync::{Driver, DriverEvent, Identity, OutboxChange, Replica, Setup, Status};
use tokio::time::Instant;

use super::connection::Received;
use super::note::{Note, Noted};
use super::uplink::{Event, Uplink};
use crate::board::Link;
use crate::outbox::MemoryOutbox;

/// The driver is called at least this often, so that each change of the status is noted.
const TICK: Duration = Duration::from_millis(100);

/// How a client behaves. The default is how a page behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// A reload keeps the outbox.
    pub keeps_outbox: bool,
    /// A silent server is left.
    pub watches_server: bool,
    /// It takes one message in this time.
    pub reading_pause: Option<Duration>,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            keeps_outbox: true,
            watches_server: true,
            reading_pause: None,
        }
    }
}

/// A client of one board that never gives up by itself.
#[derive(Debug)]
pub struct RoamingClient {
    driver: Driver,
    saved: Identity,
    outbox: MemoryOutbox,
    link: Link,
    profile: Profile,
    seed: u64,
    habits: Habits,
    uplink: Uplink,
    since: Instant,
    status: Option<Status>,
    is_loading: bool,
    notes: Vec<Noted>,
}

impl RoamingClient {
    /// A client that connects to the first of these servers, and to the next one whenever it
    /// reconnects. `seed` makes its waits different from those of others.
    #[must_use]
    pub fn new(
        servers: Vec<String>,
        link: Link,
        identity: Identity,
        profile: Profile,
        seed: u64,
        habits: Habits,
    ) -> Self {
        let outbox = MemoryOutbox::default();
        let driver = Driver::new(
            Setup {
                identity: identity.clone(),
                commits: Vec::new(),
                secret: link.secret,
                profile: profile.clone(),
                device: None,
                seed,
            },
            0,
        );
        let board = link.board.to_string();
        Self {
            driver,
            saved: identity,
            outbox,
            link,
            profile,
            seed,
            habits,
            uplink: Uplink::new(servers, board, habits.reading_pause),
            since: Instant::now(),
            status: None,
            is_loading: true,
            notes: Vec::new(),
        }
    }

    /// The client's copy of the board.
    #[must_use]
    pub const fn replica(&self) -> &Replica {
        self.driver.replica()
    }

    /// The identity that a reload would take over.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.saved
    }

    /// The part of the board that the user looks at; a server sends it first.
    pub const fn look_at(&mut self, view: BoardRect) {
        self.driver.set_view(view);
    }

    /// Whether the board is there and the connection is open.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        self.uplink.is_open() && !self.is_loading
    }

    /// The status that the user sees.
    #[must_use]
    pub fn status(&self) -> Status {
        self.replica().status(self.now())
    }

    /// Takes all notes so far.
    pub fn take_notes(&mut self) -> Vec<Noted> {
        std::mem::take(&mut self.notes)
    }

    /// Changes the board. [`RoamingClient::wait`] sends the change.
    pub fn submit(&mut self, ops: Vec<Op>) -> CommitNo {
        let now = self.now();
        let cno = self.driver.submit(ops, Guard::Any, now);
        self.note(Note::Submitted(cno));
        self.carry_out();
        cno
    }

    /// Shows something to others without making it durable.
    pub fn send_live(&mut self, item: LiveUpdate) {
        self.driver.send_live(item);
    }

    /// Notes a digest of the confirmed board.
    pub fn note_board(&mut self) {
        if let (Some(at), false) = (self.replica().at(), self.is_loading) {
            let mut hasher = DefaultHasher::new();
            hasher.write(&encode(&self.replica().confirmed_board()).unwrap());
            self.note(Note::Board(at, hasher.finish()));
        }
    }

    /// The page is loaded again: what the outbox has is sent again, all else is forgotten. The
    /// connection breaks.
    pub fn reload(&mut self) {
        self.uplink.close();
        if !self.habits.keeps_outbox {
            self.outbox = MemoryOutbox::default();
        }
        self.driver = Driver::new(
            Setup {
                identity: self.saved.clone(),
                commits: self.outbox.commits(self.saved.key),
                secret: self.link.secret,
                profile: self.profile.clone(),
                device: None,
                seed: self.seed,
            },
            self.now(),
        );
        self.is_loading = true;
        self.carry_out();
    }

    /// Breaks the connection, as a lost network does.
    pub fn disconnect(&mut self) {
        self.uplink.close();
        self.lost(None);
    }

    /// Does what is due, waits until something happens or `until`, and takes it in.
    pub async fn wait(&mut self, until: Instant) {
        self.carry_out();
        self.send().await;
        let mut wake = until.min(Instant::now() + TICK);
        if let Some(due) = self.driver.poll_timeout(self.now()) {
            wake = wake.min(self.since + Duration::from_millis(due + 1));
        }
        match self.uplink.next(wake).await {
            Event::Received(received) => self.take(received),
            Event::Ended(code) => self.lost(code),
            Event::Opened => self.opened(),
            Event::Time => {}
        }
        if self.habits.watches_server || !self.uplink.is_open() {
            let now = self.now();
            self.driver.on_timeout(now);
        }
        self.carry_out();
        self.note_status();
    }

    fn opened(&mut self) {
        self.note(Note::Connected);
        let now = self.now();
        self.driver.on_connected(now);
        if !self.driver.is_connected() {
            self.uplink.close();
        }
    }

    fn lost(&mut self, code: Option<u16>) {
        self.note(Note::Disconnected(code));
        let now = self.now();
        self.driver.on_disconnected(code, now);
        self.carry_out();
    }

    /// Sends all that the driver has to send, as long as the socket accepts it.
    async fn send(&mut self) {
        while self.uplink.is_ready().await {
            let Some(message) = self.driver.poll_send(0) else {
                return;
            };
            self.uplink.feed(&message).await;
            if let ClientMsg::Commit(commit) = &message {
                self.note(Note::Sent(commit.cno));
            }
        }
    }

    fn take(&mut self, received: Received) {
        let Received { message, bytes } = received;
        let me = self.replica().me();
        match &message {
            ServerMsg::Commit { seq, commit } => self.note(Note::Placed {
                seq: *seq,
                author: commit.author,
                cno: commit.commit.cno,
            }),
            ServerMsg::Ack { seq, cno } => self.note(Note::Placed {
                seq: *seq,
                author: me,
                cno: *cno,
            }),
            ServerMsg::Welcome(welcome) => {
                self.is_loading = !welcome.delta;
                self.note(Note::Welcomed {
                    at: welcome.at,
                    delta: welcome.delta,
                });
            }
            ServerMsg::NewEpoch { .. } => {
                self.is_loading = true;
                self.note(Note::NewEpoch);
            }
            ServerMsg::People(people) => {
                self.note(Note::People(people.iter().map(|it| it.client).collect()));
            }
            _ => {}
        }
        let is_snapshot = matches!(message, ServerMsg::Snapshot(_));
        let now = self.now();
        self.driver.on_message(message, bytes, now);
        let is_whole = is_snapshot && self.replica().progress().is_none();
        if let (true, Some(at)) = (is_whole, self.replica().at()) {
            self.is_loading = false;
            self.note(Note::Loaded(at));
        }
    }

    /// Carries out the requests of the driver, as a browser would.
    fn carry_out(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => self.uplink.connect(),
                DriverEvent::Disconnect => {
                    if self.uplink.close() {
                        self.note(Note::Disconnected(None));
                    }
                }
                DriverEvent::GaveUp(code) => self.note(Note::GaveUp(code)),
                DriverEvent::Outbox(change) => {
                    if let OutboxChange::Forget { up_to, .. } = &change {
                        self.note(Note::Durable(*up_to));
                    }
                    self.outbox.apply(change);
                }
                DriverEvent::SaveIdentity(identity) => self.saved = identity,
                DriverEvent::IdentityLost => self.note(Note::IdentityLost),
                DriverEvent::Refused(reason) => self.note(Note::Refused(reason)),
                DriverEvent::Changed(_)
                | DriverEvent::Loaded(_)
                | DriverEvent::Progress
                | DriverEvent::OutageLasts
                | DriverEvent::Fullness(_)
                | DriverEvent::Reset
                | DriverEvent::Presence
                | DriverEvent::BlobReady(_)
                | DriverEvent::Chat
                | DriverEvent::Rights(_)
                | DriverEvent::Title(_) => {}
            }
        }
    }

    fn note_status(&mut self) {
        let status = self.status();
        if self.status != Some(status) {
            self.status = Some(status);
            self.note(Note::Status(status));
        }
    }

    fn note(&mut self, note: Note) {
        let when = Instant::now();
        self.notes.push(Noted { when, note });
    }

    /// Milliseconds since the client was made: the driver's clock.
    fn now(&self) -> Millis {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }
}
