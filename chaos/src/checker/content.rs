//! Finds changes that were lost, and changes that viewers made.

use shared::id::CommitNo;
use shared::protocol::Role;
use testkit::client::Note;

use super::evidence::{End, Evidence};
use crate::person::Log;

/// Commits that were made, or told to be durable before their author left, and are not there.
pub(super) fn lost(evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    let everybody = evidence.logs.iter().map(|log| (log, log.made));
    let gone = evidence.gone.iter().map(|(_, log)| (log, durable(log)));
    for (log, wanted) in everybody.chain(gone) {
        broken.extend(ended_badly(log));
        let Some(end) = &evidence.end else { continue };
        broken.extend(missing(log, wanted, end));
    }
    if evidence.end.is_none() {
        let waiting = evidence.logs.iter().filter(|log| log.pending > 0);
        broken.extend(waiting.map(|log| format!("{} still has {} pending", log.me, log.pending)));
    }
    broken
}

/// The last commit that a client was told to be durable.
fn durable(log: &Log) -> CommitNo {
    let told = log.notes.iter().map(|noted| match noted.note {
        Note::Durable(cno) => cno,
        _ => 0,
    });
    told.max().unwrap_or(0)
}

fn missing(log: &Log, wanted: CommitNo, end: &End) -> Vec<String> {
    let stored = end.authors.get(&log.me).copied().unwrap_or(0);
    let mut broken = Vec::new();
    if stored < wanted {
        broken.push(format!(
            "{} made {wanted} commits, {stored} are stored",
            log.me
        ));
    }
    let drawn = log.drawn.iter().filter(|(cno, _)| *cno <= wanted);
    let lost = drawn.filter(|(_, id)| end.board.get(*id).is_none()).count();
    if lost > 0 {
        broken.push(format!("{lost} strokes of {} are missing", log.me));
    }
    broken
}

/// What must not happen to a client whatever fails.
fn ended_badly(log: &Log) -> Vec<String> {
    let bad = |note: &Note| match note {
        Note::Refused(_) if log.role == Role::View => false,
        Note::Refused(_) | Note::GaveUp(_) | Note::IdentityLost => true,
        _ => false,
    };
    let notes = log.notes.iter().filter(|noted| bad(&noted.note));
    notes
        .map(|noted| format!("{}: {:?}", log.me, noted.note))
        .collect()
}

/// Commits of people who may only look.
pub(super) fn by_viewers(evidence: &Evidence) -> Vec<String> {
    let Some(end) = &evidence.end else {
        return Vec::new();
    };
    let viewers = evidence.logs.iter().filter(|log| log.role == Role::View);
    let wrote = viewers.filter(|log| end.authors.contains_key(&log.me));
    wrote
        .map(|log| format!("{} may only look, and wrote", log.me))
        .collect()
}

/// A server that grew too much.
pub(super) fn too_large(evidence: &Evidence) -> Vec<String> {
    let (before, most) = evidence.resident;
    let grew = most.saturating_sub(before);
    let limit = evidence.growth_limit.filter(|limit| grew > *limit);
    let broken = limit.map(|limit| format!("a server grew by {grew} bytes of {limit}"));
    broken.into_iter().collect()
}
