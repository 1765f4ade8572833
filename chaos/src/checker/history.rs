//! Compares what all clients saw: one history for all, each commit in it once and in order.

use std::collections::{BTreeMap, HashMap};

use shared::id::{ClientId, CommitNo, Epoch, Seq};

use super::evidence::Evidence;
use super::stream::Stream;
use crate::person::Log;

type History = BTreeMap<(Epoch, Seq), (ClientId, CommitNo)>;

/// What any client saw at each position. The first one that saw it counts.
fn seen(streams: &[Stream]) -> History {
    let mut history = History::new();
    for placed in streams.iter().flat_map(|it| &it.placed) {
        let place = (placed.at.epoch, placed.at.seq);
        history.entry(place).or_insert((placed.author, placed.cno));
    }
    history
}

/// Positions at which clients saw different commits or had different boards.
pub(super) fn disagreements(evidence: &Evidence, streams: &[Stream]) -> Vec<String> {
    let mut broken = Vec::new();
    let history = seen(streams);
    for placed in streams.iter().flat_map(|it| &it.placed) {
        let other = history[&(placed.at.epoch, placed.at.seq)];
        if other != (placed.author, placed.cno) {
            broken.push(format!("two commits at {:?}", placed.at));
        }
    }
    let mut digests = HashMap::new();
    for (at, digest) in streams.iter().flat_map(|it| &it.boards) {
        if *digests.entry((at.epoch, at.seq)).or_insert(*digest) != *digest {
            broken.push(format!("two boards at {at:?}"));
        }
    }
    if let Some(end) = &evidence.end {
        let differs = |log: &&Log| log.at != Some(end.at) || log.board != end.board;
        let others = evidence.logs.iter().filter(differs);
        broken.extend(others.map(|log| format!("{} differs in the end", log.me)));
        for (seq, author, cno) in evidence.stored.iter().flatten() {
            let seen = history.get(&(end.at.epoch, *seq));
            if seen.is_some_and(|seen| *seen != (*author, *cno)) {
                broken.push(format!("the log in the store differs at {seq}"));
            }
        }
    } else if let Some((first, others)) = evidence.logs.split_first() {
        // They may have agreed and only waited for something else, such as the disk.
        let differs = |log: &&Log| log.at != first.at || log.board != first.board;
        let others = others.iter().filter(differs);
        broken.extend(others.map(|log| format!("{} never had the board of the others", log.me)));
    }
    broken
}

/// Commits that are in the history twice.
pub(super) fn twice(evidence: &Evidence, streams: &[Stream]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut places = HashMap::new();
    for ((epoch, seq), (author, cno)) in seen(streams) {
        if let Some(first) = places.insert((epoch, author, cno), seq) {
            broken.push(format!("commit {cno} of {author} is at {first} and {seq}"));
        }
    }
    if let Some(end) = &evidence.end {
        let counted: u64 = end.authors.values().sum();
        if counted != end.at.seq {
            let text = format!("{counted} commits by number, {} by position", end.at.seq);
            broken.push(text);
        }
    }
    let mut stored = HashMap::new();
    for (seq, author, cno) in evidence.stored.iter().flatten() {
        if let Some(first) = stored.insert((*author, *cno), *seq) {
            broken.push(format!(
                "the store has commit {cno} of {author} at {first} and {seq}"
            ));
        }
    }
    broken
}

/// Authors whose commits are not in the order in which they were made.
pub(super) fn out_of_order(streams: &[Stream]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut last: HashMap<(Epoch, ClientId), CommitNo> = HashMap::new();
    for ((epoch, seq), (author, cno)) in seen(streams) {
        let before = last.insert((epoch, author), cno);
        if before.is_some_and(|before| cno < before) {
            broken.push(format!(
                "at {seq} commit {cno} of {author} follows {before:?}"
            ));
        }
    }
    broken
}
