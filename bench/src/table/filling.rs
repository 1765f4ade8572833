//! Finds how many rooms fill the core of the servers.

use anyhow::Result;

use super::drawing::{FRAME, ROOM};
use super::sample::{Sample, Spans, measure};
use super::target::Target;
use crate::load::Swarm;
use crate::output::say;

/// Rooms with which the search for a full core begins.
const FIRST: u32 = 60;
/// The most rooms that are tried: servers take 8,000 connections by default.
const MOST: u32 = 700;
/// A core is full from here on.
const FULL: f64 = 0.9;
/// What the search aims at.
const AIM: f64 = 0.95;
/// Steps of the search.
const STEPS: usize = 5;
/// So many times more rooms in one step.
const MOST_GROWTH: f64 = 3.0;
/// And at least such a part of the rooms that were too many.
const LEAST: f64 = 0.3;
/// A target keeps up if at least such a part of what is due arrives in time.
const KEEPING_UP: f64 = 0.93;
/// A queue has formed when half of the pieces take longer than this: a core that has more to do than it
/// can delivers in great batches, which are cheap and useless.
const QUEUED_MS: f64 = 40.0;
/// The generator is full when half of the pens are later than this.
const LATE_MS: f64 = 20.0;

/// How many rooms fill the core.
///
/// # Errors
/// The target fails.
pub(super) async fn fill(target: &mut Target) -> Result<u32> {
    let mut swarm = Swarm::new(target.speech())?;
    let (mut filled, mut count) = (0, FIRST);
    for _ in 0..STEPS {
        let rooms = target.rooms(count, ROOM.0, ROOM.1).await?;
        for room in rooms.iter().skip(usize::try_from(filled)?) {
            swarm.add(room)?;
        }
        filled = count;
        swarm.connect()?;
        let sample = measure(target, &mut swarm, Some(FRAME), Spans::of(0.4, 1.0))?;
        let used = sample.cores() + sample.redis_cores();
        let load = Load::of(&sample);
        say(&format!(
            "  {}: {count} rooms use {used:.2} cores, {load:?}",
            target.kind.name()
        ));
        count = match load {
            Load::Light => (f64::from(count) * (AIM / used.max(0.01)).min(MOST_GROWTH)) as u32,
            Load::Full => return Ok(count),
            Load::TooMuch(part) => return Ok((f64::from(count) * part.max(LEAST)) as u32),
        };
        count = count.min(MOST);
        if count <= filled {
            break;
        }
    }
    Ok(filled)
}

/// How a target bears its load.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Load {
    /// There is room for more.
    Light,
    /// Its core is full.
    Full,
    /// Only so great a part of what was due arrived in time, because the core is too full, or is shared
    /// with other programs.
    TooMuch(f64),
}

impl Load {
    fn of(sample: &Sample) -> Self {
        let tally = &sample.tally;
        let part = tally.arrived as f64 / tally.due.max(1) as f64;
        let is_late = tally.late.percentile_ms(50.0) > LATE_MS
            || tally.latency.percentile_ms(50.0) > QUEUED_MS;
        if part < KEEPING_UP {
            Self::TooMuch(part)
        } else if is_late || sample.cores() + sample.redis_cores() >= FULL {
            Self::Full
        } else {
            Self::Light
        }
    }
}
