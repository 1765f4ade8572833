//! Archived segments of a log: commits that a compaction removed from it, sealed.
//!
//! Plain form: `epoch (16) · first position (8) · run of commits`. It stays, because archives of
//! earlier versions are read.

use shared::id::{Epoch, Seq};
use shared::limits::{MAX_COMMIT_BYTES, MAX_LOG_NUMBER};
use shared::protocol::StoredCommit;

use super::StoreError;
use super::sealed::{seal, unseal};
use crate::commit_bytes::{push_run, read_run, take};

/// A segment is closed when it holds this much, so that looking something up
/// never unpacks a whole board.
const SEGMENT_BYTES: usize = 1024 * 1024;
/// Largest plain segment: one that was almost full when a large commit came.
const MAX_SEGMENT_BYTES: usize = SEGMENT_BYTES + MAX_COMMIT_BYTES + 1024;

/// A sealed segment and the position of its first commit.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) first: Seq,
    pub(super) sealed: Vec<u8>,
}

/// Packs contiguous commits.
pub(super) fn pack(epoch: Epoch, commits: &[(Seq, StoredCommit)]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut open: Option<(Seq, Vec<u8>)> = None;
    for (seq, commit) in commits {
        let (first, mut plain) = open.take().unwrap_or_else(|| (*seq, head(epoch, *seq)));
        push_run(&mut plain, commit);
        if plain.len() >= SEGMENT_BYTES {
            segments.push(Segment {
                first,
                sealed: seal(&plain),
            });
        } else {
            open = Some((first, plain));
        }
    }
    segments.extend(open.map(|(first, plain)| Segment {
        first,
        sealed: seal(&plain),
    }));
    segments
}

/// Unpacks one segment.
///
/// # Errors
/// [`StoreError::Corrupt`] if it is damaged.
pub(super) fn unpack(sealed: &[u8]) -> Result<Vec<(Seq, StoredCommit)>, StoreError> {
    let plain = unseal(sealed, MAX_SEGMENT_BYTES)?;
    let mut rest = plain.as_slice();
    let first = take::<16>(&mut rest).and_then(|_epoch| take::<8>(&mut rest));
    let first = first
        .map(u64::from_be_bytes)
        .filter(|it| *it <= MAX_LOG_NUMBER);
    let commits = first.and_then(|first| Some((first, read_run(rest)?)));
    let (first, commits) =
        commits.ok_or_else(|| StoreError::Corrupt("archived segment is malformed".to_owned()))?;
    Ok((first..).zip(commits).collect())
}

fn head(epoch: Epoch, first: Seq) -> Vec<u8> {
    let mut plain = epoch.as_bytes().to_vec();
    plain.extend_from_slice(&first.to_be_bytes());
    plain
}

#[cfg(test)]
mod tests {
    use shared::id::ClientId;

    use super::*;

    #[test]
    fn a_segment_beyond_any_log_is_refused() {
        let plain = head(Epoch::from_bytes([2; 16]), u64::MAX);
        assert!(unpack(&seal(&plain)).is_err());
    }

    #[test]
    fn a_long_log_becomes_several_segments_and_comes_back() {
        let author = ClientId::from_bytes([1; 16]);
        let commits: Vec<_> = (5..25)
            .map(|seq| {
                let payload = vec![3; 100_000].into();
                (
                    seq,
                    StoredCommit {
                        author,
                        cno: seq,
                        payload,
                    },
                )
            })
            .collect();
        let segments = pack(Epoch::from_bytes([2; 16]), &commits);
        assert_eq!(
            segments.iter().map(|it| it.first).collect::<Vec<_>>(),
            [5, 16]
        );
        let back: Vec<_> = segments
            .iter()
            .flat_map(|segment| unpack(&segment.sealed).unwrap())
            .collect();
        assert_eq!(back, commits);
    }
}
