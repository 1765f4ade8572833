//! A person at a browser: works, undoes, disconnects, reloads.

use shared::id::{ClientKey, ElementId, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::op::{Commit, Guard, Op, invert};
use shared::protocol::{ClientMsg, Profile, ServerMsg, decode};
use shared::sync::{Replica, ReplicaEvent, SessionNo};

use crate::chance::Chance;
use crate::line::Line;
use crate::work::{Work, ink};
use crate::world::Counts;

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) replica: Replica,
    key: ClientKey,
    /// What the browser keeps on disk.
    outbox: Vec<Commit>,
    next_cno: u64,
    pub(crate) session: Option<(usize, SessionNo)>,
    pub(crate) up: Line<ClientMsg>,
    sessions: u32,
    pub(crate) redial_at: u64,
    undo: Vec<Vec<Op>>,
    open_stroke: Option<(ElementId, u32)>,
    pub(crate) lost_identity: bool,
}

impl Person {
    pub(crate) fn new(key: ClientKey, now: u64) -> Self {
        Self {
            replica: Replica::new(key, Vec::new(), 1, now),
            key,
            outbox: Vec::new(),
            next_cno: 1,
            session: None,
            up: Line::default(),
            sessions: 0,
            redial_at: now,
            undo: Vec::new(),
            open_stroke: None,
            lost_identity: false,
        }
    }

    /// Opens a connection; the hello is the first thing on the line.
    pub(crate) fn dial(&mut self, server: usize, session: SessionNo, now: u64) -> ClientMsg {
        self.sessions += 1;
        self.session = Some((server, session));
        self.up = Line::default();
        self.replica.connected(
            Secret::from_bytes([1; 16]),
            self.sessions,
            Profile::default(),
            now,
        )
    }

    pub(crate) fn hang_up(&mut self, now: u64, chance: &mut Chance) {
        self.session = None;
        self.up = Line::default();
        self.replica.disconnected(now);
        self.redial_at = now + chance.millis(10..400);
    }

    /// The tab is reloaded: what is not in the outbox is forgotten.
    pub(crate) fn reload(&mut self, now: u64) {
        self.settle_events();
        self.replica = Replica::new(self.key, self.outbox.clone(), self.next_cno, now);
        self.session = None;
        self.undo.clear();
        self.open_stroke = None;
        self.redial_at = now;
    }

    /// Takes a frame; false if the connection cannot go on.
    pub(crate) fn take(&mut self, frame: &[u8], now: u64) -> bool {
        let message: ServerMsg = decode(frame, MAX_FRAME_BYTES).unwrap();
        let fits = self.replica.receive(message, now).is_ok();
        self.settle_events();
        fits
    }

    /// Does what the replica asks, as a browser would.
    pub(crate) fn settle_events(&mut self) -> bool {
        let mut redial = false;
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Keep(commit) => {
                    self.next_cno = commit.cno + 1;
                    self.outbox.push(commit);
                }
                ReplicaEvent::Forget(upto) => self.outbox.retain(|commit| commit.cno > upto),
                ReplicaEvent::IdentityLost => self.lost_identity = true,
                ReplicaEvent::TimedOut => redial = true,
                ReplicaEvent::Changed(_)
                | ReplicaEvent::Reset
                | ReplicaEvent::Refused(_)
                | ReplicaEvent::Presence
                | ReplicaEvent::Title(_)
                | ReplicaEvent::Goodbye(_) => {}
            }
        }
        redial
    }

    /// Commits made so far.
    pub(crate) fn made(&self) -> u64 {
        self.next_cno - 1
    }

    /// Does something to the board.
    pub(crate) fn act(&mut self, chance: &mut Chance, counts: &mut Counts, now: u64) {
        let guard = Guard::Any;
        let (ops, guard) = match chance.below(16) {
            0..=3 => (self.draw(chance), guard),
            4 => (self.extend(chance), guard),
            5 => (self.undo.pop().unwrap_or_default(), Guard::MineOnly),
            6 | 7 => (vec![self.work(chance).make()], guard),
            8 | 9 => (self.work(chance).change().into_iter().collect(), guard),
            10..=12 => (self.work(chance).write().into_iter().collect(), guard),
            13 => (self.work(chance).cut().into_iter().collect(), guard),
            14 => (self.work(chance).erase().into_iter().collect(), guard),
            _ => (self.work(chance).restack().into_iter().collect(), guard),
        };
        if ops.is_empty() {
            return;
        }
        counts.note(&ops);
        if guard == Guard::Any {
            self.remember_inverse(&ops);
        }
        self.replica.submit(ops, guard, now);
        self.settle_events();
    }

    fn remember_inverse(&mut self, ops: &[Op]) {
        let (board, me) = (self.replica.board(), self.key.client_id());
        let inverse: Vec<Op> = ops
            .iter()
            .rev()
            .flat_map(|op| invert(op, me, board))
            .collect();
        if !inverse.is_empty() {
            self.undo.push(inverse);
        }
    }

    fn work<'a>(&'a self, chance: &'a mut Chance) -> Work<'a> {
        Work {
            board: self.replica.board(),
            me: self.key.client_id(),
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
