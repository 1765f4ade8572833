//! The store of a server that runs alone: one `redb` file in the data directory.
//!
//! A commit is answered after its fsync, so every acknowledged commit is durable. Log events are
//! published after the fsync too, in log order.

mod change;
mod deletion;
mod epochs;
mod file;
mod open;
mod overlay;
mod read;
mod reopen;
mod run;
mod settling;
mod tables;
mod thread;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use redb::Database;
use shared::id::{BoardId, ClientId, Epoch, Position};
use shared::sync::log::{Batch, BatchReply, Head, Loaded, LogEvent};
use tokio::sync::watch;

use super::authors::authors_of;
use super::sealed::seal;
use super::segment::pack;
use super::{
    Author, Authors, BoardRecord, ChatPageBytes, Compaction, Log, Store, StoreError, StoreFile,
    Tail, TimeMark,
};
use change::{Lost, Prepared};
use file::{Current, OpenFile};
use read::ReadError;
use run::Run;
use writer::{Progress, Writer};

use crate::clock::unix_ms;
use crate::health::Health;

pub use open::OpenError;

/// How often boards are compared with the file. Only this process changes it, so a board differs only
/// after the file was opened again and had lost a part of the board.
const HEAD_CHECK_EVERY: Duration = Duration::from_secs(5);

/// Boards in one file of this machine.
#[derive(Debug)]
pub struct EmbeddedStore {
    writer: Writer,
    current: Arc<Current>,
}

impl EmbeddedStore {
    /// Opens a data directory, or makes it, and locks it against other processes. `publish` is
    /// called for each log event, in the order of the log, after the fsync.
    ///
    /// # Errors
    /// [`OpenError`] names the path and what is wrong with it.
    pub fn open(
        dir: &Path,
        publish: impl Fn(BoardId, LogEvent) + Send + 'static,
    ) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::Unusable {
            path: dir.to_owned(),
            source,
        };
        let opened = open::open(dir)?;
        let damaged = |error: redb::Error| OpenError::Damaged {
            path: opened.path.clone(),
            reason: error.to_string(),
        };
        let mut run = Run::pending(dir, &opened).map_err(damaged)?;
        let mut written = tables::last_transaction(&opened.database).map_err(damaged)?;
        let failed = match run.begin(&opened) {
            Ok(_) => {
                written = tables::last_transaction(&opened.database).map_err(damaged)?;
                None
            }
            // The writing thread tries again; until then boards can be read.
            Err(error) => Some(error.to_string()),
        };
        let progress = Progress {
            run,
            written,
            failed,
        };
        let current = Arc::new(Current::default());
        current.put(opened);
        let (dir, publish) = (dir.to_owned(), Box::new(publish));
        let writer =
            Writer::start(dir, Arc::clone(&current), progress, publish).map_err(unusable)?;
        Ok(Self { writer, current })
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Database) -> Result<T, ReadError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let current = Arc::clone(&self.current);
        let found = off_thread(move || {
            let read = |open: &OpenFile| read(&open.database).map_err(StoreError::from);
            current.with(read)?
        });
        let found = found.await;
        if let Err(StoreError::Unavailable(_)) = &found {
            self.writer.check();
        }
        found
    }
}

impl Drop for EmbeddedStore {
    /// Closes the file, also if a read whose caller is gone still holds it.
    fn drop(&mut self) {
        self.writer.end();
        drop(self.current.take());
    }
}

/// Runs work that may wait for the disk or keep a core busy, on a thread for blocking work.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
}

fn prepare(
    database: &Database,
    board: BoardId,
    compaction: &Compaction,
) -> Result<Option<Prepared>, ReadError> {
    let Compaction {
        at,
        snapshot,
        floor,
    } = compaction;
    let Some((row, leaving)) = read::leaving(database, board, *floor)? else {
        return Ok(None);
    };
    let too_late = row.at.epoch != at.epoch || at.seq <= row.snapshot_seq || at.seq > row.at.seq;
    if too_late || *floor > at.seq {
        return Ok(None);
    }
    Ok(Some(Prepared {
        at: *at,
        sealed: seal(snapshot),
        snapshot_bytes: snapshot.len() as u64,
        floor: (*floor).max(row.floor),
        floor_before: row.floor,
        segments: pack(at.epoch, &leaving),
        archived_bytes: leaving
            .iter()
            .map(|(_, commit)| commit.payload.len() as u64)
            .sum(),
    }))
}

#[async_trait]
impl Store for EmbeddedStore {
    async fn create(
        &self,
        board: BoardId,
        record: &BoardRecord,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        let record = record.to_bytes()?;
        self.writer
            .write(move |tables| change::create(tables, board, &record, epoch))
            .await
    }

