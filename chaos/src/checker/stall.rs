//! Measures silent stalls, and how long it takes until all is saved again.
//!
//! A silent stall is a time in which a client lacks a commit although its status shows no problem. For
//! readers it begins when the first client received the commit, for the author when the author made it.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use shared::id::{ClientId, CommitNo, Epoch, Seq};
use shared::sync::Status;
use testkit::client::Note;
use tokio::time::Instant;

use super::evidence::Evidence;
use super::stream::Stream;

/// The longest silent stall that is allowed while a client is active (promise e).
const LIMIT: Duration = Duration::from_secs(2);
/// A client looks at its status so often.
const LOOK: Duration = Duration::from_millis(200);
/// A fault may be felt so long after its end.
const FELT: Duration = Duration::from_secs(12);

/// The longest silent stall of each client, with the client.
#[derive(Debug, Default)]
pub(super) struct Stalls(Vec<(ClientId, Duration, String)>);

impl Stalls {
    /// The longest one, and what was missing.
    pub(super) fn longest(&self) -> Option<(Duration, &str)> {
        let longest = self.0.iter().max_by_key(|(_, time, _)| *time)?;
        Some((longest.1, &longest.2))
    }
}

pub(super) fn longest(evidence: &Evidence, streams: &[Stream]) -> Stalls {
    let mut first: BTreeMap<(Instant, Epoch, Seq), ()> = BTreeMap::new();
    let mut seen: HashMap<(Epoch, Seq), Instant> = HashMap::new();
    for placed in streams.iter().flat_map(|it| &it.placed) {
        let place = (placed.at.epoch, placed.at.seq);
        let when = seen.entry(place).or_insert(placed.when);
        *when = placed.when.min(*when);
    }
    for ((epoch, seq), when) in seen {
        first.insert((when, epoch, seq), ());
    }
    let last = streams
        .iter()
        .flat_map(|it| &it.reached)
        .map(|it| it.0)
        .max();
    let staying = streams.iter().take(evidence.logs.len());
    let stalls = staying.filter_map(|stream| {
        let others = of_reader(stream, &first, last?);
        let own = of_author(stream);
        let longest = others.into_iter().chain(own).max_by_key(|it| it.0)?;
        Some((stream.me?, longest.0, longest.1))
    });
    Stalls(stalls.collect())
}

/// The longest stall of a client, over all commits that another client received.
fn of_reader(
    stream: &Stream,
    first: &BTreeMap<(Instant, Epoch, Seq), ()>,
    last: Instant,
) -> Option<(Duration, String)> {
    let mut longest: Option<(Duration, String)> = None;
    let mut next = 0;
    let begin = stream.reached.first()?.0;
    for (when, epoch, seq) in first.keys().filter(|(when, ..)| *when > begin) {
        // Positions are reached in order; another epoch replaces this one.
        let has = |reached: &(Instant, shared::id::Position)| {
            (reached.1.epoch == *epoch && reached.1.seq >= *seq)
                || (reached.1.epoch != *epoch && reached.0 > *when)
        };
        while stream.reached.get(next).is_some_and(|it| !has(it)) {
            next += 1;
        }
        let until = stream.reached.get(next).map_or(last, |it| it.0);
        let time = quiet_within(stream, *when, until);
        if longest.as_ref().is_none_or(|it| time > it.0) {
            longest = Some((time, format!("without the commit at {seq}")));
        }
    }
    longest
}

/// The longest stall over the own commits, up to their place in the log.
fn of_author(stream: &Stream) -> Option<(Duration, String)> {
    let me = stream.me?;
    let own = stream.placed.iter().filter(|it| it.author == me);
    let mut placed: HashMap<CommitNo, Instant> = HashMap::new();
    for it in own {
        placed.entry(it.cno).or_insert(it.when);
    }
    let stalls = placed.iter().filter_map(|(cno, when)| {
        let time = quiet_within(stream, *stream.submitted.get(cno)?, *when);
        Some((time, format!("with the own commit {cno} unsaved")))
    });
    stalls.max_by_key(|it| it.0)
}

/// How much of a time the status said that all is well.
fn quiet_within(stream: &Stream, from: Instant, to: Instant) -> Duration {
    if to <= from {
        return Duration::ZERO;
    }
    let skip = stream
        .quiet
        .partition_point(|it| it.to.is_some_and(|end| end <= from));
    let overlaps = stream.quiet.iter().skip(skip).take_while(|it| it.from < to);
    overlaps
        .map(|it| {
            it.to
                .unwrap_or(to)
                .min(to)
                .saturating_duration_since(it.from.max(from))
        })
        .sum()
}

pub(super) fn too_long(stalls: &Stalls, lag: Duration) -> Vec<String> {
    let broken = stalls
        .0
        .iter()
        .filter(|(_, time, _)| *time > LIMIT + LOOK + 4 * lag);
    broken
        .map(|(client, time, what)| format!("{client} was silent for {time:?} {what}"))
        .collect()
}

/// How long after the end of each fault of a kind each client showed that all is saved: those that
/// had something to save at that moment, or showed afterwards that something is wrong.
pub(super) fn recoveries(evidence: &Evidence, kind: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    for fault in evidence.faults.iter().filter(|it| it.kind == kind) {
        let next = evidence
            .faults
            .iter()
            .map(|it| it.from)
            .filter(|from| *from > fault.to)
            .min();
        let felt = next.map_or(fault.to + FELT, |next| next.min(fault.to + FELT));
        for log in &evidence.logs {
            let statuses = log.notes.iter().filter_map(|noted| match noted.note {
                Note::Status(status) => Some((noted.when, status)),
                _ => None,
            });
            let mut was_bad = false;
            for (when, status) in statuses {
                let is_saved = matches!(status, Status::Saved { .. } | Status::ReadOnly);
                if when < fault.to {
                    // Whether the change that was being saved when the fault ended was saved.
                    was_bad = !is_saved;
                } else if !is_saved && status != Status::Saving && when <= felt {
                    was_bad = true;
                }
                if was_bad && is_saved && when >= fault.to {
                    times.push(when - fault.to);
                    break;
                }
            }
        }
    }
    times
}

/// The longest time in which each client showed that something is wrong.
pub(super) fn notices(streams: &[Stream]) -> Vec<Duration> {
    let longest = |stream: &Stream| {
        let pauses = stream
            .quiet
            .windows(2)
            .filter_map(|two| Some(two[1].from - two[0].to?));
        pauses.max().unwrap_or_default()
    };
    streams.iter().map(longest).collect()
}

/// Notices that were longer than the case allows.
pub(super) fn long_notices(evidence: &Evidence, streams: &[Stream]) -> Vec<String> {
    let Some(limit) = evidence.longest_notice else {
        return Vec::new();
    };
    let times = notices(streams)
        .into_iter()
        .filter(|time| *time > limit + 4 * evidence.lag);
    times
        .map(|time| format!("a client showed for {time:?} that something is wrong"))
        .collect()
}
