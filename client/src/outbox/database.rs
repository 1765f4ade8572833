//! The browser's IndexedDB, as far as the outbox needs it, through the crate `idb`.
//!
//! Callers do not await writes; the database counts the unfinished ones. The browser runs the
//! transactions of a store in the order of their creation, and drops unfinished ones when
//! the page ends.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use idb::{KeyRange, ObjectStore, Query, Transaction, TransactionMode};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

const NAME: &str = "commonslate";
const VERSION: u32 = 1;

/// A store of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Store {
    /// Encoded commits.
    Commits,
    /// Private keys of those who made them.
    Authors,
}

impl Store {
    const fn name(self) -> &'static str {
        match self {
            Self::Commits => "commits",
            Self::Authors => "authors",
        }
    }
}

/// Keys from one text to another, both included.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) from: String,
    pub(super) to: String,
}

/// The browser has no database for this page, or refused to use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this browser keeps nothing")]
pub(super) struct Unavailable;

impl From<idb::Error> for Unavailable {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

/// How a write ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteEnd {
    /// What was written outlives the page.
    Done,
    /// The browser did not write it.
    Failed,
}

/// Told when a write ends.
type Listener = Box<dyn Fn(WriteEnd)>;

/// Writes that have not ended, and who wants to know when they do.
#[derive(Default)]
struct Writes {
    under_way: Cell<usize>,
    listener: RefCell<Option<Listener>>,
}

impl Writes {
    fn ended(&self, end: WriteEnd) {
        self.under_way.set(self.under_way.get().saturating_sub(1));
        if let Some(tell) = &*self.listener.borrow() {
            tell(end);
        }
    }
}

/// An open database.
pub(super) struct Database {
    db: idb::Database,
    writes: Rc<Writes>,
}

/// A value on its way to a store.
pub(super) struct Entry {
    pub(super) store: Store,
    pub(super) key: String,
    pub(super) value: JsValue,
}

impl Database {
    /// Opens the database and makes its stores if they are missing.
    ///
    /// # Errors
    /// Where the browser does not allow it.
    pub(super) async fn open() -> Result<Self, Unavailable> {
        let (opened, opening) = oneshot::channel();
        // A task of its own: the caller may give up after a while, and the browser still needs
        // the handler that creates the stores.
        spawn_local(async move {
            let db = idb::Database::builder(NAME)
                .version(VERSION)
                .add_object_store(ObjectStore::builder(Store::Commits.name()))
                .add_object_store(ObjectStore::builder(Store::Authors.name()))
                .build()
                .await;
            // The receiver is gone if the caller gave up.
            let _ = opened.send(db);
        });
        let db = opening.await.map_err(|_| Unavailable)??;
        Ok(Self {
            db,
            writes: Rc::default(),
        })
    }

    /// Says whom to tell whenever a write ends.
    pub(super) fn on_write_end(&self, tell: impl Fn(WriteEnd) + 'static) {
        self.writes.listener.replace(Some(Box::new(tell)));
    }

    /// Writes that have not ended yet.
    pub(super) fn writes_under_way(&self) -> usize {
        self.writes.under_way.get()
    }

    /// Begins to write entries, all or none.
    pub(super) fn put(&self, entries: &[Entry]) {
        self.write(|transaction| {
            entries.iter().try_for_each(|entry| {
                transaction
                    .object_store(entry.store.name())?
                    .put(&entry.value, Some(&entry.key.as_str().into()))
                    .map(drop)
            })
        });
    }

    /// Begins to delete a range of keys.
    pub(super) fn delete(&self, store: Store, range: &Range) {
        self.write(|transaction| {
            let store = transaction.object_store(store.name())?;
            store.delete(range.query()?).map(drop)
        });
    }

    /// All values of a range, by key.
    ///
    /// # Errors
    /// Where the browser refuses to read.
    pub(super) async fn read(
        &self,
        store: Store,
        range: &Range,
    ) -> Result<Vec<JsValue>, Unavailable> {
        let transaction = self
            .db
            .transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(store.name())?;
        Ok(store.get_all(Some(range.query()?), None)?.await?)
    }

    fn write(&self, act: impl FnOnce(&Transaction) -> Result<(), idb::Error>) {
        let writes = Rc::clone(&self.writes);
        writes.under_way.set(writes.under_way.get() + 1);
        match self.begin(act) {
            Ok(transaction) => {
                let end = end_of(transaction);
                spawn_local(async move { writes.ended(end.await) });
            }
            Err(_) => writes.ended(WriteEnd::Failed),
        }
    }

    fn begin(
        &self,
        act: impl FnOnce(&Transaction) -> Result<(), idb::Error>,
    ) -> Result<Transaction, idb::Error> {
        let stores = [Store::Commits.name(), Store::Authors.name()];
        let transaction = self.db.transaction(&stores, TransactionMode::ReadWrite)?;
        act(&transaction)?;
        Ok(transaction)
    }
}

/// The end of a transaction: it is listened for from now on. The future of `idb` would be
/// ready at the error that comes before an abort, and the listener for the abort be gone.
fn end_of(mut transaction: Transaction) -> impl Future<Output = WriteEnd> {
    let (done, completed) = oneshot::channel();
    let (failed, aborted) = oneshot::channel();
    // Sending fails only if the receiver is gone.
    transaction.on_complete(move |_| {
        let _ = done.send(());
    });
    transaction.on_abort(move |_| {
        let _ = failed.send(());
    });
    async move {
        let end = match select(completed, aborted).await {
            Either::Left((Ok(()), _)) => WriteEnd::Done,
            Either::Left((Err(_), _)) | Either::Right(_) => WriteEnd::Failed,
        };
        drop(transaction);
        end
    }
}

impl Range {
    fn query(&self) -> Result<Query, idb::Error> {
        let (from, to) = (self.from.as_str().into(), self.to.as_str().into());
        KeyRange::bound(&from, &to, None, None).map(Query::from)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").finish_non_exhaustive()
    }
}
