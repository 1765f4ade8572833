//! How many live frames a room makes while people draw.
//!
//! A room sends the updates of a turn together, at most one frame in a tick
//! (`shared/src/sync/room/live_queue.rs`). The times at which pens send are known, so this
//! follows the rule through some seconds of drawing and counts.

use shared::id::Millis;

use crate::people::{FRAMES_PER_SECOND, STROKE_EVERY_MS, STROKE_MS, TICK_MS, pen_begins};

/// Strokes of each pen that are followed.
const CYCLES: u64 = 4;

/// The live frames that a room makes in a second for some of the pens of a board, if it gets their
/// updates at the times at which they draw.
pub(crate) fn frames_per_second(those: &[u32], pens: u32) -> f64 {
    let (mut frames, mut last) = (0_u32, None::<Millis>);
    for at in times(those, pens) {
        // What comes before the last frame is in it.
        if last.is_none_or(|last| at > last) {
            frames += 1;
            last = Some(last.map_or(at, |last| at.max(last + TICK_MS)));
        }
    }
    let seconds = (CYCLES * STROKE_EVERY_MS) as f64 / 1_000.0;
    f64::from(frames) / seconds
}

/// When some pens of a board send.
fn times(those: &[u32], pens: u32) -> Vec<Millis> {
    let mut times = Vec::new();
    for (pen, cycle) in those
        .iter()
        .flat_map(|pen| (0..CYCLES).map(move |cycle| (pen, cycle)))
    {
        let begin = cycle * STROKE_EVERY_MS + pen_begins(*pen, pens);
        let frames = 0..FRAMES_PER_SECOND * STROKE_MS / 1_000;
        times.extend(frames.map(|frame| begin + frame * 1_000 / FRAMES_PER_SECOND));
    }
    times.sort_unstable();
    times
}
