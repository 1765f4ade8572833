//! The requests of one room to the store, each with the reply for the room.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use shared::id::{BoardId, Epoch, Position, Seq};
use shared::limits::MAX_SNAPSHOT_BYTES;
use shared::protocol::{CodecError, StoredCommit, encode};
use shared::sync::log::{Batch, BatchReply, Head};
use shared::sync::{Durability, EncodedSnapshot, NamedAuthor, Replayed, Snapshot, StoreCall};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::replaying::{ReplayError, replay};
use super::turns::Turns;
use crate::clock::random16;
use crate::protection::{self, Protection};
use crate::store::calls::{until_answered, within};
use crate::store::{
    Author, BoardRecord, ChatPageBytes, Compaction, Store, StoreError, StoreWarnings, Tail,
};
use crate::telemetry::Tag;

/// The check of the head may take this long; it is repeated anyway.
const HEAD_LIMIT: Duration = Duration::from_millis(900);
/// How long a reader waits for a page of the conversation.
const CHAT_PAGE_LIMIT: Duration = Duration::from_secs(5);
/// Wait before the store is asked again whether everything is durable.
const DURABILITY_AGAIN: Duration = Duration::from_secs(1);

/// How a request ended.
#[derive(Debug)]
pub(super) enum StoreReply {
    Batch(BatchReply),
    Tail(Position, Option<Vec<(Seq, StoredCommit)>>),
    /// The board, replayed; `None` if the store does not know it.
    Loaded(Result<Option<Box<Replayed>>, ReplayError>),
    Head(Option<Head>),
    HeadFailed,
    Durability(Position, Durability),
    Compacted {
        stored: bool,
        seq: Seq,
        /// Size of the encoded snapshot, whether it was stored or not; `None` if encoding failed.
        bytes: Option<usize>,
    },
    /// A snapshot for the clients; `None` if encoding failed.
    Encoded(Option<EncodedSnapshot>),
    /// The record with its version; `None` if the store does not know the board.
    Record(Option<(BoardRecord, u64)>),
    /// A page of the conversation with this number is stored.
    ChatPageStored(u64),
    /// The user of a client was noted.
    AuthorNoted,
    /// A page of the conversation; `None` if it cannot be read.
    ChatPage(u64, Option<Bytes>),
    /// The board was deleted, so the room must end without storing anything.
    Deleted,
    /// An attempt failed; the request goes on.
    Failed(StoreCall),
}

/// One board in the store.
#[derive(Debug, Clone)]
pub(super) struct BoardStore {
    pub(super) store: Arc<dyn Store>,
    pub(super) warnings: Arc<StoreWarnings>,
    pub(super) board: BoardId,
    /// The turns in which it is replayed.
    pub(super) replays: Turns,
    /// The turns in which its snapshots are encoded.
    pub(super) snapshots: Turns,
    /// Where failed attempts are reported.
    pub(super) replies: mpsc::Sender<StoreReply>,
}

impl BoardStore {
    pub(super) async fn commit(&self, mut batch: Batch) -> StoreReply {
        match random16() {
            Ok(bytes) => batch.fresh_epoch = Epoch::from_bytes(bytes),
            // The batch still works, unless history was lost at this very moment.
            Err(error) => tracing::error!(%error, "no fresh epoch"),
        }
        let commit = || self.store.commit(self.board, &batch);
        StoreReply::Batch(self.until_answered(StoreCall::Commit, commit).await)
    }

    pub(super) async fn read_after(&self, after: Position) -> StoreReply {
        if !protection::is_on(Protection::GapRead) {
            std::future::pending::<()>().await;
        }
        let read = || self.store.read_after(self.board, after);
        let tail = match self.until_answered(StoreCall::Read, read).await {
            Tail::Commits(commits) => Some(commits),
            Tail::Gone => None,
        };
        StoreReply::Tail(after, tail)
    }

    pub(super) async fn load(&self) -> StoreReply {
        let load = || self.store.load(self.board);
        let Some(loaded) = self.until_answered(StoreCall::Read, load).await else {
            return StoreReply::Loaded(Ok(None));
        };
        let outcome = replay(&self.replays, loaded, |_| ()).await;
        StoreReply::Loaded(outcome.map(|outcome| Some(outcome.replayed)))
    }

    /// Restores a lost board in a new epoch, then loads it. A board that was deleted stays so.
    pub(super) async fn restore(
        &self,
        mut snapshot: Box<Snapshot>,
        record: BoardRecord,
    ) -> StoreReply {
        // A snapshot need not be encoded for a board that was deleted.
        if self.was_deleted().await {
            return StoreReply::Deleted;
        }
        if let Ok(epoch) = random16() {
            snapshot.at.epoch = Epoch::from_bytes(epoch);
            let at = snapshot.at;
            if let Some(snapshot) = self.encoded(snapshot, encode).await {
                let compaction = Compaction {
                    at,
                    snapshot,
                    floor: at.seq,
                };
                let restore = || self.store.restore(self.board, &record, &compaction);
                let restored = self.until_answered(StoreCall::Read, restore).await;
                if restored.is_none() {
                    return StoreReply::Deleted;
                }
            }
        }
        self.load().await
    }

    pub(super) async fn head(&self) -> StoreReply {
        if !protection::is_on(Protection::HeadCheck) {
            std::future::pending::<()>().await;
        }
        match within(HEAD_LIMIT, self.store.head(self.board)).await {
            Ok(head) => StoreReply::Head(head),
            Err(_) => StoreReply::HeadFailed,
        }
    }

