//! Commits: received, accepted, refused and acknowledged.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use shared::id::Millis;
use shared::protocol::Refusal;
use shared::sync::RoomCounts;

use super::label::{CountBy, Label as _, count, label};
use super::registrar::{Buckets, Registrar};

/// From a fast disk to a store that was away.
const ACK: Buckets = Buckets(&[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
]);

label!(Refusal, "reason", {
    Refusal::ViewOnly => "view_only",
    Refusal::Invalid => "invalid",
    Refusal::BoardFull => "board_full",
    Refusal::TooFast => "too_fast",
    Refusal::TooCostly => "too_costly",
    Refusal::Frozen => "frozen",
    Refusal::Muted => "muted",
    Refusal::Forbidden => "forbidden",
    Refusal::Protected => "protected",
    Refusal::ProposalsOnly => "proposals_only",
});

/// What the author of a commit was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// It is in the log.
    Saved,
    /// It is safe from power loss.
    Durable,
}

label!(Level, "level", {
    Level::Saved => "saved",
    Level::Durable => "durable",
});

/// Counts commits.
#[derive(Debug, Clone)]
pub(crate) struct CommitMetrics {
    received: Counter,
    accepted: Counter,
    refused: CountBy<Refusal>,
    acknowledged: CountBy<Level>,
    saved_after: Histogram,
    durable_after: Histogram,
}

impl CommitMetrics {
    pub(super) fn new(all: &mut Registrar<'_>) -> Self {
        let times = all.seconds_by::<Level>(
            "commit_ack",
            "Time from receiving a commit until its author is told that it is saved or durable",
            ACK,
        );
        Self {
            received: all.counter("commits_received", "Commits that clients sent"),
            accepted: all.counter(
                "commits_accepted",
                "Commits that were passed on to the store",
            ),
            refused: all.count_by("commits_refused", "Commits that were refused"),
            acknowledged: all.count_by(
                "commits_acknowledged",
                "Commits whose authors were told that they are saved or durable",
            ),
            saved_after: times.get_or_create_owned(&Level::Saved.label()),
            durable_after: times.get_or_create_owned(&Level::Durable.label()),
        }
    }

    pub(super) fn room_acted(&self, counts: &RoomCounts) {
        count(&self.received, counts.commits_received);
        count(&self.accepted, counts.commits_accepted);
        for reason in &counts.commits_refused {
            self.refused.add(*reason, 1);
        }
        self.acknowledged(Level::Saved, &self.saved_after, &counts.saved);
        self.acknowledged(Level::Durable, &self.durable_after, &counts.durable);
    }

    fn acknowledged(&self, level: Level, times: &Histogram, after: &[Millis]) {
        if after.is_empty() {
            return;
        }
        self.acknowledged.add(level, after.len() as u64);
        for millis in after {
            times.observe(std::time::Duration::from_millis(*millis).as_secs_f64());
        }
    }
}
