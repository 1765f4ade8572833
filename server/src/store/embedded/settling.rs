//! After a file was opened again: whether the disk takes commits, and whether the file has everything
//! that was acknowledged.

use shared::id::{BoardId, Epoch};
use shared::sync::log::LogEvent;

use super::epochs::begin_epochs;
use super::tables::{Tables, count_transaction, last_transaction, probe};
use super::thread::Thread;
use crate::clock::random16;

impl Thread {
    pub(super) fn try_disk(&self) -> Result<(), String> {
        let tried = self.current.with(|open| probe(&open.database));
        tried
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }

    /// Compares the file with what was acknowledged. If a transaction is missing, every board gets
    /// a new epoch, in which servers and clients send missing commits again.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        let text = |error: redb::Error| error.to_string();
        // The run begins with a transaction, which must not hide one that is missing.
        let last = self.last_transaction()?;
        self.begin_run()?;
        if last >= self.acknowledged {
            self.acknowledged = self.last_transaction()?;
            return self.note_file();
        }
        let lost = self.acknowledged - last;
        tracing::error!(
            lost,
            "the data directory lost acknowledged transactions: every board begins a new epoch"
        );
        let begun = self.current.with(|open| -> Result<_, String> {
            let transaction = open.database.begin_write().map_err(|it| it.to_string())?;
            let mut tables = Tables::open(&transaction).map_err(text)?;
            let fresh = || random16().map(Epoch::from_bytes);
            let boards = begin_epochs(&mut tables, fresh).map_err(|it| it.to_string())?;
            drop(tables);
            let number = count_transaction(&transaction).map_err(text)?;
            transaction.commit().map_err(|it| it.to_string())?;
            Ok((boards, number))
        });
        let (boards, number) = begun.map_err(|error| error.to_string())??;
        self.acknowledged = number;
        self.announce_epochs(boards);
        self.note_file()
    }

    fn last_transaction(&self) -> Result<u64, String> {
        let last = self.current.with(|open| last_transaction(&open.database));
        last.map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    }

    /// Begins the run if nothing could be written at the start.
    fn begin_run(&mut self) -> Result<(), String> {
        let Self { current, run, .. } = self;
        let begun = current.with(|open| run.begin(open));
        let boards = begun
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())?;
        self.announce_epochs(boards);
        Ok(())
    }

    fn announce_epochs(&self, boards: Vec<BoardId>) {
        for board in boards {
            (self.publish)(board, LogEvent::EpochChanged);
        }
    }

    /// Notes which file is open now, for the next start.
    pub(super) fn note_file(&mut self) -> Result<(), String> {
        let Self { current, run, .. } = self;
        let noted = current.with(|open| run.note_file(open, self.acknowledged));
        noted.map_err(|error| error.to_string())
    }
}
