//! Elements and their pictures on their way from one page to the page of a new board, in a database of the browser.
//!
//! The new page is another document, and the storage of a tab has too little room.

use idb::{Database, ObjectStore, TransactionMode};
use js_sys::Uint8Array;
use shared::id::BoardId;
use shared::model::NewElement;
use shared::protocol::codec::{decode, encode};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::outbox::PictureFile;
use crate::storage::Area;

/// The database, apart from the one of the outbox, so that neither waits for the other.
const NAME: &str = "commonslate-handover";
const VERSION: u32 = 1;
const STORE: &str = "elements";
/// The storage key of the board that elements are on their way to.
const BOARD_KEY: &str = "handover";

/// Elements for another page, the files of their pictures, and a sentence that names the lost parts.
type Left = (Vec<NewElement>, Vec<PictureFile>, Option<String>);

/// Why elements cannot be left for another page.
#[derive(Debug)]
pub(crate) enum LeaveError {
    /// They have no form in bytes.
    Unencodable,
    /// The browser keeps nothing.
    Database,
}

impl From<idb::Error> for LeaveError {
    fn from(_: idb::Error) -> Self {
        Self::Database
    }
}

/// Leaves elements, with what belongs to them (`Left`), for the page of a board, which this tab opens next.
///
/// # Errors
/// If the browser keeps nothing.
pub(crate) async fn leave(
    board: BoardId,
    elements: &[NewElement],
    files: &[PictureFile],
    notice: Option<&str>,
) -> Result<(), LeaveError> {
    let bytes = encode(&(elements, files, notice)).map_err(|_| LeaveError::Unencodable)?;
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let key = JsValue::from_str(&board.to_string());
    let store = transaction.object_store(STORE)?;
    // Pages that were closed on their way may have left elements.
    store.clear()?.await?;
    store.put(&Uint8Array::from(&*bytes), Some(&key))?.await?;
    transaction.commit()?.await?;
    Area::Tab.set(BOARD_KEY, &board);
    Ok(())
}

/// Whether elements were left for a board in this tab.
pub(crate) fn is_left_for(board: BoardId) -> bool {
    Area::Tab.get(BOARD_KEY) == Some(board)
}

/// Takes the elements that were left for a board; they can be taken once.
pub(crate) async fn take(board: BoardId) -> Option<Left> {
    Area::Tab.remove(BOARD_KEY);
    let database = open().await.ok()?;
    let mode = TransactionMode::ReadWrite;
    let transaction = database.transaction(&[STORE], mode).ok()?;
    let store = transaction.object_store(STORE).ok()?;
    let key = JsValue::from_str(&board.to_string());
    let left = store.get(key.clone()).ok()?.await.ok()??;
    // Another tab may just have left elements for another board.
    store.delete(key).ok()?.await.ok()?;
    let bytes = left.dyn_into::<Uint8Array>().ok()?.to_vec();
    decode(&bytes, bytes.len()).ok()
}

async fn open() -> Result<Database, idb::Error> {
    Database::builder(NAME)
        .version(VERSION)
        .add_object_store(ObjectStore::builder(STORE))
        .build()
        .await
}
