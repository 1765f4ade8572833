//! What a swarm counted.

use std::ops::Range;
use std::time::Duration;

use crate::figures::Times;

/// What was counted within a window of time. Commits are counted from the first on.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The window, in nanoseconds of the swarm's clock; open at its end while it lasts.
    pub(super) window: Option<Range<u64>>,
    /// Pieces that arrived within the window.
    pub(crate) arrived: u64,
    /// Deliveries that the pieces sent within the window should become.
    pub(crate) due: u64,
    /// Those that they became.
    pub(crate) received: u64,
    /// Pieces that arrived within the window although the beginning of their stroke did not.
    pub(crate) orphans: u64,
    /// From sending a piece to its arrival.
    pub(crate) latency: Times,
    /// The same, where the pen is on another server.
    pub(crate) across: Times,
    /// Bytes of the messages with live updates that arrived within the window, without headers.
    pub(crate) live_bytes: u64,
    /// The same with headers of frames.
    pub(crate) live_wire_bytes: u64,
    /// Pieces in these messages, own ones too.
    pub(crate) live_pieces: u64,
    /// Frames that arrived within the window, pings too.
    pub(crate) frames: u64,
    /// Reads that returned something within the window: about as many as the writes of the server.
    pub(crate) reads: u64,
    /// How far pens were behind their schedule.
    pub(crate) late: Times,
    /// Deliveries and acks that the commits should become.
    pub(crate) commits_due: u64,
    /// Those that they became.
    pub(crate) commits: u64,
    /// Commits that the server refused.
    pub(crate) refused: u64,
    /// How often a client was told that storing is down.
    pub(crate) downs: u64,
    /// Connections that ended.
    pub(crate) closed: u64,
    /// The reason of the last one that ended.
    pub(crate) reason: String,
    /// From the beginning of a connection to the whole board.
    pub(crate) join: Times,
}

impl Tally {
    /// Whether a time is within the window.
    pub(super) fn measures(&self, at: u64) -> bool {
        self.window.as_ref().is_some_and(|it| it.contains(&at))
    }

    /// Counts a delivery; `sent` is `None` if it is not known which piece that was.
    pub(super) fn delivered(&mut self, sent: Option<u64>, now: u64, is_across: bool) {
        self.arrived += u64::from(self.measures(now));
        let Some(sent) = sent.filter(|sent| self.measures(*sent)) else {
            return;
        };
        self.received += 1;
        let took = Duration::from_nanos(now.saturating_sub(sent));
        self.latency.add(took);
        if is_across {
            self.across.add(took);
        }
    }

    /// Whether everything has arrived.
    pub(super) const fn is_complete(&self) -> bool {
        self.received >= self.due && self.commits >= self.commits_due
    }
}
