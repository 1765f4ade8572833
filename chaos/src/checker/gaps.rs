//! How long people were without a connection.

use std::time::Duration;

use testkit::client::Note;

use super::evidence::Evidence;

/// The times from the end of each connection until a server let the person in again, in order of
/// length.
pub(super) fn between_connections(evidence: &Evidence) -> Vec<Duration> {
    let mut gaps = Vec::new();
    for log in &evidence.logs {
        let mut ended = None;
        for noted in &log.notes {
            match noted.note {
                Note::Disconnected(_) => ended = ended.or(Some(noted.when)),
                Note::Welcomed { .. } => {
                    gaps.extend(ended.take().map(|it| noted.when - it));
                }
                _ => {}
            }
        }
    }
    gaps.sort_unstable();
    gaps
}
