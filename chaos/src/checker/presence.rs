//! Measures how long people who left for good were still shown to others.

use std::time::Duration;

use shared::id::ClientId;
use testkit::client::Note;
use tokio::time::Instant;

use super::evidence::{Departure, Evidence, Leaving};
use crate::person::Log;

/// The longest time after a crash, and after a close (promise g).
const CRASHED_LIMIT: Duration = Duration::from_secs(10);
const CLOSED_LIMIT: Duration = Duration::from_secs(3);

/// How long each person who left was still shown.
#[derive(Debug, Default)]
pub(super) struct Ghosts(Vec<(Departure, Duration)>);

impl Ghosts {
    pub(super) fn longest(&self) -> Option<Duration> {
        self.0.iter().map(|(_, time)| *time).max()
    }
}

pub(super) fn longest(evidence: &Evidence) -> Ghosts {
    let mut ghosts = Ghosts::default();
    let end = evidence
        .logs
        .iter()
        .flat_map(|log| log.notes.last())
        .map(|noted| noted.when)
        .max();
    for (departure, _) in &evidence.gone {
        for log in &evidence.logs {
            if let Some(time) = shown(log, departure, end) {
                ghosts.0.push((*departure, time));
            }
        }
    }
    ghosts
}

/// How long one person still saw another one who had left; `None` if they did not see them then.
fn shown(log: &Log, departure: &Departure, end: Option<Instant>) -> Option<Duration> {
    let has = |people: &[ClientId]| people.contains(&departure.client);
    let mut is_shown = false;
    for noted in &log.notes {
        let after = noted.when > departure.when;
        let Note::People(people) = &noted.note else {
            continue;
        };
        if after && is_shown && !has(people) {
            return Some(noted.when - departure.when);
        }
        is_shown = has(people);
    }
    (is_shown).then(|| end.map(|end| end - departure.when))?
}

pub(super) fn too_long(ghosts: &Ghosts, lag: Duration) -> Vec<String> {
    let broken = ghosts.0.iter().filter(|(departure, time)| {
        let limit = match departure.leaving {
            Leaving::Closed => CLOSED_LIMIT,
            Leaving::Crashed => CRASHED_LIMIT,
        };
        *time > limit + 4 * lag
    });
    broken
        .map(|(departure, time)| format!("{} was shown for {time:?}", departure.client))
        .collect()
}
