//! The browser's IndexedDB, through the crate `idb`.
//!
//! The database counts the writes that have not ended. The browser runs the transactions of a
//! store in the order of their creation, and drops unfinished ones when the page ends.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use idb::{KeyRange, ObjectStore, Query, Transaction, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::database::{Database, Entry, Range, Store, Unavailable, Value};

const VERSION: u32 = 1;

/// A database of the browser. A database cannot get another store while a page of an earlier version
/// has it open, so later stores are in databases of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schema {
    name: &'static str,
    stores: &'static [Store],
}

/// Commits and their authors.
pub(super) const COMMITS: Schema = Schema {
    name: "commonslate",
    stores: &[Store::Commits, Store::Authors],
};
/// Files of pictures.
pub(super) const PICTURES: Schema = Schema {
    name: "commonslate-pictures",
    stores: &[Store::Pictures],
};

impl Store {
    const fn name(self) -> &'static str {
        match self {
            Self::Commits => "commits",
            Self::Authors => "authors",
            Self::Pictures => "pictures",
        }
    }
}

impl From<idb::Error> for Unavailable {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

/// How a write ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WriteEnd {
    /// The written values outlive the page.
    Done,
    /// The browser did not write them.
    Failed,
}

/// Called when a write ends.
type Listener = Box<dyn Fn(WriteEnd)>;

/// Writes that have not ended, and the listener for their ends.
#[derive(Default)]
struct Writes {
    unfinished: Cell<usize>,
    listener: RefCell<Option<Listener>>,
}

impl Writes {
    fn ended(&self, end: WriteEnd) {
        self.unfinished.set(self.unfinished.get().saturating_sub(1));
        if let Some(tell) = &*self.listener.borrow() {
            tell(end);
        }
    }
}

/// An open database.
pub(super) struct IndexedDb {
    db: idb::Database,
    stores: Vec<&'static str>,
    writes: Rc<Writes>,
}

impl IndexedDb {
    /// Opens the database and makes its stores if they are missing.
    ///
    /// # Errors
    /// Where the browser does not allow it.
    pub(super) async fn open(schema: Schema) -> Result<Self, Unavailable> {
        let (opened, opening) = oneshot::channel();
        // A task of its own: the caller may give up after a while, and the browser still needs
        // the handler that creates the stores.
        spawn_local(async move {
            let builder = idb::Database::builder(schema.name).version(VERSION);
            let stores = schema.stores.iter().map(|store| store.name());
            let builder = stores.fold(builder, |builder, store| {
                builder.add_object_store(ObjectStore::builder(store))
            });
            let db = builder.build().await;
            // The receiver is gone if the caller gave up.
            let _ = opened.send(db);
        });
        let db = opening.await.map_err(|_| Unavailable)??;
        Ok(Self {
            db,
            stores: schema.stores.iter().map(|store| store.name()).collect(),
            writes: Rc::default(),
        })
    }

    /// Calls `listener` whenever a write ends.
    pub(super) fn on_write_end(&self, listener: impl Fn(WriteEnd) + 'static) {
        self.writes.listener.replace(Some(Box::new(listener)));
    }

    /// Number of writes that have not ended yet.
    pub(super) fn unfinished_writes(&self) -> usize {
        self.writes.unfinished.get()
    }

    fn write(&self, act: impl FnOnce(&Transaction) -> Result<(), idb::Error>) {
        let writes = Rc::clone(&self.writes);
        writes.unfinished.set(writes.unfinished.get() + 1);
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
        let transaction = self
            .db
            .transaction(&self.stores, TransactionMode::ReadWrite)?;
        act(&transaction)?;
        Ok(transaction)
    }
}

impl Database for IndexedDb {
    fn put(&self, entries: Vec<Entry>) {
        self.write(|transaction| {
            entries.into_iter().try_for_each(|entry| {
                transaction
                    .object_store(entry.store.name())?
                    .put(&entry.value.into(), Some(&entry.key.into()))
                    .map(drop)
            })
        });
    }

    fn delete(&self, store: Store, range: Range) {
        self.write(|transaction| {
            let store = transaction.object_store(store.name())?;
            store.delete(query(range)?).map(drop)
        });
    }

    async fn read(&self, store: Store, range: Range) -> Result<Vec<Value>, Unavailable> {
        let transaction = self
            .db
            .transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(store.name())?;
        let values = store.get_all(Some(query(range)?), None)?.await?;
        Ok(values.into_iter().filter_map(value).collect())
    }
}

impl From<Value> for JsValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => text.into(),
            Value::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        }
    }
}

/// A value as it was written; `None` if this program did not write it.
fn value(value: JsValue) -> Option<Value> {
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text));
    }
    let bytes = value.dyn_into::<Uint8Array>().ok()?;
    Some(Value::Bytes(bytes.to_vec()))
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

fn query(range: Range) -> Result<Query, idb::Error> {
    KeyRange::bound(&range.from.into(), &range.to.into(), None, None).map(Query::from)
}

impl fmt::Debug for IndexedDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexedDb").finish_non_exhaustive()
    }
}
