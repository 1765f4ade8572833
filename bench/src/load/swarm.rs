//! A swarm: connections in rooms, pens that draw, and the loop that serves them all.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::mem::take;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, EventData, EventFlags};
use shared::id::ClientKey;

use super::conn::{Call, Conn, Stage};
use super::ear::Ear;
use super::pen::Pen;
use super::room::{Room, Speech};
use super::script;
use super::tally::Tally;
use super::timer::Timer;
use super::world::World;

/// Connections that open at the same time. A server lets a thousand wait for their hello.
const CONNECTING: usize = 200;
/// A connection that is not open after this time is a failure.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are read at once.
const READ_BYTES: usize = 64 * 1024;
/// Events that are taken at once, between two looks at the pens.
const EVENTS: usize = 128;
/// The number of the timer; connections have smaller ones.
const TIMER: u64 = u64::MAX;
/// How long to wait for the last pieces and commits.
const DRAIN: Duration = Duration::from_secs(3);
/// Pens and clients of a swarm have numbers of their own: a block of so many.
const BLOCK: u32 = 1 << 20;
/// The next block.
static NEXT: AtomicU32 = AtomicU32::new(1);
/// A pen that is later than this leaves pieces out.
const MOST_LATE: u64 = 250_000_000;

/// Connections and pens.
#[derive(Debug)]
pub(crate) struct Swarm {
    world: World,
    conns: Vec<Conn>,
    calls: VecDeque<Call>,
    /// Connections that are not open yet.
    opening: usize,
    /// When each pen that draws is due.
    due: BinaryHeap<Reverse<(u64, usize)>>,
    period: u64,
    timer: Timer,
    buffer: Vec<u8>,
}

