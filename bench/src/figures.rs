//! The measured figures, and how they are printed.

use std::time::Duration;

use hdrhistogram::Histogram;
use shared::model::Body;
use shared::op::Op;
use shared::protocol::{ClientMsg, LiveUpdate};

use crate::output::say;

/// The longest time that is recorded exactly, in microseconds: an hour.
const LONGEST_US: u64 = 3_600_000_000;

/// The figures of one bot, or of all together.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// From the frame in which a piece was due to its arrival at another bot.
    pub(crate) live: Times,
    /// From pen-up, or the end of a part, to arrival at another bot.
    pub(crate) commits: Times,
    /// From the same moment to the author's own ack.
    pub(crate) saved: Times,
    /// How late bots were in their own plans.
    pub(crate) late: Times,
    /// Live frames sent that hold ink, their bytes and points.
    pub(crate) pieces: Tally,
    /// Commit frames sent, their bytes and the simplified points in them.
    pub(crate) stored: Tally,
    /// Points drawn.
    pub(crate) drawn: u64,
    /// Live frames received, their bytes and the items in them.
    pub(crate) received: Tally,
    /// Bytes of all received frames.
    pub(crate) down_bytes: u64,
    /// Commits, own ones included, that are on the bots' boards.
    pub(crate) placed: u64,
}

/// A histogram of times, each exact to 1 %.
#[derive(Debug)]
pub(crate) struct Times(Histogram<u64>);

impl Default for Times {
    #[expect(clippy::expect_used, reason = "the bounds are constants")]
    fn default() -> Self {
        let times = Histogram::new_with_bounds(1, LONGEST_US, 2);
        Self(times.expect("one is less than half of an hour"))
    }
}

impl Times {
    /// Records a time; one beyond an hour counts as an hour.
    pub(crate) fn add(&mut self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.0.saturating_record(us);
    }

    /// How many times were recorded.
    pub(crate) fn count(&self) -> u64 {
        self.0.len()
    }

    /// Prints the percentiles; `what` says which times they are.
    pub(crate) fn print(&self, what: &str) {
        say(&format!(
            "    {what:<38} p50 {:>7.2} ms  p95 {:>7.2} ms  p99 {:>7.2} ms  longest {:>7.2} ms  (n = {})",
            self.percentile_ms(50.0),
            self.percentile_ms(95.0),
            self.percentile_ms(99.0),
            self.percentile_ms(100.0),
            self.count(),
        ));
    }

    /// Adds other times.
    pub(crate) fn merge(&mut self, other: &Self) {
        // All histograms have the same bounds, so every time of the other one fits.
        let added = self.0.add(&other.0);
        debug_assert!(added.is_ok(), "{added:?}");
    }

    /// The times in microseconds, and how often each was recorded.
    pub(crate) fn recorded(&self) -> Vec<(u64, u64)> {
        let recorded = self.0.iter_recorded();
        recorded
            .map(|it| (it.value_iterated_to(), it.count_at_value()))
            .collect()
    }

    /// Adds what [`Times::recorded`] returned elsewhere.
    pub(crate) fn add_recorded(&mut self, recorded: &[(u64, u64)]) {
        for (us, count) in recorded {
            self.0.saturating_record_n(*us, *count);
        }
    }

    /// A percentile of the times, in milliseconds.
    pub(crate) fn percentile_ms(&self, percentile: f64) -> f64 {
        self.0.value_at_percentile(percentile) as f64 / 1_000.0
    }
}

/// A number of frames, with their bytes and items.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) frames: u64,
    pub(crate) bytes: u64,
    pub(crate) items: u64,
}

impl Tally {
    /// Counts a frame.
    pub(crate) fn add(&mut self, bytes: usize, items: usize) {
        self.frames += 1;
        self.bytes += bytes as u64;
        self.items += items as u64;
    }

    fn merge(&mut self, other: Self) {
        self.frames += other.frames;
        self.bytes += other.bytes;
        self.items += other.items;
    }
}

