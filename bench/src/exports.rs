//! Measures exports of a board of many strokes: their time, the memory of the server, and how much
//! they delay a client of another board.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use reqwest::{Client, StatusCode};
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::op::Op;
use shared::protocol::{ClientMsg, ServerMsg};
use testkit::board::{Board, Link};
use testkit::fixtures::{commit, element_of, put, stroke};
use testkit::usage::{cpu_seconds, resident};
use tokio::time::{Instant, sleep};

use crate::fairness::Measured;
use crate::output::say;
use crate::peer::Peer;
use crate::servers::{Deployment, Servers};

/// Strokes of the board, and points of each: handwriting.
const STROKES: u64 = 100_000;
const POINTS: u32 = 30;
/// Strokes of one commit.
const STROKES_EACH: u64 = 500;
/// Strokes in a row of the board, and the distance between them in board units.
const ROW: u64 = 400;
const APART: f64 = 40.0;
/// The files that are exported.
const FILES: [&str; 5] = [
    "export.png?width=16384",
    "export.svg",
    "export.pdf",
    "export.json",
    "export.excalidraw",
];
/// How often the memory is read.
const LOOK: Duration = Duration::from_millis(50);
/// Time after the last stroke, until the server has stored a snapshot.
const SETTLE: Duration = Duration::from_secs(5);
/// Time until an export is asked for again.
const AGAIN: Duration = Duration::from_secs(1);
/// The acks beside an export are measured for so long, again and again until it ends.
const WINDOW: Duration = Duration::from_secs(3);
/// The number of the client that draws.
const FILLER: u8 = 200;
/// How long the other client is measured.
const ALONE: Duration = Duration::from_secs(20);
/// Bytes of a mebibyte.
const MIB: f64 = 1024.0 * 1024.0;

/// Fills a board, exports it, and prints the figures.
///
/// # Errors
/// The server does not start, or an export fails.
pub(crate) async fn run() -> Result<()> {
    let servers = Servers::open(&Deployment::Embedded).await?;
    let server = servers.urls.first().context("no server")?.clone();
    let process = servers.processes().first().and_then(|(_, id)| *id);
    let process = process.context("the server has ended")?;
    let board = Board::create(&server).await?;
    fill(&server, board.edit).await?;
    say(&format!("\nexports: {STROKES} strokes of {POINTS} points"));
    sleep(SETTLE).await;
    let mut other = Measured::join(&server).await?;
    other.measure(ALONE, &servers, "acks alone").await?;
    for file in FILES {
        let before = Usage::now(process)?;
        let export = tokio::spawn(export(server.clone(), board.view, file));
        let watch = tokio::spawn(watch(process));
        let name = format!("acks beside {file}");
        while !export.is_finished() {
            other.measure(WINDOW, &servers, &name).await?;
        }
        let (bytes, took) = export.await??;
        watch.abort();
        let after = Usage::now(process)?;
        print(file, (bytes, took), (before, after));
    }
    Ok(())
}

/// What a server has used.
#[derive(Debug, Clone, Copy)]
struct Usage {
    memory: u64,
    processor: f64,
}

impl Usage {
    fn now(process: u32) -> Result<Self> {
        let ended = "the server has ended";
        Ok(Self {
            memory: resident(process).context(ended)?,
            processor: cpu_seconds(process).context(ended)?,
        })
    }
}

/// The most memory that the server had since the last call.
static MOST: AtomicU64 = AtomicU64::new(0);

/// Reads the memory until the measurement ends.
async fn watch(process: u32) {
    MOST.store(0, Ordering::Relaxed);
    loop {
        MOST.fetch_max(resident(process).unwrap_or(0), Ordering::Relaxed);
        sleep(LOOK).await;
    }
}

fn print(file: &str, (bytes, took): (usize, Duration), (before, after): (Usage, Usage)) {
    say(&format!(
        "  {file:<24} {:>6.1} s, {:>7.1} MB, processor {:>6.1} s, memory {:>5.0} MiB before, at most {:>5.0} MiB",
        took.as_secs_f64(),
        bytes as f64 / 1e6,
        after.processor - before.processor,
        before.memory as f64 / MIB,
        MOST.load(Ordering::Relaxed) as f64 / MIB,
    ));
}

/// Exports a file and reads it to its end; returns its size and the time. A server whose budget for
/// exports is used up is asked again, which does not count.
async fn export(server: String, link: Link, file: &'static str) -> Result<(usize, Duration)> {
    let url = format!("{server}/api/v1/boards/{}/{file}", link.board);
    let client = Client::new();
    loop {
        let began = Instant::now();
        let request = client.get(&url).bearer_auth(link.secret.reveal());
        let mut answer = request.send().await?;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            sleep(AGAIN).await;
            continue;
        }
        ensure!(answer.status().is_success(), "{}", answer.text().await?);
        let mut bytes = 0;
        while let Some(piece) = answer.chunk().await? {
            bytes += piece.len();
        }
        return Ok((bytes, began.elapsed()));
    }
}

/// Puts the strokes on a board, in rows.
async fn fill(server: &str, link: Link) -> Result<()> {
    let mut peer = Peer::join(server, link, FILLER).await?;
    for cno in 1..=STROKES / STROKES_EACH {
        let numbers = (cno - 1) * STROKES_EACH..cno * STROKES_EACH;
        let strokes: Result<Vec<Op>> = numbers.map(written).collect();
        peer.send(&ClientMsg::Commit(commit(cno, strokes?))).await?;
        loop {
            match peer.next().await? {
                ServerMsg::Ack { .. } => break,
                ServerMsg::Refused { reason, .. } => bail!("refused: {reason:?}"),
                _ => {}
            }
        }
    }
    Ok(())
}

/// A loop of handwriting at its place in the rows.
fn written(number: u64) -> Result<Op> {
    let (column, row) = ((number % ROW) as f64 * APART, (number / ROW) as f64 * APART);
    let points = (0..POINTS).map(|step| {
        let turn = f64::from(step) / 4.0;
        let (x, y) = (f64::from(step) + 6.0 * turn.cos(), 12.0 + 9.0 * turn.sin());
        InkPoint::new(column + x, row + y, 0.3 + 0.4 * (step % 7) as f32 / 7.0)
    });
    let ink = Ink::encode(&points.collect::<Vec<_>>(), Quantum::for_zoom(1.0))?;
    Ok(put(stroke(element_of(FILLER, number), ink)))
}
