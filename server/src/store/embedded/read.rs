//! Reads boards, each call in one read transaction, so in one consistent state.

use bytes::Bytes;
use redb::{Database, ReadTransaction, ReadableDatabase as _};
use shared::id::{BoardId, Position, Seq};
use shared::limits::{MAX_CHAT_BYTES, MAX_SNAPSHOT_BYTES};
use shared::protocol::StoredCommit;
use shared::sync::log::{Head, Loaded};

use super::super::sealed::unseal;
use super::super::segment::unpack;
use super::super::{BoardRecord, READ_BYTES, READ_COMMITS, StoreError, Tail};
use super::tables::{ARCHIVE, BoardRow, CHAT_PAGES, LOG, RECORDS, SNAPSHOTS, head_in};
use crate::commit_bytes::read_row;

/// Why reading failed.
pub(super) enum ReadError {
    Store(StoreError),
    Database(redb::Error),
}

impl<E: Into<redb::Error>> From<E> for ReadError {
    fn from(error: E) -> Self {
        Self::Database(error.into())
    }
}

impl From<ReadError> for StoreError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Store(error) => error,
            ReadError::Database(redb::Error::Corrupted(reason)) => Self::Corrupt(reason),
            ReadError::Database(error) => Self::Unavailable(error.to_string()),
        }
    }
}

/// Commits with their positions.
type Log = Vec<(Seq, StoredCommit)>;

/// What a read answers.
pub(super) type Read<T> = Result<T, ReadError>;

fn corrupt(reason: String) -> ReadError {
    ReadError::Store(StoreError::Corrupt(reason))
}

pub(super) fn record(database: &Database, board: BoardId) -> Read<Option<(BoardRecord, u64)>> {
    let records = database.begin_read()?.open_table(RECORDS)?;
    let Some(row) = records.get(board.as_bytes())? else {
        return Ok(None);
    };
    let (version, bytes) = row.value();
    let record = BoardRecord::from_bytes(bytes).map_err(ReadError::Store)?;
    Ok(Some((record, version)))
}

pub(super) fn head(database: &Database, board: BoardId) -> Read<Option<Head>> {
    let found = head_in(&database.begin_read()?, board)?;
    Ok(found.map(|(row, record_version)| Head {
        at: row.at,
        record_version,
        bytes: row.bytes,
    }))
}

pub(super) fn load(database: &Database, board: BoardId) -> Read<Option<Loaded>> {
    let transaction = database.begin_read()?;
    let Some((row, record_version)) = head_in(&transaction, board)? else {
        return Ok(None);
    };
    let snapshots = transaction.open_table(SNAPSHOTS)?;
    let snapshot = match snapshots.get(board.as_bytes())? {
        Some(sealed) => {
            let plain = unseal(sealed.value(), MAX_SNAPSHOT_BYTES).map_err(ReadError::Store)?;
            Some((row.snapshot_seq, plain.into()))
        }
        None => None,
    };
    let commits = log(&transaction, board, row.floor, row.at.seq, Portion::All)?;
    Ok(Some(Loaded {
        at: row.at,
        snapshot,
        commits,
        record_version,
    }))
}

pub(super) fn after(database: &Database, board: BoardId, after: Position) -> Read<Tail> {
    let transaction = database.begin_read()?;
    let Some((row, _)) = head_in(&transaction, board)? else {
        return Ok(Tail::Gone);
    };
    if row.at.epoch != after.epoch || after.seq < row.floor {
        return Ok(Tail::Gone);
    }
    log(&transaction, board, after.seq, row.at.seq, Portion::Bounded).map(Tail::Commits)
}

/// The data for a compaction: the board's row, and the commits that would move to the archive.
pub(super) fn leaving(
    database: &Database,
    board: BoardId,
    floor: Seq,
) -> Read<Option<(BoardRow, Log)>> {
    let transaction = database.begin_read()?;
    let Some((row, _)) = head_in(&transaction, board)? else {
        return Ok(None);
    };
    let commits = log(
        &transaction,
        board,
        row.floor,
        floor.min(row.at.seq),
        Portion::All,
    )?;
    Ok(Some((row, commits)))
}

pub(super) fn archived(database: &Database, board: BoardId) -> Read<Vec<(Seq, StoredCommit)>> {
    let archive = database.begin_read()?.open_table(ARCHIVE)?;
    let mut commits = Vec::new();
    for segment in archive.range((board.as_bytes(), 0)..=(board.as_bytes(), Seq::MAX))? {
        let (_, sealed) = segment?;
        commits.extend(unpack(sealed.value()).map_err(ReadError::Store)?);
    }
    Ok(commits)
}

pub(super) fn chat_page(database: &Database, board: BoardId, number: u64) -> Read<Option<Bytes>> {
    let pages = match database.begin_read()?.open_table(CHAT_PAGES) {
        Ok(pages) => pages,
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(sealed) = pages.get((board.as_bytes(), number))? else {
        return Ok(None);
    };
    let page = unseal(sealed.value(), MAX_CHAT_BYTES).map_err(ReadError::Store)?;
    Ok(Some(page.into()))
}

#[derive(Clone, Copy)]
enum Portion {
    All,
    Bounded,
}

/// The commits after `after` up to `last`; any hole means that the file is damaged.
fn log(
    transaction: &ReadTransaction,
    board: BoardId,
    after: Seq,
    last: Seq,
    portion: Portion,
) -> Read<Vec<(Seq, StoredCommit)>> {
    let mut commits = Vec::new();
    if after >= last {
        return Ok(commits);
    }
    let table = transaction.open_table(LOG)?;
    let mut bytes = 0;
    for entry in table.range((board.as_bytes(), after + 1)..=(board.as_bytes(), last))? {
        let (key, row) = entry?;
        let seq = key.value().1;
        let commit = read_row(row.value()).filter(|_| seq == after + 1 + commits.len() as u64);
        let commit = commit.ok_or_else(|| corrupt(format!("log of {board} near {seq}")))?;
        bytes += commit.payload.len();
        commits.push((seq, commit));
        match portion {
            Portion::Bounded if bytes > READ_BYTES || commits.len() >= READ_COMMITS => {
                return Ok(commits);
            }
            Portion::Bounded | Portion::All => {}
        }
    }
    match commits.last() {
        Some((seq, _)) if *seq == last => Ok(commits),
        Some(_) | None => Err(corrupt(format!("log of {board} ends before {last}"))),
    }
}
