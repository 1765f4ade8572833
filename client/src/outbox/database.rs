//! The browser's IndexedDB, as far as the outbox needs it.
//!
//! Knows stores, keys and values. It must not know what they mean. Writes are
//! not waited for: the browser carries out transactions on a store in the order
//! in which they were made.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

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

/// Told when a write fails.
type OnTrouble = Rc<RefCell<Option<Box<dyn Fn()>>>>;

/// An open database.
pub(super) struct Database {
    db: IdbDatabase,
    on_trouble: OnTrouble,
    tell_trouble: Closure<dyn FnMut()>,
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
        let db = settled(&request).await?.dyn_into::<IdbDatabase>()?;
        let on_trouble = OnTrouble::default();
        let told = Rc::clone(&on_trouble);
        let tell_trouble = Closure::new(move || {
            if let Some(tell) = &*told.borrow() {
                tell();
            }
        });
        Ok(Self {
            db,
            on_trouble,
            tell_trouble,
        })
    }

    /// Says whom to tell when a write fails.
    pub(super) fn on_trouble(&self, tell: impl Fn() + 'static) {
        self.on_trouble.replace(Some(Box::new(tell)));
    }

    /// Begins to write a value under a key.
    pub(super) fn put(&self, shelf: Shelf, key: &str, value: &JsValue) {
        self.write(shelf, |store| store.put_with_key(value, &key.into()));
    }

    /// Begins to delete a range of keys.
    pub(super) fn delete(&self, shelf: Shelf, range: &Range) {
        self.write(shelf, |store| store.delete(&range.to_js()?));
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
        let (keys, values) = futures::join!(settled(&keys), settled(&values));
        let (keys, values) = (keys?.dyn_into::<Array>()?, values?.dyn_into::<Array>()?);
        Ok(keys
            .iter()
            .filter_map(|key| key.as_string())
            .zip(values.iter())
            .collect())
    }

    fn write(
        &self,
        shelf: Shelf,
        act: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) {
        if self.try_write(shelf, act).is_err()
            && let Some(tell) = &*self.on_trouble.borrow()
        {
            tell();
        }
    }

    fn try_write(
        &self,
        shelf: Shelf,
        act: impl FnOnce(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<(), JsValue> {
        let mode = IdbTransactionMode::Readwrite;
        let transaction = self.db.transaction_with_str_and_mode(shelf.name(), mode)?;
        let listener: &Function = self.tell_trouble.as_ref().unchecked_ref();
        transaction.set_onabort(Some(listener));
        act(&transaction.object_store(shelf.name())?).map(drop)
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

/// The result of a request once it is there.
async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(done).await?;
    request.result()
}
