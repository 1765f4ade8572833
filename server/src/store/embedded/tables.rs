//! The layout of the file: its tables, and the row of a board.

use redb::{
    Database, ReadTransaction, ReadableDatabase as _, ReadableTable as _, Table, TableDefinition,
    WriteTransaction,
};
use shared::id::{BoardId, Epoch, Position, Seq};
use shared::limits::MAX_COMMIT_BYTES;

/// Format that this version writes.
const FORMAT: u64 = 1;

type BoardKey = &'static [u8; 16];
type PositionKey = (BoardKey, Seq);
type AuthorKey = (BoardKey, &'static [u8; 16]);
type Blob = &'static [u8];
type HeadRow = (&'static [u8; 16], Seq, u64, Seq, u64, Seq);

/// The format of the file, and how many transactions were written.
pub(super) const ABOUT: TableDefinition<'static, &str, u64> = TableDefinition::new("about");
/// The key of the format.
const FORMAT_KEY: &str = "format";
/// The key of the number of transactions; files of earlier versions lack it.
const TRANSACTIONS_KEY: &str = "transactions";
/// Holds bytes for a moment, to learn whether the disk takes them.
const PROBE: TableDefinition<'static, &str, Blob> = TableDefinition::new("probe");
/// Bytes of the probe: those of the largest commit.
const PROBE_BYTES: usize = MAX_COMMIT_BYTES;
/// Version and encoded record of each board.
pub(super) const RECORDS: TableDefinition<'static, BoardKey, (u64, Blob)> =
    TableDefinition::new("records");
/// See [`BoardRow`].
pub(super) const HEADS: TableDefinition<'static, BoardKey, HeadRow> = TableDefinition::new("heads");
/// Commits by board and position.
pub(super) const LOG: TableDefinition<'static, PositionKey, Blob> = TableDefinition::new("log");
/// The last commit of each author, by board and author.
pub(super) const AUTHORS: TableDefinition<'static, AuthorKey, u64> =
    TableDefinition::new("authors");
/// The sealed snapshot of each board.
pub(super) const SNAPSHOTS: TableDefinition<'static, BoardKey, Blob> =
    TableDefinition::new("snapshots");
/// Sealed segments, by board and first position.
pub(super) const ARCHIVE: TableDefinition<'static, PositionKey, Blob> =
    TableDefinition::new("archive");

/// Sealed pages of conversations, by board and number. Files of earlier versions lack the table until
/// something is written.
pub(super) const CHAT_PAGES: TableDefinition<'static, PositionKey, Blob> =
    TableDefinition::new("chat_pages");

/// The first position of each second in which commits were stored, by board and second since 1970.
/// Files of earlier versions lack the table until something is written.
pub(super) const TIMES: TableDefinition<'static, PositionKey, Seq> = TableDefinition::new("times");
/// The encoded user of each client, by board and client. Files of earlier versions lack the table
/// until something is written.
pub(super) const CLIENTS: TableDefinition<'static, AuthorKey, Blob> =
    TableDefinition::new("clients");
/// Boards that were deleted. Files of earlier versions lack the table until something is written.
pub(super) const DELETED: TableDefinition<'static, BoardKey, ()> = TableDefinition::new("deleted");

/// The row of a board: where its log stands, and how large it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BoardRow {
    pub(super) at: Position,
    /// Bytes of the snapshot and of the payloads in the log.
    pub(super) bytes: u64,
    /// Position of the snapshot; 0 if there is none.
    pub(super) snapshot_seq: Seq,
    /// Bytes of the snapshot.
    pub(super) snapshot_bytes: u64,
    /// Last position that is no longer in the log.
    pub(super) floor: Seq,
}

impl BoardRow {
    pub(super) const fn new(epoch: Epoch) -> Self {
        let at = Position { epoch, seq: 0 };
        Self {
            at,
            bytes: 0,
            snapshot_seq: 0,
            snapshot_bytes: 0,
            floor: 0,
        }
    }

    pub(super) const fn write(&self) -> (&[u8; 16], Seq, u64, Seq, u64, Seq) {
        (
            self.at.epoch.as_bytes(),
            self.at.seq,
            self.bytes,
            self.snapshot_seq,
            self.snapshot_bytes,
            self.floor,
        )
    }

    pub(super) const fn read(row: (&[u8; 16], Seq, u64, Seq, u64, Seq)) -> Self {
        let (epoch, seq, bytes, snapshot_seq, snapshot_bytes, floor) = row;
        let at = Position {
            epoch: Epoch::from_bytes(*epoch),
            seq,
        };
        Self {
            at,
            bytes,
            snapshot_seq,
            snapshot_bytes,
            floor,
        }
    }
}

/// All tables, open for writing.
pub(super) struct Tables<'txn> {
    pub(super) records: Table<'txn, BoardKey, (u64, Blob)>,
    pub(super) heads: Table<'txn, BoardKey, HeadRow>,
    pub(super) log: Table<'txn, PositionKey, Blob>,
    pub(super) authors: Table<'txn, AuthorKey, u64>,
    pub(super) snapshots: Table<'txn, BoardKey, Blob>,
    pub(super) archive: Table<'txn, PositionKey, Blob>,
    pub(super) chat_pages: Table<'txn, PositionKey, Blob>,
    pub(super) times: Table<'txn, PositionKey, Seq>,
    pub(super) clients: Table<'txn, AuthorKey, Blob>,
    pub(super) deleted: Table<'txn, BoardKey, ()>,
}

