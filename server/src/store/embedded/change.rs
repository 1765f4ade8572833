//! The changes that each request makes within one write transaction.
//!
//! A request that fails takes its whole group with it, so no half of a change
//! is ever stored. The rules of the log are in [`shared::sync::log`], not here.

use bytes::Bytes;
use redb::ReadableTable as _;
use shared::id::{BoardId, ClientId, CommitNo, Epoch, Position, Seq};
use shared::sync::log::{Batch, BatchReply, LogEnd, LogEvent, LogState, Outcome, decide};

use super::super::segment::Segment;
use super::tables::{BoardRow, Tables};
use super::writer::Written;
use crate::commit_bytes::row;

/// What a change answers and publishes.
pub(super) type Change<T> = Result<Written<T>, redb::Error>;

/// Makes an empty board, unless it is there or was deleted.
pub(super) fn create(
    tables: &mut Tables<'_>,
    board: BoardId,
    record: &[u8],
    epoch: Epoch,
) -> Change<()> {
    if tables.head(board)?.is_none() && !tables.was_deleted(board)? {
        tables.records.insert(board.as_bytes(), (1, record))?;
        tables.put_head(board, &BoardRow::new(epoch))?;
    }
    Ok(Written::quiet(()))
}

/// Replaces a record, if its version is still the given one.
pub(super) fn put_record(
    tables: &mut Tables<'_>,
    board: BoardId,
    record: &[u8],
    version: u64,
) -> Change<bool> {
    let current = tables
        .records
        .get(board.as_bytes())?
        .map(|row| row.value().0);
    if current != Some(version) {
        return Ok(Written::quiet(false));
    }
    tables
        .records
        .insert(board.as_bytes(), (version + 1, record))?;
    Ok(Written::quiet(true))
}

/// Orders a batch that comes in at a second since 1970.
pub(super) fn commit(
    tables: &mut Tables<'_>,
    board: BoardId,
    batch: &Batch,
    second: u64,
) -> Change<BatchReply> {
    let Some(mut row) = tables.head(board)? else {
        return Ok(Written::quiet(BatchReply::NoBoard));
    };
    let known = last_numbers(tables, board, batch)?;
    let last = |author: ClientId| {
        known
            .iter()
            .find(|(other, _)| *other == author)
            .map_or(0, |(_, cno)| *cno)
    };
    // Every acknowledged commit is on the disk, so a restart loses nothing.
    let state = LogState {
        at: row.at,
        bytes: row.bytes,
        end: LogEnd::Certain,
    };
    let reply = decide(state, batch, last);
    let event = match &reply {
        BatchReply::NoBoard => None,
        BatchReply::EpochChanged(at) if *at == row.at => None,
        BatchReply::EpochChanged(at) => {
            row.at = *at;
            tables.put_head(board, &row)?;
            Some(LogEvent::EpochChanged)
        }
        BatchReply::Done(outcomes) => store(tables, board, &mut row, batch, outcomes)?,
    };
    if let Some(LogEvent::Commits { first, .. }) = &event {
        mark_time(tables, board, *first, second)?;
    }
    Ok(Written {
        value: reply,
        publish: event.map(|event| (board, event)),
    })
}

/// Notes the first commit of a second.
fn mark_time(
    tables: &mut Tables<'_>,
    board: BoardId,
    first: Seq,
    second: u64,
) -> Result<(), redb::Error> {
    let key = (board.as_bytes(), second);
    if tables.times.get(key)?.is_none() {
        tables.times.insert(key, first)?;
    }
    Ok(())
}

/// Notes the user of a client, if the board is there.
pub(super) fn put_author(
    tables: &mut Tables<'_>,
    board: BoardId,
    client: ClientId,
    author: &[u8],
) -> Change<()> {
    if tables.head(board)?.is_some() {
        let key = (board.as_bytes(), client.as_bytes());
        tables.clients.insert(key, author)?;
    }
    Ok(Written::quiet(()))
}

fn last_numbers(
    tables: &Tables<'_>,
    board: BoardId,
    batch: &Batch,
) -> Result<Vec<(ClientId, CommitNo)>, redb::Error> {
    let mut known: Vec<(ClientId, CommitNo)> = Vec::new();
    for commit in &batch.commits {
        if known.iter().all(|(author, _)| *author != commit.author) {
            let key = (board.as_bytes(), commit.author.as_bytes());
            let cno = tables.authors.get(key)?.map_or(0, |cno| cno.value());
            known.push((commit.author, cno));
        }
    }
    Ok(known)
}

