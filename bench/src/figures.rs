//! What was measured, and how it is printed: every figure with its unit.
//!
//! Knows counts and times. Must not know how they came about.

use crate::histogram::Histogram;
use crate::say;

/// What one bot, or all together, counted.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// From the frame in which a piece was due to its arrival at another bot.
    pub(crate) live: Histogram,
    /// From pen-up, or the end of a part, to arrival at another bot.
    pub(crate) commits: Histogram,
    /// From the same moment to the author's own ack.
    pub(crate) saved: Histogram,
    /// How late bots were with their own schedule.
    pub(crate) late: Histogram,
    /// Live frames sent that hold ink, their bytes and points.
    pub(crate) pieces: Tally,
    /// Commit frames sent, their bytes and the simplified points in them.
    pub(crate) stored: Tally,
    /// Points drawn.
    pub(crate) drawn: u64,
    /// Live frames heard, their bytes and the items in them.
    pub(crate) heard: Tally,
    /// Bytes of all frames heard.
    pub(crate) down_bytes: u64,
    /// Commits, own ones included, that are on the bots' boards.
    pub(crate) placed: u64,
}

/// So many things of so many bytes.
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
    /// Adds what another bot counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.live.merge(&other.live);
        self.commits.merge(&other.commits);
        self.saved.merge(&other.saved);
        self.late.merge(&other.late);
        self.pieces.merge(other.pieces);
        self.stored.merge(other.stored);
        self.heard.merge(other.heard);
        self.drawn += other.drawn;
        self.down_bytes += other.down_bytes;
        self.placed += other.placed;
    }

    /// Prints times and sizes.
    pub(crate) fn print(&self) {
        say("  delivery, counted from the schedule:");
        times("live piece, drawn to shown at another", &self.live);
        times("commit, pen up to applied at another", &self.commits);
        times("commit, pen up to saved (own ack)", &self.saved);
        times("bots behind their own schedule", &self.late);
        say("  size of messages, WebSocket and TCP headers apart:");
        let Self {
            pieces,
            stored,
            heard,
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
            ratio(heard.bytes, heard.frames),
            ratio(heard.bytes, heard.items),
            ratio(heard.items, heard.frames),
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

fn times(what: &str, times: &Histogram) {
    say(&format!(
        "    {what:<38} p50 {:>7.2} ms  p95 {:>7.2} ms  p99 {:>7.2} ms  longest {:>7.2} ms  (n = {})",
        times.per_mille_ms(500),
        times.per_mille_ms(950),
        times.per_mille_ms(990),
        times.longest_ms(),
        times.count(),
    ));
}

fn ratio(of: u64, by: u64) -> f64 {
    if by == 0 { 0.0 } else { of as f64 / by as f64 }
}
