//! Measures how soon ink drawn on one page shows on another page, across two servers and a Redis.
//!
//! It prints the median, the 95th percentile and the longest time from the pointer event on page A
//! to the first frame of page B with ink at that place, and the bytes that a live piece and a point
//! take on the wire. Both pages run in one browser, so they share a clock. Page B is checked once a
//! frame, so each time is up to one frame too long. It includes the smoothing of the ink. The
//! figures are only comparable on one machine.
//!
//! `cargo run --release -p e2e --bin latency [strokes]`

#![allow(clippy::print_stdout, reason = "the program prints figures")]

use anyhow::{Context, Result};
use e2e::browser::SiteData;
use e2e::input::Pointer;
use e2e::log::{Direction, Frame};
use e2e::page::At;
use e2e::person::{Person, line};
use e2e::test_env::TestEnv;

/// The x coordinates at which a stroke is timed.
const MARKS: [f64; 9] = [
    320.0, 400.0, 480.0, 560.0, 640.0, 720.0, 800.0, 880.0, 960.0,
];

/// Where every stroke begins and ends.
const ENDS: (f64, f64) = (270.0, 1010.0);

/// Pointer moves in a stroke; one takes about a frame.
const MOVES: u32 = 74;

/// The measurements of one stroke.
#[derive(Debug, Default)]
struct Sample {
    /// Milliseconds until each mark had ink.
    times: Vec<f64>,
    missed: usize,
    sent: Vec<Frame>,
    received: Vec<Frame>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let strokes = std::env::args()
        .nth(1)
        .map_or(Ok(20), |count| count.parse())?;
    let mut env = TestEnv::start(SiteData::Allowed).await?;
    let [first, second] = env.two_servers().await?;
    let board = env.board(&first).await?;
    let ada = env.guest("ada", &board.owner.at(&first)).await?;
    let ben = env.guest("ben", &board.edit.at(&second)).await?;
    ada.pick_tool("Pen").await?;

    let mut samples = Vec::new();
    for _ in 0..strokes {
        samples.push(measure(&ada, &ben).await?);
        // The next stroke needs an empty board.
        ada.wait_until_saved().await?;
        ada.page.press("Ctrl+z").await?;
        ben.wait_for_elements(0).await?;
    }
    report(&samples);
    env.browser.close().await
}

/// Draws one stroke on Ada's page and times it on Ben's.
async fn measure(ada: &Person, ben: &Person) -> Result<Sample> {
    let y = 380.0;
    let marks = serde_json::to_string(&MARKS)?;
    ada.page
        .eval::<Option<()>>(&format!("{}({marks})", WATCH_POINTER.trim()))
        .await?;
    ben.page
        .eval::<Option<()>>(&format!("{}({marks}, {y})", WATCH_INK.trim()))
        .await?;
    let (sent, received) = (ada.page.log().frames().len(), ben.page.log().frames().len());

    let path = line(At(ENDS.0, y), At(ENDS.1, y), MOVES);
    let (start, end) = (
        path.first().context("empty path")?,
        path.last().context("empty path")?,
    );
    let mouse = Pointer::default();
    ada.page.down(mouse, *start).await?;
    for point in path.iter().skip(1) {
        ada.page.drag(mouse, *point).await?;
    }
    let seen: Vec<Option<f64>> = ben
        .page
        .wait_for("globalThis.__marksDone && __marks")
        .await?;
    let live_sent = ada.page.log().frames().split_off(sent);
    let live_received = ben.page.log().frames().split_off(received);
    ada.page.up(mouse, *end).await?;
    let passed: Vec<Option<f64>> = ada.page.eval("__passed").await?;
    let pairs = passed.iter().zip(&seen);
    let times: Vec<f64> = pairs
        .filter_map(|(from, to)| Some((*to)? - (*from)?))
        .collect();
    Ok(Sample {
        missed: MARKS.len() - times.len(),
        times,
        sent: live_sent
            .into_iter()
            .filter(|frame| frame.way == Direction::Sent)
            .collect(),
        received: live_received
            .into_iter()
            .filter(|frame| frame.way == Direction::Received)
            .collect(),
    })
}

/// On page A: records when the pointer passes each mark.
const WATCH_POINTER: &str = r"((marks) => {
  globalThis.__passed = marks.map(() => null);
  if (globalThis.__watching) return null;
  globalThis.__watching = true;
  addEventListener('pointermove', (event) => {
    if (!event.buttons) return;
    marks.forEach((x, i) => {
      if (__passed[i] === null && event.clientX >= x) {
        __passed[i] = performance.timeOrigin + event.timeStamp;
      }
    });
  }, { capture: true });
  return null;
})";

/// On page B: records the first frame with ink at each mark, for at most ten seconds.
const WATCH_INK: &str = r"((marks, y) => {
  globalThis.__marks = marks.map(() => null);
  globalThis.__marksDone = false;
  const end = performance.now() + 10000;
  const look = () => {
    const i = __marks.indexOf(null);
    if (i < 0 || performance.now() > end) { globalThis.__marksDone = true; return; }
    for (let j = i; j < marks.length && __e2e.ink(marks[j] - 3, y - 8, 6, 30) > 0; j++) {
      __marks[j] = performance.timeOrigin + performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return null;
})";

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of frames and bytes are small"
)]
fn report(samples: &[Sample]) {
    let mut times: Vec<f64> = samples
        .iter()
        .flat_map(|s| s.times.iter().copied())
        .collect();
    times.sort_by(f64::total_cmp);
    let missed: usize = samples.iter().map(|sample| sample.missed).sum();
    println!("strokes            {}", samples.len());
    println!("marks timed        {} (missed {missed})", times.len());
    println!("pointer to ink     p50 {:.1} ms", percentile(&times, 50));
    println!("                   p95 {:.1} ms", percentile(&times, 95));
    println!("                   max {:.1} ms", percentile(&times, 100));
    let points = samples.len() * MOVES as usize;
    let figure = |name: &str, frames: Vec<&Frame>| {
        let bytes: usize = frames.iter().map(|frame| frame.bytes.len()).sum();
        println!(
            "{name}  {:.1} bytes a frame, {:.2} bytes a point ({} frames, {points} points)",
            bytes as f64 / frames.len().max(1) as f64,
            bytes as f64 / points as f64,
            frames.len(),
        );
    };
    figure(
        "sent by A        ",
        samples.iter().flat_map(|sample| &sample.sent).collect(),
    );
    figure(
        "received by B    ",
        samples.iter().flat_map(|sample| &sample.received).collect(),
    );
}

/// A percentile of sorted values.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(rank).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(
            (percentile(&values, 50), percentile(&values, 95)),
            (2.0, 4.0)
        );
        assert!(percentile(&[], 50).is_nan());
    }
}
