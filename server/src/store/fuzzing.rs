//! What fuzz targets call: the readers of bytes that are on a disk or in Redis.

use std::collections::BTreeMap;

use shared::id::{ClientId, CommitNo, Seq};
use shared::protocol::StoredCommit;

use super::{BoardRecord, StoreError, authors, sealed, segment};
use crate::commit_bytes;

/// Reads the record of a board.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub fn read_record(bytes: &[u8]) -> Result<BoardRecord, StoreError> {
    BoardRecord::from_bytes(bytes)
}

/// Reads the last commit of each author in an encoded snapshot.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub fn read_authors(snapshot: &[u8]) -> Result<BTreeMap<ClientId, CommitNo>, StoreError> {
    authors::authors_of(snapshot)
}

/// Reads one commit as a table of the embedded store holds it.
#[must_use]
pub fn read_row(bytes: &[u8]) -> Option<StoredCommit> {
    commit_bytes::read_row(bytes)
}

/// Writes what [`read_row`] reads.
#[must_use]
pub fn write_row(commit: &StoredCommit) -> Vec<u8> {
    commit_bytes::row(commit)
}

/// Reads commits that follow each other.
#[must_use]
pub fn read_run(bytes: &[u8]) -> Option<Vec<StoredCommit>> {
    commit_bytes::read_run(bytes)
}

/// Seals bytes.
#[must_use]
pub fn seal(plain: &[u8]) -> Vec<u8> {
    sealed::seal(plain)
}

/// Opens sealed bytes of at most `max` bytes.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub fn unseal(bytes: &[u8], max: usize) -> Result<Vec<u8>, StoreError> {
    sealed::unseal(bytes, max)
}

/// Reads an archived segment.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub fn read_segment(bytes: &[u8]) -> Result<Vec<(Seq, StoredCommit)>, StoreError> {
    segment::unpack(bytes)
}