impl<'txn> Tables<'txn> {
    pub(super) fn open(transaction: &'txn WriteTransaction) -> Result<Self, redb::Error> {
        Ok(Self {
            records: transaction.open_table(RECORDS)?,
            heads: transaction.open_table(HEADS)?,
            log: transaction.open_table(LOG)?,
            authors: transaction.open_table(AUTHORS)?,
            snapshots: transaction.open_table(SNAPSHOTS)?,
            archive: transaction.open_table(ARCHIVE)?,
            chat_pages: transaction.open_table(CHAT_PAGES)?,
            times: transaction.open_table(TIMES)?,
            clients: transaction.open_table(CLIENTS)?,
            deleted: transaction.open_table(DELETED)?,
        })
    }

    pub(super) fn head(&self, board: BoardId) -> Result<Option<BoardRow>, redb::Error> {
        Ok(self
            .heads
            .get(board.as_bytes())?
            .map(|row| BoardRow::read(row.value())))
    }

    /// Whether a board has the marker of deleted boards.
    pub(super) fn was_deleted(&self, board: BoardId) -> Result<bool, redb::Error> {
        Ok(self.deleted.get(board.as_bytes())?.is_some())
    }

    pub(super) fn put_head(&mut self, board: BoardId, row: &BoardRow) -> Result<(), redb::Error> {
        self.heads.insert(board.as_bytes(), row.write())?;
        Ok(())
    }
}

/// A board's row and the version of its record, as a read transaction sees them.
pub(super) fn head_in(
    transaction: &ReadTransaction,
    board: BoardId,
) -> Result<Option<(BoardRow, u64)>, redb::Error> {
    let heads = transaction.open_table(HEADS)?;
    let records = transaction.open_table(RECORDS)?;
    let Some(row) = heads.get(board.as_bytes())? else {
        return Ok(None);
    };
    let version = records
        .get(board.as_bytes())?
        .map_or(0, |record| record.value().0);
    Ok(Some((BoardRow::read(row.value()), version)))
}

/// Why a file cannot be used.
pub(super) enum FormatError {
    TooNew { found: u64, known: u64 },
    Database(redb::Error),
}

impl<E: Into<redb::Error>> From<E> for FormatError {
    fn from(error: E) -> Self {
        Self::Database(error.into())
    }
}

/// Checks the format and makes sure that all tables exist, so that reading
/// never meets a missing one.
pub(super) fn prepare(database: &Database) -> Result<(), FormatError> {
    if let Some(found) = format_of(database)? {
        return if found > FORMAT {
            Err(FormatError::TooNew {
                found,
                known: FORMAT,
            })
        } else {
            Ok(())
        };
    }
    let transaction = database.begin_write()?;
    transaction.open_table(ABOUT)?.insert(FORMAT_KEY, FORMAT)?;
    drop(Tables::open(&transaction)?);
    transaction.commit()?;
    Ok(())
}

fn format_of(database: &Database) -> Result<Option<u64>, FormatError> {
    let about = match database.begin_read()?.open_table(ABOUT) {
        Ok(about) => about,
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(about.get(FORMAT_KEY)?.map(|format| format.value()))
}

/// Counts a transaction; returns its number.
pub(super) fn count_transaction(transaction: &WriteTransaction) -> Result<u64, redb::Error> {
    let mut about = transaction.open_table(ABOUT)?;
    let number = about
        .get(TRANSACTIONS_KEY)?
        .map_or(0, |count| count.value())
        + 1;
    about.insert(TRANSACTIONS_KEY, number)?;
    Ok(number)
}

/// The number of the last transaction in the file; 0 if none was counted.
pub(super) fn last_transaction(database: &Database) -> Result<u64, redb::Error> {
    let about = database.begin_read()?.open_table(ABOUT)?;
    Ok(about
        .get(TRANSACTIONS_KEY)?
        .map_or(0, |count| count.value()))
}

/// Writes as many bytes as a large commit needs and removes them again, so that the disk has shown
/// that it takes commits.
pub(super) fn probe(database: &Database) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    let bytes = vec![0; PROBE_BYTES];
    transaction
        .open_table(PROBE)?
        .insert("bytes", bytes.as_slice())?;
    transaction.commit()?;
    let transaction = database.begin_write()?;
    transaction.delete_table(PROBE)?;
    Ok(transaction.commit()?)
}
