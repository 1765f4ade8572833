//! Commits of this browser that are not yet durable, kept over reloads and crashes.
//!
//! Layout: `database` is IndexedDB, `lock` tells live tabs from dead ones,
//! `estate` finds what dead tabs left behind. Knows commits and who made them;
//! it must not know how commits are sent.

mod database;
mod estate;
mod lock;

use std::rc::Rc;

use js_sys::Uint8Array;
use shared::id::{BoardId, ClientId, ClientKey, CommitNo};
use shared::limits::MAX_FRAME_BYTES;
use shared::op::Commit;
use shared::protocol::{decode, encode};
use wasm_bindgen::JsCast as _;

use crate::clock;
use database::{Database, Entry, Range, Store};

pub use database::WriteEnd;
pub use estate::{Estate, Legacy, claim};
pub use lock::hold_fresh;

/// The outbox of one board. Without IndexedDB it keeps nothing.
#[derive(Clone, Debug)]
pub struct Outbox {
    board: BoardId,
    database: Option<Rc<Database>>,
}

/// Somebody whose commits are kept.
#[derive(Clone, Copy, Debug)]
struct Author {
    key: ClientKey,
    /// Seconds since 1970 when they last kept a commit.
    touched: u64,
}

impl Outbox {
    /// Opens the outbox of a board.
    pub async fn open(board: BoardId) -> Self {
        Self {
            board,
            database: Database::open().await.ok().map(Rc::new),
        }
    }

    /// An outbox that keeps nothing.
    #[must_use]
    pub const fn none(board: BoardId) -> Self {
        Self {
            board,
            database: None,
        }
    }

    /// Whether commits are kept at all.
    #[must_use]
    pub const fn is_available(&self) -> bool {
        self.database.is_some()
    }

    /// Says whom to tell whenever something was kept or dropped, or could not be.
    pub fn on_write_end(&self, tell: impl Fn(WriteEnd) + 'static) {
        if let Some(database) = &self.database {
            database.on_write_end(tell);
        }
    }

    /// Writes that the browser has not finished: what they keep would be lost
    /// with the page.
    #[must_use]
    pub fn writes_under_way(&self) -> usize {
        self.database
            .as_ref()
            .map_or(0, |database| database.writes_under_way())
    }

    /// Begins to keep a commit; ink never waits for it.
    pub fn keep(&self, key: &ClientKey, commit: &Commit) {
        let (Some(database), Ok(bytes)) = (&self.database, encode(commit)) else {
            return;
        };
        let me = key.client_id();
        let author = format!("{} {}", key.reveal(), clock::unix_seconds());
        database.put(&[
            Entry {
                store: Store::Authors,
                key: self.author_key(me),
                value: author.into(),
            },
            Entry {
                store: Store::Commits,
                key: self.commit_key(me, commit.cno),
                value: Uint8Array::from(bytes.as_ref()).into(),
            },
        ]);
    }

    /// Begins to drop commits up to a number.
    pub fn forget(&self, key: &ClientKey, up_to: CommitNo) {
        if let Some(database) = &self.database {
            let me = key.client_id();
            let range = Range {
                from: self.commit_key(me, 0),
                to: self.commit_key(me, up_to),
            };
            database.delete(Store::Commits, &range);
        }
    }

    /// Begins to drop everything of an identity that is no longer used.
    pub fn drop_author(&self, key: &ClientKey) {
        self.forget(key, CommitNo::MAX);
        if let Some(database) = &self.database {
            let author = self.author_key(key.client_id());
            database.delete(
                Store::Authors,
                &Range {
                    from: author.clone(),
                    to: author,
                },
            );
        }
    }

    /// What is kept of somebody, ascending.
    async fn commits(&self, author: ClientId) -> Vec<Commit> {
        let Some(database) = &self.database else {
            return Vec::new();
        };
        let range = Range {
            from: self.commit_key(author, 0),
            to: self.commit_key(author, CommitNo::MAX),
        };
        let kept = database
            .read(Store::Commits, &range)
            .await
            .unwrap_or_default();
        let bytes = kept
            .into_iter()
            .filter_map(|value| value.dyn_into::<Uint8Array>().ok());
        bytes
            .filter_map(|bytes| decode(&bytes.to_vec(), MAX_FRAME_BYTES).ok())
            .collect()
    }

    /// Everybody of whom something is or was kept.
    async fn authors(&self) -> Vec<Author> {
        let Some(database) = &self.database else {
            return Vec::new();
        };
        // "0" follows "/", which ends the board's part of the key.
        let range = Range {
            from: format!("{}/", self.board),
            to: format!("{}0", self.board),
        };
        let kept = database
            .read(Store::Authors, &range)
            .await
            .unwrap_or_default();
        kept.into_iter()
            .filter_map(|value| Author::parse(&value.as_string()?))
            .collect()
    }

    fn author_key(&self, author: ClientId) -> String {
        format!("{}/{author}", self.board)
    }

    /// Numbers are written so that their texts sort as they do.
    fn commit_key(&self, author: ClientId, cno: CommitNo) -> String {
        format!("{}/{author}/{cno:016x}", self.board)
    }
}

impl Author {
    fn parse(text: &str) -> Option<Self> {
        let (key, touched) = text.split_once(' ')?;
        Some(Self {
            key: key.parse().ok()?,
            touched: touched.parse().ok()?,
        })
    }
}
