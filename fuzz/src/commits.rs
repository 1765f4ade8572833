//! Commits in their encoded form, which change a real board.

use shared::id::ClientId;
use shared::limits::MAX_FRAME_BYTES;
use shared::op::{Commit, Guard, Op};
use shared::protocol::{decode, encode};
use testkit::fixtures::client_id;

use crate::{golden, history, round_trip};

/// More commits than this take longer without showing more.
const MAX_COMMITS: usize = 64;

/// Reads commits, each with the number of its author, and applies them.
pub fn run(data: &[u8]) {
    let Some(commits) = round_trip::read::<Vec<(u8, Commit)>>(data, MAX_FRAME_BYTES) else {
        return;
    };
    let commits: Vec<(ClientId, Commit)> = commits
        .into_iter()
        .take(MAX_COMMITS)
        .map(|(who, commit)| (client_id(who % 4), commit))
        .collect();
    history::check(&commits);
}

/// The golden ops, one a commit, alone and in pairs.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let ops: Vec<Op> = golden::samples("op.")
        .iter()
        .map(|bytes| decode(bytes, MAX_FRAME_BYTES).unwrap())
        .collect();
    let commit = |guard, ops: &[Op]| Commit {
        cno: 1,
        guard,
        ops: ops.to_vec(),
    };
    let puts = ops.iter().filter(|op| matches!(op, Op::Put(_)));
    let puts: Vec<&Op> = puts.collect();
    let pair = |(at, op): (usize, &Op)| {
        let put = puts[at % puts.len()].clone();
        vec![
            (1, commit(Guard::Any, &[put])),
            (2, commit(Guard::Any, std::slice::from_ref(op))),
            (1, commit(Guard::MineOnly, std::slice::from_ref(op))),
        ]
    };
    let pairs = ops.iter().enumerate().map(pair);
    pairs
        .map(|commits: Vec<(u8, Commit)>| encode(&commits).unwrap().to_vec())
        .collect()
}
