//! How many live frames a room makes while people draw.
//!
//! A room sends the updates of a turn together, at most one frame in a tick
//! (`shared/src/sync/room/live_queue.rs`). The times at which pens send are known, so this
//! follows the rule through some seconds of drawing and counts.

use shared::id::Millis;

use crate::people::{FRAMES_PER_SECOND, STROKE_EVERY_MS, STROKE_MS, TICK_MS, pen_begins};

/// Strokes of each pen that are followed.
const CYCLES: u64 = 4;

/// The live frames that a room makes in a second.
#[derive(Debug)]
pub(crate) struct Frames {
    /// All of them.
    pub(crate) all: f64,
    /// Those with updates of one pen only, which its person is not sent.
    pub(crate) of_one: f64,
    /// The part of all updates that is in these.
    pub(crate) updates_of_one: f64,
}

/// The live frames that a room makes in a second for some of the pens of a board, if it gets their
/// updates at the times at which they draw.
pub(crate) fn frames_per_second(those: &[u32], pens: u32) -> Frames {
    let mut frames: Vec<(Millis, Vec<u32>)> = Vec::new();
    for (at, pen) in times(those, pens) {
        match frames.last_mut() {
            // What comes before the last frame is in it.
            Some((last, of)) if at <= *last => of.push(pen),
            last => {
                let at = last.map_or(at, |(last, _)| at.max(*last + TICK_MS));
                frames.push((at, vec![pen]));
            }
        }
    }
    let of_one = || {
        let of = frames.iter().map(|(_, of)| of);
        of.filter(|of| of.iter().all(|pen| Some(pen) == of.first()))
    };
    let updates: usize = frames.iter().map(|(_, of)| of.len()).sum();
    let seconds = (CYCLES * STROKE_EVERY_MS) as f64 / 1_000.0;
    Frames {
        all: frames.len() as f64 / seconds,
        of_one: of_one().count() as f64 / seconds,
        updates_of_one: of_one().map(Vec::len).sum::<usize>() as f64 / updates.max(1) as f64,
    }
}

/// When some pens of a board send, and which.
fn times(those: &[u32], pens: u32) -> Vec<(Millis, u32)> {
    let mut times = Vec::new();
    for (pen, cycle) in those
        .iter()
        .flat_map(|pen| (0..CYCLES).map(move |cycle| (pen, cycle)))
    {
        let begin = cycle * STROKE_EVERY_MS + pen_begins(*pen, pens);
        let frames = 0..FRAMES_PER_SECOND * STROKE_MS / 1_000;
        times.extend(frames.map(|frame| (begin + frame * 1_000 / FRAMES_PER_SECOND, *pen)));
    }
    times.sort_unstable();
    times
}