    async fn record(&self, board: BoardId) -> Result<Option<(BoardRecord, u64)>, StoreError> {
        self.read(move |database| read::record(database, board))
            .await
    }

    async fn put_record(
        &self,
        board: BoardId,
        record: &BoardRecord,
        version: u64,
    ) -> Result<bool, StoreError> {
        let record = record.to_bytes()?;
        self.writer
            .write(move |tables| change::put_record(tables, board, &record, version))
            .await
    }

    async fn load(&self, board: BoardId) -> Result<Option<Loaded>, StoreError> {
        self.read(move |database| read::load(database, board)).await
    }

    async fn commit(&self, board: BoardId, batch: &Batch) -> Result<BatchReply, StoreError> {
        let (batch, second) = (batch.clone(), unix_ms() / 1_000);
        self.writer
            .write(move |tables| change::commit(tables, board, &batch, second))
            .await
    }

    async fn read_after(&self, board: BoardId, after: Position) -> Result<Tail, StoreError> {
        self.read(move |database| read::after(database, board, after))
            .await
    }

    fn head_check_every(&self) -> Duration {
        HEAD_CHECK_EVERY
    }

    async fn head(&self, board: BoardId) -> Result<Option<Head>, StoreError> {
        self.read(move |database| read::head(database, board)).await
    }

    async fn compact(&self, board: BoardId, compaction: &Compaction) -> Result<bool, StoreError> {
        let compaction = compaction.clone();
        let prepared = self.read(move |database| prepare(database, board, &compaction));
        let prepared = prepared.await?;
        let Some(prepared) = prepared else {
            return Ok(false);
        };
        self.writer
            .write(move |tables| change::compact(tables, board, &prepared))
            .await
    }

    async fn put_chat_page(&self, board: BoardId, page: &ChatPageBytes) -> Result<(), StoreError> {
        let (epoch, number, sealed) = (page.epoch, page.number, seal(&page.packed));
        self.writer
            .write(move |tables| change::put_chat_page(tables, board, epoch, number, &sealed))
            .await
    }

    async fn chat_page(&self, board: BoardId, number: u64) -> Result<Option<Bytes>, StoreError> {
        self.read(move |database| read::chat_page(database, board, number))
            .await
    }

    async fn archived(&self, board: BoardId, number: u64) -> Result<Option<Log>, StoreError> {
        self.read(move |database| read::archived(database, board, number))
            .await
    }

    async fn time_marks(&self, board: BoardId) -> Result<Vec<TimeMark>, StoreError> {
        self.read(move |database| read::time_marks(database, board))
            .await
    }

    async fn put_author(
        &self,
        board: BoardId,
        client: ClientId,
        author: &Author,
    ) -> Result<(), StoreError> {
        let author = author.to_bytes()?;
        self.writer
            .write(move |tables| change::put_author(tables, board, client, &author))
            .await
    }

    async fn authors(&self, board: BoardId) -> Result<Authors, StoreError> {
        self.read(move |database| read::authors(database, board))
            .await
    }

    async fn restore(
        &self,
        board: BoardId,
        record: &BoardRecord,
        compaction: &Compaction,
    ) -> Result<Option<Position>, StoreError> {
        let record = record.to_bytes()?;
        let Compaction { at, snapshot, .. } = compaction.clone();
        let lost = off_thread(move || {
            let authors = authors_of(&snapshot)?.into_iter().collect();
            let (sealed, snapshot_bytes) = (seal(&snapshot), snapshot.len() as u64);
            Ok(Lost {
                record,
                at,
                sealed,
                snapshot_bytes,
                authors,
            })
        });
        let lost = lost.await?;
        self.writer
            .write(move |tables| change::restore(tables, board, &lost))
            .await
    }

    async fn delete(&self, board: BoardId, version: u64) -> Result<bool, StoreError> {
        self.writer
            .write(move |tables| deletion::delete(tables, board, version))
            .await
    }

    async fn was_deleted(&self, board: BoardId) -> Result<bool, StoreError> {
        self.read(move |database| deletion::was_deleted(database, board))
            .await
    }

    async fn wait_durable(&self, _: BoardId) -> Result<(), StoreError> {
        // Every request was on the disk before it was answered.
        match &*self.writer.health().borrow() {
            Health::Ok | Health::Degraded(_) => Ok(()),
            Health::Down(outage) => Err(StoreError::Unavailable(outage.reason.clone())),
        }
    }

    fn health(&self) -> watch::Receiver<Health> {
        self.writer.health()
    }

    fn file(&self) -> Option<StoreFile> {
        Some(self.current.measured())
    }
}
