//! Reads boards, each call in one read transaction, so in one consistent state.

use bytes::Bytes;
use redb::{
    Database, Key, ReadOnlyTable, ReadTransaction, ReadableDatabase as _, TableDefinition, Value,
};
use shared::id::{BoardId, ClientId, Position, Seq};
use shared::limits::{MAX_CHAT_BYTES, MAX_SNAPSHOT_BYTES};
use shared::sync::log::{Head, Loaded};

use super::super::sealed::unseal;
use super::super::segment::unpack;
use super::super::{
    Author, Authors, BoardRecord, Log, READ_BYTES, READ_COMMITS, StoreError, Tail, TimeMark,
};
use super::tables::{
    ARCHIVE, BoardRow, CHAT_PAGES, CLIENTS, LOG, RECORDS, SNAPSHOTS, TIMES, head_in,
};
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

/// A segment of the archive, counted from the oldest one.
pub(super) fn archived(database: &Database, board: BoardId, number: u64) -> Read<Option<Log>> {
    let archive = database.begin_read()?.open_table(ARCHIVE)?;
    let mut segments = archive.range((board.as_bytes(), 0)..=(board.as_bytes(), Seq::MAX))?;
    let Some(segment) = usize::try_from(number).ok().and_then(|at| segments.nth(at)) else {
        return Ok(None);
    };
    let (_, sealed) = segment?;
    Ok(Some(unpack(sealed.value()).map_err(ReadError::Store)?))
}

pub(super) fn time_marks(database: &Database, board: BoardId) -> Read<Vec<TimeMark>> {
    let Some(times) = later_table(database, TIMES)? else {
        return Ok(Vec::new());
    };
    let mut marks = Vec::new();
    for mark in times.range((board.as_bytes(), 0)..=(board.as_bytes(), u64::MAX))? {
        let (key, first) = mark?;
        let (first, second) = (first.value(), key.value().1);
        marks.push(TimeMark { first, second });
    }
    Ok(marks)
}

pub(super) fn authors(database: &Database, board: BoardId) -> Read<Authors> {
    let Some(clients) = later_table(database, CLIENTS)? else {
        return Ok(Vec::new());
    };
    let mut authors = Vec::new();
    for row in clients.range((board.as_bytes(), &[0; 16])..=(board.as_bytes(), &[u8::MAX; 16]))? {
        let (key, author) = row?;
        let client = ClientId::from_bytes(*key.value().1);
        let author = Author::from_bytes(author.value()).map_err(ReadError::Store)?;
        authors.push((client, author));
    }
    Ok(authors)
}

/// A table that files of earlier versions lack.
pub(super) fn later_table<K: Key, V: Value>(
    database: &Database,
    table: TableDefinition<'static, K, V>,
) -> Read<Option<ReadOnlyTable<K, V>>> {
    match database.begin_read()?.open_table(table) {
        Ok(table) => Ok(Some(table)),
        Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn chat_page(database: &Database, board: BoardId, number: u64) -> Read<Option<Bytes>> {
    let Some(pages) = later_table(database, CHAT_PAGES)? else {
        return Ok(None);
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
) -> Read<Log> {
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
