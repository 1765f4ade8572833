//! A person at a browser: works, undoes, loses the connection, reloads the page.

use shared::chat::{ChatChange, NewMessage};
use shared::history::WorkOfPerson;
use shared::id::{ClientKey, ElementId, MessageId, Secret};
use shared::op::{Guard, Op, invert};
use shared::protocol::{ClientMsg, CloseCode, Profile};
use shared::sync::{Driver, DriverEvent, Identity, Replica, SessionNo, Setup};
use testkit::fixtures::chat_op;
use testkit::outbox::MemoryOutbox;

use crate::chance::Chance;
use crate::counts::Counts;
use crate::network::InFlight;
use crate::work::{Work, ink};

#[derive(Debug)]
pub(crate) struct Person {
    driver: Driver,
    /// The data that the browser keeps for the next page.
    outbox: MemoryOutbox,
    saved: Identity,
    /// The server and the session of the connection, while there is one.
    pub(crate) session: Option<(usize, SessionNo)>,
    /// The session that the driver has left, until its server knows.
    left: Option<(usize, SessionNo)>,
    pub(crate) wants_connection: bool,
    /// When the browser finds the network again.
    network_back_at: u64,
    pub(crate) up: InFlight<ClientMsg>,
    undo: Vec<Vec<Op>>,
    open_stroke: Option<(ElementId, u32)>,
    pub(crate) lost_identity: bool,
    pub(crate) gave_up: Option<CloseCode>,
}

impl Person {
    pub(crate) fn new(key: ClientKey, now: u64) -> Self {
        let identity = Identity::fresh(key);
        let mut person = Self {
            driver: driver(identity.clone(), &MemoryOutbox::default(), now),
            outbox: MemoryOutbox::default(),
            saved: identity,
            session: None,
            left: None,
            wants_connection: false,
            network_back_at: now,
            up: InFlight::default(),
            undo: Vec::new(),
            open_stroke: None,
            lost_identity: false,
            gave_up: None,
        };
        person.carry_out();
        person
    }

    pub(crate) const fn replica(&self) -> &Replica {
        self.driver.replica()
    }

    /// The connection is open.
    pub(crate) fn connected(&mut self, server: usize, session: SessionNo, now: u64) {
        self.wants_connection = false;
        self.session = Some((server, session));
        self.up = InFlight::default();
        self.driver.on_connected(now);
        self.carry_out();
    }

    /// The connection is cut or cannot be made. The network comes back soon.
    pub(crate) fn disconnected(&mut self, code: Option<CloseCode>, now: u64, chance: &mut Chance) {
        self.driver
            .on_disconnected(code.map(CloseCode::number), now);
        self.network_back_at = now + chance.millis(1..100);
        self.carry_out();
    }

    /// The tab is reloaded: commits that were neither saved nor put into the outbox are forgotten.
    pub(crate) fn reload(&mut self, now: u64) {
        self.left = self.session.take().or(self.left);
        self.driver = driver(self.saved.clone(), &self.outbox, now);
        self.undo.clear();
        self.open_stroke = None;
        self.carry_out();
    }

    /// A frame came.
    pub(crate) fn receives(&mut self, frame: &[u8], now: u64) {
        self.driver.on_frame(frame, now);
        self.carry_out();
    }

    /// Does what is due.
    pub(crate) fn timeout(&mut self, now: u64) {
        if now >= self.network_back_at {
            self.network_back_at = u64::MAX;
            self.driver.on_network_restored(now);
        }
        self.driver.on_timeout(now);
        self.carry_out();
    }

    /// The next message for the server.
    pub(crate) fn poll_send(&mut self) -> Option<ClientMsg> {
        self.driver.poll_send(0)
    }

    /// The session that the driver has left since the last call.
    pub(crate) fn take_left(&mut self) -> Option<(usize, SessionNo)> {
        self.left.take()
    }

