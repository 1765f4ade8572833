//! Figures of a run.

use std::time::Duration;

use testkit::client::Note;

use super::evidence::Evidence;
use super::gaps::between_connections;
use super::presence::Ghosts;
use super::stall::{Stalls, notices, recoveries};
use super::stream::Stream;

/// The figures that every case has, by name.
pub(super) fn of(
    evidence: &Evidence,
    streams: &[Stream],
    stalls: &Stalls,
    ghosts: &Ghosts,
) -> Vec<(&'static str, String)> {
    let logs = || {
        evidence
            .logs
            .iter()
            .chain(evidence.gone.iter().map(|(_, log)| log))
    };
    let count = |wanted: fn(&Note) -> bool| {
        logs()
            .flat_map(|log| &log.notes)
            .filter(|it| wanted(&it.note))
            .count()
    };
    let made: u64 = logs().map(|log| log.made).sum();
    let resent: usize = streams.iter().map(|it| it.resent).sum();
    let snapshots = count(|note| matches!(note, Note::Welcomed { delta: false, .. }));
    let deltas = count(|note| matches!(note, Note::Welcomed { delta: true, .. }));
    let stall = stalls.longest().map_or_else(String::new, |(time, what)| {
        format!("{} {what}", millis(time))
    });
    let mut figures = vec![
        ("commits", made.to_string()),
        ("resent", resent.to_string()),
        ("resumes by delta/snapshot", format!("{deltas}/{snapshots}")),
        ("longest silent stall", stall),
    ];
    let notice = notices(streams).into_iter().max().unwrap_or_default();
    figures.push(("longest notice", millis(notice)));
    let gaps = between_connections(evidence);
    if let (Some(half), Some(most), Some(last)) = (at(&gaps, 0.5), at(&gaps, 0.99), gaps.last()) {
        let (half, most, last) = (millis(half), millis(most), millis(*last));
        let text = format!("{half} / {most} / {last} of {}", gaps.len());
        figures.push(("between connections p50/p99/most", text));
    }
    if !evidence.faults.is_empty() {
        figures.push(("faults", evidence.faults.len().to_string()));
    }
    let mut kinds: Vec<&str> = evidence.faults.iter().map(|it| it.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let mut times = recoveries(evidence, kind);
        times.sort_unstable();
        if let (Some(half), Some(most)) = (at(&times, 0.5), at(&times, 0.99)) {
            let times = format!(
                "{kind}: {} / {} of {}",
                millis(half),
                millis(most),
                times.len()
            );
            figures.push(("Saved after the fault p50/p99", times));
        }
    }
    if let Some(ghost) = ghosts.longest() {
        figures.push(("longest ghost", millis(ghost)));
    }
    let (before, most) = evidence.resident;
    figures.push((
        "RSS before/most",
        format!("{}/{} MiB", before >> 20, most >> 20),
    ));
    figures.push(("lateness of timers", millis(evidence.lag)));
    figures
}

fn at(sorted: &[Duration], share: f64) -> Option<Duration> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last as f64 * share).ceil() as usize).copied()
}

pub(crate) fn millis(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}