fn store(
    tables: &mut Tables<'_>,
    board: BoardId,
    row_of_board: &mut BoardRow,
    batch: &Batch,
    outcomes: &[Outcome],
) -> Result<Option<LogEvent>, redb::Error> {
    let mut commits = Vec::new();
    let first = row_of_board.at.seq + 1;
    for (commit, outcome) in batch.commits.iter().zip(outcomes) {
        let Outcome::Stored(seq) = outcome else {
            continue;
        };
        tables
            .log
            .insert((board.as_bytes(), *seq), row(commit).as_slice())?;
        tables
            .authors
            .insert((board.as_bytes(), commit.author.as_bytes()), commit.cno)?;
        row_of_board.at.seq = *seq;
        row_of_board.bytes += commit.payload.len() as u64;
        commits.push(commit.clone());
    }
    if commits.is_empty() {
        return Ok(None);
    }
    tables.put_head(board, row_of_board)?;
    Ok(Some(LogEvent::Commits {
        epoch: row_of_board.at.epoch,
        first,
        commits,
    }))
}

/// A compaction, prepared outside the transaction.
pub(super) struct Prepared {
    pub(super) at: Position,
    pub(super) sealed: Vec<u8>,
    pub(super) snapshot_bytes: u64,
    pub(super) floor: Seq,
    /// The floor for which the segments were packed.
    pub(super) floor_before: Seq,
    pub(super) segments: Vec<Segment>,
    pub(super) archived_bytes: u64,
}

/// Takes a snapshot and moves commits to the archive, unless it came too late.
pub(super) fn compact(tables: &mut Tables<'_>, board: BoardId, new: &Prepared) -> Change<bool> {
    let Some(mut row) = tables.head(board)? else {
        return Ok(Written::quiet(false));
    };
    let fits = row.at.epoch == new.at.epoch
        && row.snapshot_seq < new.at.seq
        && new.at.seq <= row.at.seq
        && row.floor == new.floor_before;
    if !fits {
        return Ok(Written::quiet(false));
    }
    tables
        .snapshots
        .insert(board.as_bytes(), new.sealed.as_slice())?;
    for segment in &new.segments {
        tables
            .archive
            .insert((board.as_bytes(), segment.first), segment.sealed.as_slice())?;
    }
    let leaving = (board.as_bytes(), new.floor_before + 1)..=(board.as_bytes(), new.floor);
    tables.log.retain_in(leaving, |_, _| false)?;
    let log_bytes = row
        .bytes
        .saturating_sub(row.snapshot_bytes + new.archived_bytes);
    row.bytes = log_bytes + new.snapshot_bytes;
    row.snapshot_seq = new.at.seq;
    row.snapshot_bytes = new.snapshot_bytes;
    row.floor = new.floor;
    tables.put_head(board, &row)?;
    Ok(Written::quiet(true))
}

/// Stores a sealed page of the conversation, if the board is in this epoch.
pub(super) fn put_chat_page(
    tables: &mut Tables<'_>,
    board: BoardId,
    epoch: Epoch,
    number: u64,
    sealed: &[u8],
) -> Change<()> {
    let row = tables.head(board)?;
    if row.is_some_and(|row| row.at.epoch == epoch) {
        let key = (board.as_bytes(), number);
        tables.chat_pages.insert(key, sealed)?;
    }
    Ok(Written::quiet(()))
}

/// A lost board, prepared outside the transaction.
pub(super) struct Lost {
    pub(super) record: Bytes,
    pub(super) at: Position,
    pub(super) sealed: Vec<u8>,
    pub(super) snapshot_bytes: u64,
    pub(super) authors: Vec<(ClientId, CommitNo)>,
}

/// Brings a lost board back, unless it is there or was deleted.
pub(super) fn restore(
    tables: &mut Tables<'_>,
    board: BoardId,
    lost: &Lost,
) -> Change<Option<Position>> {
    if tables.was_deleted(board)? {
        return Ok(Written::quiet(None));
    }
    if let Some(row) = tables.head(board)? {
        return Ok(Written::quiet(Some(row.at)));
    }
    tables
        .records
        .insert(board.as_bytes(), (1, &*lost.record))?;
    tables
        .snapshots
        .insert(board.as_bytes(), lost.sealed.as_slice())?;
    for (author, cno) in &lost.authors {
        tables
            .authors
            .insert((board.as_bytes(), author.as_bytes()), *cno)?;
    }
    let row = BoardRow {
        at: lost.at,
        bytes: lost.snapshot_bytes,
        snapshot_seq: lost.at.seq,
        snapshot_bytes: lost.snapshot_bytes,
        floor: lost.at.seq,
    };
    tables.put_head(board, &row)?;
    Ok(Written {
        value: Some(lost.at),
        publish: Some((board, LogEvent::EpochChanged)),
    })
}