    /// Carries out the requests of the driver, as a browser would.
    fn carry_out(&mut self) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => self.wants_connection = true,
                DriverEvent::Disconnect => {
                    self.wants_connection = false;
                    self.left = self.session.take().or(self.left);
                }
                DriverEvent::GaveUp(code) => self.gave_up = Some(code),
                DriverEvent::Outbox(change) => self.outbox.apply(change),
                DriverEvent::SaveIdentity(identity) => self.saved = identity,
                DriverEvent::IdentityLost => self.lost_identity = true,
                DriverEvent::Changed(_)
                | DriverEvent::Loaded(_)
                | DriverEvent::Progress
                | DriverEvent::Fullness(_)
                | DriverEvent::Reset
                | DriverEvent::OutageLasts
                | DriverEvent::Refused(_)
                | DriverEvent::Presence
                | DriverEvent::BlobReady(_)
                | DriverEvent::Chat
                | DriverEvent::Rights(_)
                | DriverEvent::Title(_) => {}
            }
        }
    }

    /// Commits made so far.
    pub(crate) fn made(&self) -> u64 {
        self.saved.next_cno - 1
    }

    /// Does something to the board.
    pub(crate) fn act(&mut self, chance: &mut Chance, counts: &mut Counts, now: u64) {
        let guard = Guard::Any;
        let (ops, guard) = match chance.below(18) {
            0..=3 => (self.draw(chance), guard),
            4 => (self.extend(chance), guard),
            5 => (self.undo.pop().unwrap_or_default(), Guard::MineOnly),
            6 | 7 => (vec![self.work(chance).make()], guard),
            8 | 9 => (self.work(chance).change().into_iter().collect(), guard),
            10..=12 => (self.work(chance).write().into_iter().collect(), guard),
            13 => (self.work(chance).cut().into_iter().collect(), guard),
            14 => (self.work(chance).erase().into_iter().collect(), guard),
            15 => (self.work(chance).restack().into_iter().collect(), guard),
            _ => (vec![self.say(chance)], guard),
        };
        if ops.is_empty() {
            return;
        }
        counts.note(&ops);
        if guard == Guard::Any {
            self.remember_inverse(&ops);
        }
        self.driver.submit(ops, guard, now);
        self.carry_out();
    }

    /// Undoes the work of other clients, as far as the log at the store shows it.
    pub(crate) fn undo_work_of(&mut self, work: &WorkOfPerson, counts: &mut Counts, now: u64) {
        let ops = work.undo();
        if !ops.is_empty() {
            counts.work_undone += 1;
            self.driver.submit(ops, work.guard(), now);
            self.carry_out();
        }
    }

    fn remember_inverse(&mut self, ops: &[Op]) {
        let (board, me) = (self.replica().board(), self.saved.key.client_id());
        let inverse: Vec<Op> = ops
            .iter()
            .rev()
            .flat_map(|op| invert(op, me, board))
            .collect();
        if !inverse.is_empty() {
            self.undo.push(inverse);
        }
    }

    /// Writes a message, or changes one that this person knows.
    fn say(&self, chance: &mut Chance) -> Op {
        let known = self.replica().conversation().messages().next_back();
        let known = known.map(|message| message.id);
        let change = match (known, chance.below(4)) {
            (Some(id), 0) => ChatChange::Delete { id },
            (Some(id), 1) => ChatChange::React {
                id,
                emoji: "👍".to_owned(),
                on: chance.percent(70),
            },
            _ => ChatChange::Post(Box::new(NewMessage {
                id: MessageId::from_bytes(chance.bytes()),
                text: "hello".to_owned(),
                reply_to: known,
                place: None,
                open: false,
            })),
        };
        Op::Chat(Box::new(chat_op(1, change)))
    }

    fn work<'a>(&'a self, chance: &'a mut Chance) -> Work<'a> {
        Work {
            board: self.replica().board(),
            me: self.saved.key.client_id(),
            chance,
        }
    }

    fn draw(&mut self, chance: &mut Chance) -> Vec<Op> {
        let open = self.open_stroke.is_none() && chance.percent(40);
        let (id, points, op) = self.work(chance).draw(open);
        if open {
            self.open_stroke = Some((id, points));
        }
        vec![op]
    }

    fn extend(&mut self, chance: &mut Chance) -> Vec<Op> {
        let Some((id, from)) = self.open_stroke else {
            return Vec::new();
        };
        let ink = ink(chance);
        let end = chance.percent(50);
        let more = u32::try_from(ink.len()).unwrap();
        self.open_stroke = (!end).then_some((id, from + more));
        vec![Op::Extend { id, from, ink, end }]
    }
}

fn driver(identity: Identity, outbox: &MemoryOutbox, now: u64) -> Driver {
    let [first, ..] = *identity.key.as_bytes();
    let setup = Setup {
        commits: outbox.commits(identity.key),
        identity,
        secret: Secret::from_bytes([1; 16]),
        profile: Profile::default(),
        device: None,
        seed: first.into(),
    };
    Driver::new(setup, now)
}
