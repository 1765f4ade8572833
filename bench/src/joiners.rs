//! Measures the memory of a server while clients join a full board and read nothing.
//!
//! Other clients fill the board before, with ink that no compression makes smaller, until the server
//! refuses more. The joiners come from several addresses. First comes one, for which the server
//! encodes the board; then come many that are silent, and then many that acknowledge parts without
//! reading them, so that the server believes that they arrived.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context as _, Result};
use shared::op::Op;
use shared::protocol::{ClientMsg, Refusal, ServerMsg};
use testkit::board::{Board, Link};
use testkit::client::Connection;
use testkit::fixtures::{commit, element_of, hello, ink, put, scattered_points, stroke};
use testkit::usage::resident;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::buffers::tcp_buffers;
use crate::output::say;
use crate::peer::Peer;
use crate::servers::{Deployment, Servers};

/// Clients that fill the board at the same time; each may send half a mebibyte in a second.
const FILLERS: u8 = 8;
/// Strokes of a commit, and points of a stroke. A commit is a little smaller than it may be.
const STROKES: u64 = 3;
const POINTS: u64 = 10_000;
/// Clients that join and do not read.
const JOINERS: u8 = 200;
/// Addresses that the joiners come from.
const ADDRESSES: u8 = 8;
/// How long the joiners stay. Silent clients are closed after 9 s.
const STAY: Duration = Duration::from_secs(8);
/// How often the memory is read, and how often a client acknowledges that it received something.
const LOOK: Duration = Duration::from_millis(100);
/// What a client acknowledges each time without having read it, in bytes.
const ACKNOWLEDGED: u64 = 16 * 1024;
/// From the last commit until the board is compacted and the server is quiet.
const SETTLE: Duration = Duration::from_secs(10);
/// Bytes of a mebibyte.
const MIB: f64 = 1024.0 * 1024.0;

/// Fills a board, lets clients join it, and prints the memory before and meanwhile.
///
/// # Errors
/// The server does not start, does not let a client in, or its memory cannot be read.
pub(crate) async fn run() -> Result<()> {
    let servers = Servers::open(&Deployment::Embedded).await?;
    let server = servers.urls.first().context("no server")?.clone();
    let process = servers.processes().first().and_then(|(_, id)| *id);
    let process = process.context("the server has ended")?;
    let board = Board::create(&server).await?;
    let bytes = fill(&server, board.edit).await?;
    sleep(SETTLE).await;
    say(&format!(
        "\njoiners: a full board with commits of {:.0} MiB",
        bytes as f64 / MIB
    ));
    print("before", Memory::now(process)?);
    for (count, conduct) in [
        (1, Conduct::Silent),
        (JOINERS, Conduct::Silent),
        (JOINERS, Conduct::Lying),
    ] {
        let most = join(&server, board.view, (count, conduct), process).await?;
        print(&format!("{count} {}", conduct.name()), most);
        sleep(SETTLE).await;
        print("after they left", Memory::now(process)?);
    }
    Ok(())
}

/// Commits until the board is full; returns the bytes of the commits.
async fn fill(server: &str, link: Link) -> Result<usize> {
    let mut fillers = JoinSet::new();
    for who in 1..=FILLERS {
        fillers.spawn(fill_as(server.to_owned(), link, who));
    }
    let mut bytes = 0;
    while let Some(filled) = fillers.join_next().await {
        bytes += filled??;
    }
    Ok(bytes)
}

async fn fill_as(server: String, link: Link, who: u8) -> Result<usize> {
    let mut peer = Peer::join(&server, link, who).await?;
    let mut bytes = 0;
    for cno in 1.. {
        let strokes = (0..STROKES).map(|at| scattered(who, cno * STROKES + at));
        let strokes: Vec<Op> = strokes.collect();
        let message = ClientMsg::Commit(commit(cno, strokes));
        let size = shared::protocol::encode(&message)?.len();
        peer.send(&message).await?;
        loop {
            match peer.next().await? {
                ServerMsg::Ack { .. } => break,
                ServerMsg::Refused { reason, .. } => {
                    anyhow::ensure!(reason == Refusal::BoardFull, "refused: {reason:?}");
                    return Ok(bytes);
                }
                _ => {}
            }
        }
        bytes += size;
    }
    Ok(bytes)
}

fn scattered(who: u8, number: u64) -> Op {
    let seed = u64::from(who) << 32 | number;
    put(stroke(
        element_of(who, number),
        ink(scattered_points(seed, POINTS, 2_048.0)),
    ))
}

/// How joiners treat the messages of the server.
#[derive(Debug, Clone, Copy)]
enum Conduct {
    /// They neither read nor acknowledge it.
    Silent,
    /// They acknowledge it without reading it.
    Lying,
}

impl Conduct {
    const fn name(self) -> &'static str {
        match self {
            Self::Silent => "that read nothing",
            Self::Lying => "that acknowledge without reading",
        }
    }
}

/// Lets clients join, and returns the most memory that was in use while they stayed.
async fn join(
    server: &str,
    link: Link,
    (count, conduct): (u8, Conduct),
    process: u32,
) -> Result<Memory> {
    let address: SocketAddr = server.trim_start_matches("http://").parse()?;
    let mut joiners = Vec::new();
    for who in 0..count {
        let from = Ipv4Addr::new(127, 0, 9, 1 + who % ADDRESSES);
        let board = link.board.to_string();
        let mut joiner = Connection::open_narrow_from(from, address, &board).await?;
        let hello = hello(link.secret, who);
        joiner.send(&ClientMsg::Hello(hello)).await?;
        joiners.push(joiner);
    }
    let (end, mut received) = (Instant::now() + STAY, 0);
    let mut most = Memory::now(process)?;
    while Instant::now() < end {
        sleep(LOOK).await;
        if matches!(conduct, Conduct::Lying) {
            received += ACKNOWLEDGED;
            for joiner in &mut joiners {
                // The server closes those that acknowledge more than it sent.
                joiner.send(&ClientMsg::Received(received)).await.ok();
            }
        }
        most = most.max(Memory::now(process)?);
    }
    Ok(most)
}

/// Memory in bytes.
#[derive(Debug, Clone, Copy)]
struct Memory {
    /// Of the server.
    resident: u64,
    /// Of the buffers of all TCP sockets of the machine.
    kernel: u64,
}

impl Memory {
    fn now(process: u32) -> Result<Self> {
        let resident = resident(process).context("the server has ended")?;
        let kernel = tcp_buffers()?;
        Ok(Self { resident, kernel })
    }

    fn max(self, other: Self) -> Self {
        Self {
            resident: self.resident.max(other.resident),
            kernel: self.kernel.max(other.kernel),
        }
    }
}

fn print(when: &str, memory: Memory) {
    say(&format!(
        "  {when:<38} server {:>6.0} MiB, TCP buffers {:>5.0} MiB",
        memory.resident as f64 / MIB,
        memory.kernel as f64 / MIB,
    ));
}