impl Figures {
    /// Counts a message that was sent in a frame of so many bytes.
    pub(crate) fn sent(&mut self, message: &ClientMsg, bytes: usize) {
        match message {
            ClientMsg::Live(LiveUpdate::Ink { from: _, ink }) => {
                self.pieces.add(bytes, ink.len());
                self.drawn += ink.len() as u64;
            }
            ClientMsg::Commit(commit) => {
                let points = commit.ops.iter().map(points_of).sum();
                self.stored.add(bytes, points);
            }
            ClientMsg::Hello(_)
            | ClientMsg::Live(_)
            | ClientMsg::Profile(_)
            | ClientMsg::Received(_)
            | ClientMsg::ChatPage(_) => {}
        }
    }

    /// Adds the figures of another bot.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.live.merge(&other.live);
        self.commits.merge(&other.commits);
        self.saved.merge(&other.saved);
        self.late.merge(&other.late);
        self.pieces.merge(other.pieces);
        self.stored.merge(other.stored);
        self.received.merge(other.received);
        self.drawn += other.drawn;
        self.down_bytes += other.down_bytes;
        self.placed += other.placed;
    }

    /// Prints times and sizes.
    pub(crate) fn print(&self) {
        say("  delivery, counted from the schedule:");
        self.live.print("live piece, drawn to received by another");
        self.commits.print("commit, pen up to received by another");
        self.saved.print("commit, pen up to saved (own ack)");
        self.late.print("bots behind their own plans");
        say("  size of messages, WebSocket and TCP headers apart:");
        let Self {
            pieces,
            stored,
            received,
            ..
        } = self;
        say(&format!(
            "    live piece up      {:>7.1} B a piece, {:.2} B a point ({} pieces)",
            ratio(pieces.bytes, pieces.frames),
            ratio(pieces.bytes, pieces.items),
            pieces.frames,
        ));
        say(&format!(
            "    live frame down    {:>7.1} B a frame, {:.1} B an item (cursors too), {:.1} items a frame",
            ratio(received.bytes, received.frames),
            ratio(received.bytes, received.items),
            ratio(received.items, received.frames),
        ));
        say(&format!(
            "    commit up          {:>7.1} B a commit, {:.2} B a stored point, {:.2} B a drawn point",
            ratio(stored.bytes, stored.frames),
            ratio(stored.bytes, stored.items),
            ratio(stored.bytes, self.drawn),
        ));
        say(&format!(
            "    all frames down    {:>7.2} MB",
            self.down_bytes as f64 / 1e6
        ));
    }
}

fn ratio(of: u64, by: u64) -> f64 {
    if by == 0 { 0.0 } else { of as f64 / by as f64 }
}

/// Points that an op stores.
fn points_of(op: &Op) -> usize {
    match op {
        Op::Put(new) | Op::Restore(new) => match &new.body {
            Body::Stroke(stroke) => stroke.len(),
            Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image => 0,
        },
        Op::Extend { ink, .. } => ink.len(),
        Op::Set { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_thousand_even_times_are_true_to_a_hundredth() {
        let (mut times, mut other) = (Times::default(), Times::default());
        (1..=500).for_each(|ms| times.add(Duration::from_millis(ms)));
        (501..=1_000).for_each(|ms| other.add(Duration::from_millis(ms)));
        times.merge(&other);
        for (percentile, should) in [(50.0, 500.0), (99.0, 990.0), (100.0, 1_000.0)] {
            let is = times.percentile_ms(percentile);
            assert!((is - should).abs() <= should * 0.01, "{percentile}: {is}");
        }
        assert_eq!(times.count(), 1_000);
    }

    #[test]
    fn a_time_beyond_the_bounds_counts() {
        let mut times = Times::default();
        times.add(Duration::from_secs(100_000));
        assert_eq!(times.count(), 1);
    }
}