impl Swarm {
    /// A swarm without rooms.
    ///
    /// # Errors
    /// The system refuses epoll or a timer.
    pub(crate) fn new(speech: Speech) -> Result<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        let timer = Timer::new()?;
        epoll::add(&epoll, &timer, EventData::new_u64(TIMER), EventFlags::IN)?;
        let world = World {
            speech,
            epoll,
            clock: Instant::now(),
            scripts: script::all(1)?,
            pens: Vec::new(),
            first_number: NEXT.fetch_add(1, Ordering::Relaxed) * BLOCK,
            ears: Vec::new(),
            tally: Tally::default(),
        };
        Ok(Self {
            world,
            conns: Vec::new(),
            calls: VecDeque::new(),
            opening: 0,
            due: BinaryHeap::new(),
            period: 0,
            timer,
            buffer: vec![0; READ_BYTES],
        })
    }

    /// Adds a room; [`Swarm::connect`] opens its connections.
    ///
    /// # Errors
    /// Never: a hello can be encoded.
    pub(crate) fn add(&mut self, room: &Room) -> Result<()> {
        let (first_ear, first_conn) = (self.world.ears.len(), self.conns.len() + self.calls.len());
        let mut pens = Vec::new();
        for (at, person) in (0..room.people).enumerate() {
            let node = at % room.nodes.len().max(1);
            let number = self.world.first_number + u32::try_from(first_conn + at)?;
            let key = ClientKey::from_bytes(u128::from(number + 1).to_be_bytes());
            let pen = (person < room.pens).then(|| {
                let (number, pen) = (self.world.pens.len(), self.world.pens.len());
                let number = self.world.first_number + u32::try_from(number).unwrap_or(0);
                let others = u64::from(room.people).saturating_sub(1);
                let new = Pen::new(number, first_conn + at, node, others);
                self.world.pens.push(new);
                pens.push((key.client_id(), pen));
                pen
            });
            self.calls.push_back(Call {
                from: room.from(),
                to: *room.nodes.get(node).context("a room without a server")?,
                path: room.path(),
                hello: room.hello(key)?,
                ear: first_ear + node,
                pen,
            });
        }
        for node in 0..room.nodes.len() {
            let ear = Ear::new(pens.clone(), self.world.first_number);
            self.world.ears.push((ear, node));
        }
        Ok(())
    }

    /// Opens all connections of the rooms that were added.
    ///
    /// # Errors
    /// One of them does not open.
    pub(crate) fn connect(&mut self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let closed = self.world.tally.closed;
        while !self.calls.is_empty() || self.opening > 0 {
            while self.opening < CONNECTING
                && let Some(call) = self.calls.pop_front()
            {
                let number = self.conns.len() as u64;
                let conn = Conn::begin(call, number, &self.world.epoll, self.world.now())?;
                self.conns.push(conn);
                self.opening += 1;
            }
            self.turn(self.world.now() + 20_000_000)?;
            let reason = &self.world.tally.reason;
            ensure!(
                self.world.tally.closed == closed,
                "a connection ended: {reason}"
            );
            ensure!(
                Instant::now() < end,
                "{} connections do not open",
                self.opening
            );
        }
        Ok(())
    }

    /// Lets all pens draw a piece in each period, evenly spread over it.
    pub(crate) fn draw(&mut self, period: Duration) {
        let now = self.world.now();
        self.period = u64::try_from(period.as_nanos()).unwrap_or(u64::MAX);
        for (at, pen) in self.world.pens.iter_mut().enumerate() {
            if !pen.is_drawing {
                pen.is_drawing = true;
                // Multiples of the golden ratio are spread evenly, however many there are.
                let part = (at as f64 * 0.618_033_988_75).fract();
                let first = now + (part * self.period as f64) as u64;
                self.due.push(Reverse((first, at)));
            }
        }
    }

    /// Serves connections and pens for a time.
    ///
    /// # Errors
    /// The system refuses something, or a server sends what cannot be understood.
    pub(crate) fn run(&mut self, time: Duration) -> Result<()> {
        let end = self.world.now() + u64::try_from(time.as_nanos())?;
        while self.world.now() < end {
            self.turn(end)?;
        }
        Ok(())
    }

    /// Begins to count anew.
    pub(crate) fn begin(&mut self) {
        let now = self.world.now();
        let old = take(&mut self.world.tally);
        self.world.tally = Tally {
            window: Some(now..u64::MAX),
            commits_due: old.commits_due.saturating_sub(old.commits),
            downs: old.downs,
            closed: old.closed,
            reason: old.reason,
            join: old.join,
            ..Tally::default()
        };
    }

    /// Ends the window.
    pub(crate) fn end(&mut self) {
        let now = self.world.now();
        if let Some(window) = &mut self.world.tally.window {
            window.end = now;
        }
    }

    /// Lets all pens end their strokes, waits until everything has arrived, and returns what was counted.
    ///
    /// # Errors
    /// As [`Swarm::run`].
    pub(crate) fn rest(&mut self) -> Result<Tally> {
        self.due.clear();
        for at in 0..self.world.pens.len() {
            let mut bytes = Vec::new();
            let World {
                speech,
                epoll,
                pens,
                scripts,
                tally,
                ..
            } = &mut self.world;
            let pen = pens.get_mut(at).context("no such pen")?;
            if take(&mut pen.is_drawing)
                && *speech == Speech::Boards
                && pen.stop(scripts, &mut bytes)?
            {
                tally.commits_due += pen.others + 1;
                let conn = self.conns.get_mut(pen.conn).context("no such connection")?;
                conn.send(&bytes, epoll);
            }
        }
        let end = Instant::now() + DRAIN;
        while !self.world.tally.is_complete() && Instant::now() < end {
            self.run(Duration::from_millis(20))?;
        }
        let tally = take(&mut self.world.tally);
        self.world.tally.closed = tally.closed;
        Ok(tally)
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.conns
            .iter()
            .filter(|it| it.stage == Stage::Open)
            .count()
    }

    /// Draws what is due, waits for the next event or the time, and takes some events.
    fn turn(&mut self, end: u64) -> Result<()> {
        self.draw_due()?;
        let next = self
            .due
            .peek()
            .map_or(end, |Reverse((due, _))| end.min(*due));
        let wait = Duration::from_nanos(next.saturating_sub(self.world.now()));
        self.timer.wake_after(wait)?;
        let mut events = Vec::with_capacity(EVENTS);
        match epoll::wait(&self.world.epoll, spare_capacity(&mut events), None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        for event in events {
            if event.data.u64() != TIMER {
                self.serve(usize::try_from(event.data.u64())?, event.flags);
            }
        }
        Ok(())
    }

    fn draw_due(&mut self) -> Result<()> {
        let mut bytes = Vec::new();
        while let Some(Reverse((due, at))) = self.due.peek().copied() {
            let now = self.world.now();
            if due > now {
                break;
            }
            self.due.pop();
            let late = now - due;
            let next = if late > MOST_LATE { now } else { due } + self.period;
            self.due.push(Reverse((next, at)));
            bytes.clear();
            let World {
                speech,
                epoll,
                pens,
                scripts,
                tally,
                ..
            } = &mut self.world;
            let pen = pens.get_mut(at).context("no such pen")?;
            let is_commit = match speech {
                Speech::Boards => pen.draw(scripts, now, &mut bytes)?,
                Speech::Relay => pen.draw_stamped(scripts, now, &mut bytes)?,
            };
            if tally.measures(now) {
                tally.due += pen.others;
                tally.late.add(Duration::from_nanos(late));
            }
            if is_commit {
                let own = u64::from(*speech == Speech::Boards);
                tally.commits_due += pen.others + own;
            }
            let conn = self.conns.get_mut(pen.conn).context("no such connection")?;
            conn.send(&bytes, epoll);
        }
        Ok(())
    }

    fn serve(&mut self, at: usize, flags: EventFlags) {
        let Some(conn) = self.conns.get_mut(at) else {
            return;
        };
        let before = conn.stage;
        if flags.contains(EventFlags::OUT) {
            conn.write_more(&self.world.epoll);
        }
        if flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR)
            && let Err(error) = read(conn, &mut self.buffer, &mut self.world)
        {
            if conn.stage != Stage::Closed {
                conn.stage = Stage::Closed;
                // A socket that has ended would wake the loop for ever.
                conn.leave(&self.world.epoll);
                self.world.tally.closed += 1;
                self.world.tally.reason = format!("{error:#}");
            }
        }
        let is_opening = |stage| !matches!(stage, Stage::Open | Stage::Closed);
        if is_opening(before) && !is_opening(conn.stage) {
            self.opening -= 1;
        }
    }
}

fn read(conn: &mut Conn, buffer: &mut [u8], world: &mut World) -> Result<()> {
    let count = conn.read(buffer).context("the connection broke")?;
    let now = world.now();
    world.tally.reads += u64::from(count > 0 && world.tally.measures(now));
    let bytes = buffer.get(..count).unwrap_or_default();
    world.take_bytes(conn, bytes, now)
}
