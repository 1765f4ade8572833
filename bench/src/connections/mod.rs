//! Holds very many connections, which are silent, and measures what they cost.
//!
//! A process can have some thousands of files, so there are several servers and several processes that
//! hold connections (`holder`). All use all cores of the machine. Each board is on one server, as behind a balancer that goes by the board.
//! Two further people are on one board at two servers; one of them draws.

mod holder;

use std::time::Duration;

use anyhow::{Context as _, Result};
use tempfile::TempDir;
use testkit::process::Process;
use tokio::process::Command;
use tokio::time::{Instant, sleep};

use crate::buffers::tcp_buffers;
use crate::figures::Times;
use crate::load::{Room, Swarm};
use crate::output::say;
use crate::servers::connections_each;
use crate::table::{Kind, Spans, Target, Usage, measure};
use holder::{Held, Holding};

pub(crate) use holder::hold;

/// People of a board.
const PEOPLE: u32 = 10;
/// Connections of a process that holds some.
const HELD_EACH: u32 = 15_000;
/// The time between two pieces of the pen.
const FRAME: Duration = Duration::from_nanos(16_666_667);
/// How often holders are looked at.
const LOOK: Duration = Duration::from_secs(2);
/// No more connections can be opened if fewer than a hundredth of all opened in this time.
const STALLED: Duration = Duration::from_secs(40);
/// How often their number is printed while they open.
const TELL: Duration = Duration::from_secs(8);
/// From then on until memory is read.
const CALM: Duration = Duration::from_secs(5);

/// Holds so many connections for a time.
///
/// # Errors
/// A server does not start, or ends.
pub(crate) async fn run(count: u32, time: Duration) -> Result<()> {
    let nodes = count.div_ceil(connections_each().await?).max(2);
    say(&format!(
        "{count} connections to {nodes} servers, {PEOPLE} people on each board"
    ));
    let mut target = Target::start_here(Kind::Many(usize::try_from(nodes)?)).await?;
    let boards = count.div_ceil(PEOPLE);
    let mut rooms = target.rooms(boards + 1, PEOPLE, 0).await?;
    let pair = rooms.pop().context("no board")?;
    for (at, room) in rooms.iter_mut().enumerate() {
        let node = at % room.nodes.len();
        room.nodes = room.nodes.iter().skip(node).take(1).copied().collect();
    }
    say(&format!("  {boards} boards are made"));
    let (before, buffers) = (target.usage()?, tcp_buffers()?);
    let began = Instant::now();
    let holders = Holders::start(&rooms).await?;
    holders.opened(usize::try_from(count)?).await?;
    let opening = (began.elapsed(), target.usage()?);
    sleep(CALM).await;
    let memory = (target.usage()?, tcp_buffers()?);
    let (open, _) = holders.held()?;
    print_opened(&open, (count, nodes), (before, buffers), opening, memory);
    draw(&target, &pair, time, open.open)?;
    let (end, joins) = holders.held()?;
    say(&format!(
        "  after {} s: {} connections are open, {} ended {}",
        time.as_secs(),
        end.open,
        end.closed,
        end.reason
    ));
    joins.print("from the SYN to the whole board");
    Ok(())
}

fn print_opened(
    held: &Held,
    (count, nodes): (u32, u32),
    (before, buffers_before): (Usage, u64),
    (took, opened): (Duration, Usage),
    (after, buffers): (Usage, u64),
) {
    let each = |bytes: u64| bytes as f64 / 1024.0 / held.open.max(1) as f64;
    say(&format!(
        "  {} of {count} are open after {:.1} s, which took {:.1} s of processor time of the servers",
        held.open,
        took.as_secs_f64(),
        opened.cpu - before.cpu
    ));
    let grown = after.memory.saturating_sub(before.memory);
    say(&format!(
        "  memory: {:.1} KiB of the servers for each connection ({:.0} MiB in all {nodes}), {:.1} KiB of TCP buffers at both ends",
        each(grown),
        after.memory as f64 / 1024.0 / 1024.0,
        each(buffers.saturating_sub(buffers_before)),
    ));
}

