//! A swarm: connections in rooms, pens that draw, and the loop that serves them all.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::mem::take;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, EventData, EventFlags};

use super::conn::{Call, Conn, Stage};
use super::room::Speech;
use super::script;
use super::tally::Tally;
use super::timer::Timer;
use super::world::World;

/// Bytes that are read at once.
const READ_BYTES: usize = 64 * 1024;
/// Events that are taken at once, between two looks at the pens.
const EVENTS: usize = 128;
/// The number of the timer; connections have smaller ones.
const TIMER: u64 = u64::MAX;
/// How long to wait for the last pieces and commits.
const DRAIN: Duration = Duration::from_millis(1_500);
/// Pens and clients of a swarm have numbers of their own: a block of so many.
const BLOCK: u32 = 1 << 20;
/// The next block.
static NEXT: AtomicU32 = AtomicU32::new(1);
/// A pen that is later than this leaves pieces out.
const MOST_LATE: u64 = 250_000_000;

/// Connections and pens.
#[derive(Debug)]
pub(crate) struct Swarm {
    pub(super) world: World,
    pub(super) conns: Vec<Conn>,
    pub(super) calls: VecDeque<Call>,
    /// Connections that are not open yet.
    pub(super) opening: usize,
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

    /// What was counted until now.
    pub(crate) const fn tally(&self) -> &Tally {
        &self.world.tally
    }

    /// Draws what is due, waits for the next event or the time, and takes some events.
    pub(super) fn turn(&mut self, end: u64) -> Result<()> {
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
            && conn.stage != Stage::Closed
        {
            conn.stage = Stage::Closed;
            // A socket that has ended would wake the loop for ever.
            conn.leave(&self.world.epoll);
            self.world.tally.closed += 1;
            self.world.tally.reason = format!("{error:#}");
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