    /// Waits until everything that is stored now is durable.
    pub(super) async fn wait_durable(&self, at: Position) -> StoreReply {
        let durability = match self.store.wait_durable(self.board).await {
            Ok(()) if self.still_has(at).await => Durability::Confirmed,
            Ok(()) => Durability::Unknown,
            Err(StoreError::NeverDurable) => Durability::Unsupported,
            Err(error) => {
                self.warnings.failed(self.board, &error);
                Durability::Unknown
            }
        };
        if durability == Durability::Unknown {
            sleep(DURABILITY_AGAIN).await;
        }
        StoreReply::Durability(at, durability)
    }

    /// Whether the store still has a position. A store that has lost it still confirms that all
    /// commits that it has are durable.
    async fn still_has(&self, at: Position) -> bool {
        match self.store.head(self.board).await {
            Ok(Some(head)) => head.at.epoch == at.epoch && head.at.seq >= at.seq,
            Ok(None) | Err(_) => false,
        }
    }

    pub(super) async fn compact(&self, snapshot: Box<Snapshot>, floor: Seq) -> StoreReply {
        let at = snapshot.at;
        if !protection::is_on(Protection::CompactionFloor) {
            // Long enough for commits that the snapshot lacks.
            sleep(Duration::from_millis(300)).await;
        }
        let snapshot = self.encoded(snapshot, encode).await;
        let bytes = snapshot.as_ref().map(Bytes::len);
        let stored = match snapshot {
            Some(snapshot) if snapshot.len() > MAX_SNAPSHOT_BYTES => {
                tracing::error!(board = %Tag::from(self.board), bytes, "snapshot is too large");
                Ok(false)
            }
            Some(snapshot) => {
                let compaction = Compaction {
                    at,
                    snapshot,
                    floor,
                };
                self.store.compact(self.board, &compaction).await
            }
            None => Ok(false),
        };
        let stored = stored.unwrap_or_else(|error| {
            self.warnings.failed(self.board, &error);
            false
        });
        if stored {
            tracing::debug!(board = %Tag::from(self.board), seq = at.seq, "snapshot stored");
        }
        StoreReply::Compacted {
            stored,
            seq: at.seq,
            bytes,
        }
    }

    /// Encodes a snapshot for the clients.
    pub(super) async fn encode_parts(&self, snapshot: Box<Snapshot>) -> StoreReply {
        StoreReply::Encoded(self.encoded(snapshot, EncodedSnapshot::new).await)
    }

    /// Encodes a snapshot when it is the board's turn; a large one takes a while.
    async fn encoded<T: Send + 'static>(
        &self,
        snapshot: Box<Snapshot>,
        encode: fn(&Snapshot) -> Result<T, CodecError>,
    ) -> Option<T> {
        let encoded = self.snapshots.run(move || encode(&snapshot)).await;
        match encoded {
            Ok(Ok(bytes)) => Some(bytes),
            Ok(Err(error)) => {
                tracing::error!(%error, "snapshot cannot be encoded");
                None
            }
            Err(error) => {
                tracing::error!(%error, "encoding a snapshot failed");
                None
            }
        }
    }

    pub(super) async fn store_chat_page(&self, page: ChatPageBytes) -> StoreReply {
        let store = || self.store.put_chat_page(self.board, &page);
        self.until_answered(StoreCall::Read, store).await;
        StoreReply::ChatPageStored(page.number)
    }

    pub(super) async fn note_author(&self, named: NamedAuthor) -> StoreReply {
        let client = named.client;
        let author = Author::from(named);
        let note = || self.store.put_author(self.board, client, &author);
        self.until_answered(StoreCall::Read, note).await;
        StoreReply::AuthorNoted
    }

    /// Reads a page for a reader who can ask again.
    pub(super) async fn read_chat_page(&self, number: u64) -> StoreReply {
        let read = self.store.chat_page(self.board, number);
        let page = within(CHAT_PAGE_LIMIT, read).await.unwrap_or_else(|error| {
            self.warnings.failed(self.board, &error);
            None
        });
        StoreReply::ChatPage(number, page)
    }

    pub(super) async fn read_record(&self) -> StoreReply {
        let read = || self.store.record(self.board);
        let record = self.until_answered(StoreCall::Head, read).await;
        if record.is_none() && self.was_deleted().await {
            return StoreReply::Deleted;
        }
        StoreReply::Record(record)
    }

    /// Whether the store lacks the board because an owner deleted it.
    async fn was_deleted(&self) -> bool {
        let ask = || self.store.was_deleted(self.board);
        self.until_answered(StoreCall::Head, ask).await
    }

    /// Stores a record again of which the store lost a change, unless it was changed meanwhile, and
    /// reads the record that is stored then.
    pub(super) async fn put_record(&self, record: BoardRecord, version: u64) -> StoreReply {
        let put = || self.store.put_record(self.board, &record, version);
        self.until_answered(StoreCall::Head, put).await;
        self.read_record().await
    }

    /// Repeats a call until it is answered, and tells the room of every failure.
    async fn until_answered<T, F>(&self, kind: StoreCall, call: impl Fn() -> F + Send) -> T
    where
        F: Future<Output = Result<T, StoreError>> + Send,
    {
        until_answered(call, |error| {
            self.warnings.failed(self.board, error);
            // A room with that many unread replies knows already.
            drop(self.replies.try_send(StoreReply::Failed(kind)));
        })
        .await
    }
}