/// Lets a person draw for another one at another server, and prints what everything cost meanwhile.
fn draw(target: &Target, pair: &Room, time: Duration, open: usize) -> Result<()> {
    let ends = [pair.nodes.first(), pair.nodes.last()];
    let pair = Room {
        nodes: ends.into_iter().flatten().copied().collect(),
        people: 2,
        pens: 1,
        ..pair.clone()
    };
    let mut swarm = Swarm::new(target.speech())?;
    swarm.add(&pair)?;
    swarm.connect()?;
    let spans = Spans {
        settle: Duration::from_secs(1),
        measured: time,
    };
    let sample = measure(target, &mut swarm, Some(FRAME), spans)?;
    say(&format!(
        "  meanwhile: {:.3} cores of the servers, {:.3} of Redis, {:.3} a thousand connections in all",
        sample.cores(),
        sample.redis_cores(),
        (sample.cores() + sample.redis_cores()) * 1_000.0 / open.max(1) as f64,
    ));
    let tally = &sample.tally;
    say(&format!(
        "  ink between two servers meanwhile: {} of {} pieces lost",
        tally.due.saturating_sub(tally.received),
        tally.due
    ));
    tally.latency.print("piece, sent to received");
    Ok(())
}

/// The processes that hold connections.
struct Holders {
    processes: Vec<Process>,
    _files: TempDir,
}

impl Holders {
    async fn start(rooms: &[Room]) -> Result<Self> {
        let (files, mut processes) = (tempfile::tempdir()?, Vec::new());
        let each = usize::try_from(HELD_EACH / PEOPLE)?;
        for (at, rooms) in rooms.chunks(each).enumerate() {
            let file = files.path().join(at.to_string());
            std::fs::write(&file, serde_json::to_string(&Holding::of(rooms))?)?;
            let mut command = Command::new(std::env::current_exe()?);
            command.arg("--hold").arg(&file);
            processes.push(Process::spawn("holder", &mut command)?);
        }
        Ok(Self {
            processes,
            _files: files,
        })
    }

    /// Waits until all that can be opened of so many are open.
    async fn opened(&self, count: usize) -> Result<()> {
        let (mut told, mut grown) = (Instant::now(), (Instant::now(), 0));
        loop {
            sleep(LOOK).await;
            let states = self.states();
            let open: usize = states.iter().map(|it| it.open).sum();
            if told.elapsed() > TELL {
                told = Instant::now();
                let closed: u64 = states.iter().map(|it| it.closed).sum();
                say(&format!("  {open} are open, {closed} ended"));
            }
            let done = states.iter().filter(|it| it.is_done).count();
            if done == self.processes.len() {
                return Ok(());
            }
            if open > grown.1 + count / 100 {
                grown = (Instant::now(), open);
            } else if grown.0.elapsed() > STALLED {
                say("  the servers cannot take more: the cores are full, or they refuse");
                return Ok(());
            }
            for process in &self.processes {
                process.id().with_context(|| process.tail(5))?;
            }
        }
    }

    /// What each told last.
    fn states(&self) -> Vec<Held> {
        let last = |process: &Process| {
            let lines = process.output();
            lines
                .iter()
                .rev()
                .find_map(|line| serde_json::from_str(line).ok())
        };
        self.processes.iter().filter_map(last).collect()
    }

    /// What they hold together.
    fn held(&self) -> Result<(Held, Times)> {
        let (mut all, mut joins) = (Held::default(), Times::default());
        for state in self.states() {
            all.open += state.open;
            all.closed += state.closed;
            joins.add_recorded(&state.joins);
            if !state.reason.is_empty() {
                all.reason = state.reason;
            }
        }
        Ok((all, joins))
    }
}
