//! The browser's IndexedDB, as far as the outbox needs it.
//!
//! Knows stores, keys and values. It must not know what they mean. Writes are
//! not waited for, but counted until they are done: the browser carries out
//! transactions on a store in the order in which they were made, and throws away
//! those that are not done when the page ends.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbRequest, IdbTransaction, IdbTransactionMode};

const NAME: &str = "commonslate";
const VERSION: u32 = 1;

/// A store of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    /// Encoded commits.
    Commits,
    /// Private keys of those who made them.
    Authors,
}

impl Shelf {
    const ALL: [Self; 2] = [Self::Commits, Self::Authors];

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

/// The browser has no database for us, or refused to use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this browser keeps nothing")]
pub(super) struct Unavailable;

impl From<JsValue> for Unavailable {
    fn from(_: JsValue) -> Self {
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
    db: IdbDatabase,
    writes: Rc<Writes>,
    on_complete: Closure<dyn FnMut()>,
    on_abort: Closure<dyn FnMut()>,
}

/// A value on its way to a store.
pub(super) struct Entry {
    pub(super) shelf: Shelf,
    pub(super) key: String,
    pub(super) value: JsValue,
}

impl Database {
    /// Opens the database and makes its stores if they are missing.
    ///
    /// # Errors
    /// Where the browser does not allow it.
    pub(super) async fn open() -> Result<Self, Unavailable> {
        let factory = window().indexed_db()?.ok_or(Unavailable)?;
        let request = factory.open_with_u32(NAME, VERSION)?;
        let upgrading = request.clone();
        // Owned by the browser: it may need it after our patience has ended.
        let upgrade = Closure::once_into_js(move || {
            let Ok(db) = upgrading
                .result()
                .and_then(|db| db.dyn_into::<IdbDatabase>())
            else {
                return;
            };
            for shelf in Shelf::ALL {
                // If it fails, opening fails too.
                let _ = db.create_object_store(shelf.name());
            }
        });
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        end_of(&request).await?;
        let db = request.result()?.dyn_into::<IdbDatabase>()?;
        let writes = Rc::<Writes>::default();
        let listen = |end: WriteEnd| {
            let writes = Rc::clone(&writes);
            Closure::new(move || writes.ended(end))
        };
        let (on_complete, on_abort) = (listen(WriteEnd::Done), listen(WriteEnd::Failed));
        Ok(Self {
            db,
            writes,
            on_complete,
            on_abort,
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
                    .object_store(entry.shelf.name())?
                    .put_with_key(&entry.value, &entry.key.as_str().into())
                    .map(drop)
            })
        });
    }

    /// Begins to delete a range of keys.
    pub(super) fn delete(&self, shelf: Shelf, range: &Range) {
        self.write(|transaction| {
            let store = transaction.object_store(shelf.name())?;
            store.delete(&range.to_js()?).map(drop)
        });
    }

    /// All keys and values of a range, by key.
    ///
    /// # Errors
    /// Where the browser refuses to read.
    pub(super) async fn read(
        &self,
        shelf: Shelf,
        range: &Range,
    ) -> Result<Vec<(String, JsValue)>, Unavailable> {
        let mode = IdbTransactionMode::Readonly;
        let transaction = self.db.transaction_with_str_and_mode(shelf.name(), mode)?;
        let store = transaction.object_store(shelf.name())?;
        let range = range.to_js()?;
        // Both are asked for at once: a transaction ends when nothing is asked of it.
        let keys = store.get_all_keys_with_key(&range)?;
        let values = store.get_all_with_key(&range)?;
        for end in [end_of(&keys), end_of(&values)] {
            end.await?;
        }
        let keys = keys.result()?.dyn_into::<Array>()?;
        let values = values.result()?.dyn_into::<Array>()?;
        Ok(keys
            .iter()
            .filter_map(|key| key.as_string())
            .zip(values.iter())
            .collect())
    }

    fn write(&self, act: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>) {
        self.writes.under_way.set(self.writes.under_way.get() + 1);
        if self.try_write(act).is_err() {
            self.writes.ended(WriteEnd::Failed);
        }
    }

    fn try_write(
        &self,
        act: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
    ) -> Result<(), JsValue> {
        let shelves = Shelf::ALL.map(|shelf| JsValue::from(shelf.name()));
        let transaction = self.db.transaction_with_str_sequence_and_mode(
            &shelves.into_iter().collect::<Array>(),
            IdbTransactionMode::Readwrite,
        )?;
        act(&transaction)?;
        // From here on its end is told by one of the two listeners.
        transaction.set_oncomplete(Some(self.on_complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(self.on_abort.as_ref().unchecked_ref()));
        Ok(())
    }
}

impl Range {
    fn to_js(&self) -> Result<JsValue, JsValue> {
        IdbKeyRange::bound(&self.from.as_str().into(), &self.to.as_str().into()).map(JsValue::from)
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").finish_non_exhaustive()
    }
}

/// The end of a request: it is listened for from now on.
fn end_of(request: &IdbRequest) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }))
}
