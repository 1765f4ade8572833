//! Boards: how many are open, who is on them, and how long opening one takes.

use std::time::{Duration, Instant};

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use shared::sync::RoomCounts;

use super::label::{CountBy, count, label};
use super::open::OpenGuard;
use super::registrar::{Buckets, Registrar};

/// A small board takes milliseconds; a replay of the largest one takes a minute.
const OPENING: Buckets = Buckets(&[0.005, 0.02, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]);

/// How the opening of a board ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpeningEnd {
    Opened,
    /// Store or broker failed, or the board cannot be replayed.
    Failed,
    /// No session waited for it any more, or the server shut down.
    GivenUp,
}

label!(OpeningEnd, "outcome", {
    OpeningEnd::Opened => "opened",
    OpeningEnd::Failed => "failed",
    OpeningEnd::GivenUp => "given_up",
});

/// Counts and measures boards.
#[derive(Debug, Clone)]
pub(crate) struct BoardMetrics {
    open: Gauge,
    people: Gauge,
    opening: Gauge,
    openings: CountBy<OpeningEnd>,
    opening_time: Histogram,
    replay_time: Histogram,
    sessions_restarted: Counter,
    epochs_changed: Counter,
}

/// A board that is being opened.
#[derive(Debug)]
pub(crate) struct Opening {
    metrics: BoardMetrics,
    since: Instant,
    _waiting: OpenGuard,
}

impl BoardMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        Self {
            open: all.gauge("boards_open", "Boards that are open on this server"),
            people: all.gauge("people", "People who have joined a board on this server"),
            opening: all.gauge("boards_opening", "Boards that are being opened"),
            openings: all.count_by("board_openings", "Openings of boards that ended"),
            opening_time: all.seconds(
                "board_opening",
                "Time from the first request for a board until it was open",
                &OPENING,
            ),
            replay_time: all.seconds(
                "board_replay",
                "Processor time that the replay of a board took, without waits for its turn",
                &OPENING,
            ),
            sessions_restarted: all.counter(
                "sessions_restarted",
                "Sessions that read too slowly and began again from a snapshot",
            ),
            epochs_changed: all.counter(
                "epochs_changed",
                "Boards whose history went on in a new epoch, because the store may have lost a part of it or their slot moved",
            ),
        }
    }

    /// Counts a board as open.
    pub(crate) fn board_opened(&self) -> OpenGuard {
        OpenGuard::new(&self.open)
    }

    /// Counts a person on a board.
    pub(super) fn person_joined(&self) -> OpenGuard {
        OpenGuard::new(&self.people)
    }

    /// A session asked for a board that is not open.
    pub(crate) fn opening_began(&self) -> Opening {
        Opening {
            metrics: self.clone(),
            since: Instant::now(),
            _waiting: OpenGuard::new(&self.opening),
        }
    }

    /// A board was replayed in turns of this length together.
    pub(crate) fn replayed(&self, took: Duration) {
        self.replay_time.observe(took.as_secs_f64());
    }

    pub(super) fn room_acted(&self, counts: &RoomCounts) {
        count(&self.sessions_restarted, counts.sessions_restarted);
        count(&self.epochs_changed, counts.epochs_changed);
    }
}

impl Opening {
    /// The opening ended.
    pub(crate) fn ended(self, end: OpeningEnd) {
        self.metrics.openings.add(end, 1);
        if end == OpeningEnd::Opened {
            let took = self.since.elapsed();
            self.metrics.opening_time.observe(took.as_secs_f64());
        }
    }
}
