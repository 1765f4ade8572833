//! Removes blobs that no board needs any longer, and uploads that no client finishes.
//!
//! A board needs a blob while its hash occurs anywhere in the snapshot and the log of the board, so
//! also while only a commit names it that was undone or overwritten since. The bytes are searched as
//! the store loads them: this knows nothing of elements, and finds hashes in elements that a later version will
//! have. The archive does not count: a picture of which only the archive knows shows its preview.
//! A blob that the board no longer names is kept for a week more, for pages that can undo its
//! deletion, and for pages that are offline and have not sent the element yet. A client that asks
//! for a blob by `HEAD` makes it needed again. The blobs of a board that was deleted go at once.

use std::collections::HashSet;
use std::time::Duration;

use aho_corasick::AhoCorasick;
use shared::id::BoardId;
use shared::model::BlobHash;
use shared::sync::log::Loaded;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::Blobs;
use super::purge::purge;
use crate::blob::{BlobEntry, BlobError, BlobKey, BlobStage, BlobStore, Seen, UnixMillis};
use crate::clock::unix_ms;
use crate::metrics::BlobRemoval;
use crate::store::{Store, StoreError};
use crate::telemetry::Tag;

/// An upload whose last piece came so long ago is given up: a page that is closed for a night goes on
/// with its uploads the next morning.
pub const UPLOAD_EXPIRES_MS: UnixMillis = 24 * 60 * 60 * 1000;
/// A blob that its board has not needed for so long is removed.
pub const UNNEEDED_FOR_MS: UnixMillis = 7 * 24 * 60 * 60 * 1000;
/// Pause between two boards, so that a sweep of many boards delays no other work.
const PAUSE: Duration = Duration::from_millis(50);

/// The first sweep comes this long after the start, or up to twice as long.
const FIRST_SWEEP: Duration = Duration::from_mins(10);
/// How often the server looks for blobs that no board needs. Each time all boards with blobs are
/// loaded, one after the other.
const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that no client finished.
    pub expired: u64,
    /// Blobs that their boards do not need.
    pub unneeded: u64,
    /// Blobs of boards that were deleted.
    pub deleted: u64,
    /// Boards whose blobs could not be looked at; the next sweep tries again.
    pub failed: u64,
}

/// Why the blobs of a board could not be looked at.
#[derive(Debug, thiserror::Error)]
enum SweepError {
    /// The store of the boards failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The blob store failed.
    #[error(transparent)]
    Blobs(#[from] BlobError),
}

impl Blobs {
    /// Removes blobs that no board needs any longer, every day until the server shuts down.
    pub async fn sweep_daily(&self, closing: CancellationToken) {
        // Servers that started together do not look at the same boards at the same time.
        let mut wait = FIRST_SWEEP.mul_f64(1.0 + fastrand::f64());
        loop {
            tokio::select! {
                () = sleep(wait) => {}
                () = closing.cancelled() => return,
            }
            wait = SWEEP_EVERY;
            let store = &*self.context.store;
            match sweep(store, &*self.store, unix_ms()).await {
                Ok(swept) => {
                    let metrics = &self.context.metrics.blobs;
                    metrics.removed(BlobRemoval::Expired, swept.expired);
                    metrics.removed(BlobRemoval::Unneeded, swept.unneeded);
                    metrics.removed(BlobRemoval::Deleted, swept.deleted);
                    tracing::debug!(?swept, "pictures swept");
                }
                Err(error) => {
                    tracing::warn!(%error, "pictures that no board needs could not be removed")
                }
            }
        }
    }
}

/// Looks at the blobs of all boards. `now` is the time. A board that cannot be looked at is logged and
/// counted, and the others are looked at all the same.
///
/// # Errors
/// [`BlobError`] if the boards cannot be listed.
pub async fn sweep(
    store: &dyn Store,
    blobs: &dyn BlobStore,
    now: UnixMillis,
) -> Result<Swept, BlobError> {
    let mut swept = Swept::default();
    for board in blobs.boards().await? {
        if let Err(error) = sweep_board(store, blobs, board, now, &mut swept).await {
            swept.failed += 1;
            tracing::warn!(board = %Tag::from(board), %error, "the pictures of a board stay");
        }
        sleep(PAUSE).await;
    }
    Ok(swept)
}

async fn sweep_board(
    store: &dyn Store,
    blobs: &dyn BlobStore,
    board: BoardId,
    now: UnixMillis,
    swept: &mut Swept,
) -> Result<(), SweepError> {
    if store.was_deleted(board).await? {
        swept.deleted += purge(blobs, board).await?;
        return Ok(());
    }
    let entries = blobs.list(board).await?;
    let is_complete = |entry: &BlobEntry| !matches!(entry.stage, BlobStage::Unfinished(_));
    let complete = entries.iter().filter(|entry| is_complete(entry));
    let complete: Vec<BlobHash> = complete.map(|entry| entry.hash).collect();
    let needed = needed(store, board, complete).await?;
    for BlobEntry { hash, stage, .. } in entries {
        let key = BlobKey { board, hash };
        // Loading the board took a while, so a blob goes only if it still is as it was listed.
        let removed = async || {
            let removed = blobs.remove_if(key, Seen::Listed(stage)).await;
            removed.map(u64::from)
        };
        match stage {
            BlobStage::Unfinished(since) if now.saturating_sub(since) >= UPLOAD_EXPIRES_MS => {
                swept.expired += removed().await?;
            }
            BlobStage::Unneeded(_) if needed.contains(&hash) => blobs.mark(key, None).await?,
            BlobStage::Needed if !needed.contains(&hash) => blobs.mark(key, Some(now)).await?,
            BlobStage::Unneeded(since) if now.saturating_sub(since) >= UNNEEDED_FOR_MS => {
                swept.unneeded += removed().await?;
            }
            BlobStage::Unfinished(_) | BlobStage::Needed | BlobStage::Unneeded(_) => {}
        }
    }
    Ok(blobs.tidy(board).await?)
}

/// Those of the blobs that a board needs. A board that does not exist needs none.
async fn needed(
    store: &dyn Store,
    board: BoardId,
    blobs: Vec<BlobHash>,
) -> Result<HashSet<BlobHash>, SweepError> {
    if blobs.is_empty() {
        return Ok(HashSet::new());
    }
    let Some(loaded) = store.load(board).await? else {
        return Ok(HashSet::new());
    };
    let all: HashSet<BlobHash> = blobs.iter().copied().collect();
    let finding = tokio::task::spawn_blocking(move || named_in(&loaded, &blobs));
    // Where the search fails, nothing may be removed.
    Ok(finding.await.ok().flatten().unwrap_or(all))
}

/// Those of the hashes that occur in a board; `None` if they cannot be searched.
fn named_in(loaded: &Loaded, blobs: &[BlobHash]) -> Option<HashSet<BlobHash>> {
    let search = AhoCorasick::new(blobs.iter().map(BlobHash::as_bytes)).ok()?;
    let snapshot = loaded.snapshot.iter().map(|(_, snapshot)| &snapshot[..]);
    let commits = loaded.commits.iter().map(|(_, commit)| &commit.payload[..]);
    let mut named = HashSet::new();
    for bytes in snapshot.chain(commits) {
        let found = search.find_overlapping_iter(bytes);
        named.extend(found.filter_map(|found| blobs.get(found.pattern().as_usize()).copied()));
    }
    Some(named)
}
