//! Commits of this browser that are not yet durable, kept over reloads and crashes.
//!
//! Layout: `records` writes and reads the records of a board in a `database`; `indexed_db` is the
//! database of the browser. `recover` finds the identity of a tab and the outboxes of ended tabs;
//! `lock` tells ended tabs from live ones. `picture_files` keeps the files of pictures until the server
//! has them.

mod database;
mod indexed_db;
mod lock;
mod picture_files;
mod records;
mod recover;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use shared::id::{BoardId, ClientKey};
use shared::sync::{Identity, OutboxChange};

use crate::{clock, identity, random};
use indexed_db::{COMMITS, IndexedDb};
use lock::WebLocks;
use records::Records;
use recover::Tab;

pub(crate) use indexed_db::WriteEnd;
pub(crate) use picture_files::{PictureFile, PictureFiles};
pub(crate) use recover::{OrphanedOutbox, RecoveredIdentity};

/// Whether an outbox keeps commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Availability {
    /// The outbox keeps commits.
    Available {
        /// Number of writes that the browser has not finished. It drops them if the page ends now.
        unfinished_writes: usize,
    },
    /// The browser has no database for this page.
    Unavailable,
}

/// The outbox of one board. Without IndexedDB it keeps nothing.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    board: BoardId,
    records: Rc<Records<IndexedDb>>,
}

impl Outbox {
    /// Opens the outbox of a board.
    pub(crate) async fn open(board: BoardId) -> Self {
        Self::new(board, IndexedDb::open(COMMITS).await.ok())
    }

    /// An outbox that keeps nothing.
    #[must_use]
    pub(crate) fn none(board: BoardId) -> Self {
        Self::new(board, None)
    }

    fn new(board: BoardId, database: Option<IndexedDb>) -> Self {
        let records = Rc::new(Records::new(board, database));
        Self { board, records }
    }

    /// Whether commits are kept.
    #[must_use]
    pub(crate) fn availability(&self) -> Availability {
        let database = self.records.database();
        database.map_or(Availability::Unavailable, |database| {
            let unfinished_writes = database.unfinished_writes();
            Availability::Available { unfinished_writes }
        })
    }

    /// Calls `listener` whenever a write ends.
    pub(crate) fn on_write_end(&self, listener: impl Fn(WriteEnd) + 'static) {
        if let Some(database) = self.records.database() {
            database.on_write_end(listener);
        }
    }

    /// Begins to make a change that a driver requests. Ink never waits for it.
    pub(crate) fn apply(&self, change: &OutboxChange) {
        self.records.apply(change, clock::unix_seconds());
    }

    /// Begins to forget the commits of all tabs.
    pub(crate) fn forget_all(&self) {
        self.records.forget_all();
    }

    /// Finds the identity of this tab, and the outboxes of ended tabs that it takes care of. Saves
    /// the identity for the next load of the tab.
    pub(crate) async fn recover(&self) -> (RecoveredIdentity, Vec<OrphanedOutbox>) {
        let tab = Tab {
            saved: identity::load(self.board),
            locks: &WebLocks::of(self.board),
            fresh_key: random::client_key(),
            unix_seconds: clock::unix_seconds(),
        };
        let (recovered, orphans) = recover::recover(tab, &self.records).await;
        identity::save(self.board, &recovered.identity);
        (recovered, orphans)
    }
}

impl RecoveredIdentity {
    /// A fresh identity without commits, for a page whose browser does not answer.
    #[must_use]
    pub(crate) fn fresh() -> Self {
        Self {
            identity: Identity::fresh(random::client_key()),
            commits: Vec::new(),
        }
    }
}

/// Tells other tabs that a fresh key is in use.
pub(crate) async fn hold_fresh(board: BoardId, key: ClientKey) {
    WebLocks::of(board).hold_fresh(key).await;
}
