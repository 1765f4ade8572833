//! Decides from the evidence of a run whether the invariants held.
//!
//! Everything here is a function of notes: no process is asked. Layout: [`evidence`] is what is
//! known. `stream` reads the notes of one client, `history` compares what all clients saw, `content`
//! looks for lost changes, `stall`, `gaps` and `presence` measure times. `figures` sums up, and [`verdict`]
//! has the results.

mod content;
pub mod evidence;
mod figures;
mod gaps;
mod history;
mod presence;
mod stall;
mod stream;
#[cfg(test)]
mod tests;
pub mod verdict;

use crate::invariant::Invariant;
use evidence::Evidence;
use stream::Stream;
use verdict::{Outcome, Verdict};

pub(crate) use figures::millis;

/// Decides the invariants.
#[must_use]
pub fn check(evidence: &Evidence, invariants: &[Invariant]) -> Outcome {
    let everybody = || {
        evidence
            .logs
            .iter()
            .chain(evidence.gone.iter().map(|(_, log)| log))
    };
    let streams: Vec<Stream> = everybody().map(Stream::read).collect();
    let stalls = stall::longest(evidence, &streams);
    let ghosts = presence::longest(evidence);
    let decide = |invariant: Invariant| {
        let mut broken: Vec<String> = evidence
            .findings
            .iter()
            .filter(|(it, _)| *it == invariant)
            .map(|(_, text)| text.clone())
            .collect();
        broken.extend(match invariant {
            Invariant::Durability => content::lost(evidence),
            Invariant::Once => history::twice(evidence, &streams),
            Invariant::Agreement => history::disagreements(evidence, &streams),
            Invariant::Contiguity => streams.iter().flat_map(|it| it.holes.clone()).collect(),
            Invariant::Order => history::out_of_order(&streams),
            Invariant::Roles => content::by_viewers(evidence),
            Invariant::Presence => presence::too_long(&ghosts, evidence.lag),
            Invariant::Memory => content::too_large(evidence),
            Invariant::Delivery => {
                let silent = stall::too_long(&stalls, evidence.lag);
                silent
                    .into_iter()
                    .chain(stall::long_notices(evidence, &streams))
                    .collect()
            }
        });
        Verdict { invariant, broken }
    };
    let verdicts = invariants.iter().copied().map(decide).collect();
    let figures = figures::of(evidence, &streams, &stalls, &ghosts);
    Outcome { verdicts, figures }
}
