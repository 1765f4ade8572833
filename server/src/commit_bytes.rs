//! The byte form of commits, which stores and the Redis broker share.
//!
//! A row is `author (16) · number (8) · payload`, a run is rows with a length
//! before each payload (4). Numbers are big-endian. Boards are stored in this
//! form, and the scripts in Redis write it too, so no serde format can replace it.

use shared::id::{ClientId, CommitNo};
use shared::limits::{MAX_COMMIT_BYTES, MAX_LOG_NUMBER};
use shared::protocol::StoredCommit;

/// Writes one commit as a row.
pub(crate) fn row(commit: &StoredCommit) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(24 + commit.payload.len());
    bytes.extend_from_slice(commit.author.as_bytes());
    bytes.extend_from_slice(&commit.cno.to_be_bytes());
    bytes.extend_from_slice(&commit.payload);
    bytes
}

/// Reads a row; `None` if it is malformed.
pub(crate) fn read_row(bytes: &[u8]) -> Option<StoredCommit> {
    let mut rest = bytes;
    let (author, cno) = head(&mut rest)?;
    commit(author, cno, rest)
}

/// Adds a commit to a run.
pub(crate) fn push_run(run: &mut Vec<u8>, commit: &StoredCommit) {
    let length = u32::try_from(commit.payload.len()).unwrap_or(u32::MAX);
    run.extend_from_slice(commit.author.as_bytes());
    run.extend_from_slice(&commit.cno.to_be_bytes());
    run.extend_from_slice(&length.to_be_bytes());
    run.extend_from_slice(&commit.payload);
}

/// Reads a whole run; `None` if it is damaged.
pub(crate) fn read_run(mut rest: &[u8]) -> Option<Vec<StoredCommit>> {
    let mut commits = Vec::new();
    while !rest.is_empty() {
        let (author, cno) = head(&mut rest)?;
        let length = u32::from_be_bytes(take(&mut rest)?);
        let (payload, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        rest = after;
        commits.push(commit(author, cno, payload)?);
    }
    Some(commits)
}

/// Takes a fixed number of bytes off the front.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn head(rest: &mut &[u8]) -> Option<(ClientId, CommitNo)> {
    let author = ClientId::from_bytes(take(rest)?);
    Some((author, u64::from_be_bytes(take(rest)?)))
}

/// A stored commit obeys the same limit as one that a client sends.
fn commit(author: ClientId, cno: CommitNo, payload: &[u8]) -> Option<StoredCommit> {
    let fits = payload.len() <= MAX_COMMIT_BYTES && cno <= MAX_LOG_NUMBER;
    fits.then(|| StoredCommit {
        author,
        cno,
        payload: payload.to_vec().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(cno: u64, len: usize) -> StoredCommit {
        StoredCommit {
            author: ClientId::from_bytes([9; 16]),
            cno,
            payload: vec![7; len].into(),
        }
    }

    #[test]
    fn rows_and_runs_round_trip() {
        let commits = vec![sample(1, 0), sample(2, 300)];
        let mut run = Vec::new();
        commits.iter().for_each(|commit| push_run(&mut run, commit));
        assert_eq!(read_run(&run), Some(commits.clone()));
        assert_eq!(read_row(&row(&commits[1])), Some(commits[1].clone()));
    }

    #[test]
    fn a_run_cut_anywhere_is_refused() {
        let mut run = Vec::new();
        push_run(&mut run, &sample(1, 5));
        for cut in 1..run.len() {
            assert_eq!(read_run(&run[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn an_oversized_payload_is_refused() {
        assert_eq!(read_row(&row(&sample(1, MAX_COMMIT_BYTES + 1))), None);
    }
}
