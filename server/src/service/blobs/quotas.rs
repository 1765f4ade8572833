//! How many pictures a board and an address may have, and how fast they come.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use governor::Quota;
use shared::id::Millis;

use super::BlobRefusal;
use crate::blob::{BlobEntry, BlobKey, BlobStage};
use crate::caller_rate_limit::{Caller, Limiter};
use crate::clock::Clock;

/// Bytes of all blobs of a board: four times its log and snapshot. In Redis they are memory.
pub(super) const BOARD_BYTES: u64 = 256 * 1024 * 1024;
/// Blobs of a board: more than a page can show at once.
pub(super) const BOARD_BLOBS: usize = 1_000;
/// Uploads of a board that wait for their last bytes: some people who each drop a folder.
pub(super) const UNFINISHED_OF_BOARD: usize = 64;
/// Uploads of one address that wait for their last bytes; a school behind one address still fits.
pub(super) const UNFINISHED_OF_CALLER: usize = 64;
/// Uploads that one address may begin at once, and again in a minute.
const UPLOADS: NonZeroU32 = NonZeroU32::MIN.saturating_add(119);
/// After this time an upload no longer counts for its address.
const CALLER_FORGETS_MS: Millis = 60 * 60 * 1000;
/// Uploads of all addresses that are remembered; beyond it new ones do not count for theirs.
const MAX_REMEMBERED: usize = 100_000;

/// The limits of this server.
#[derive(Debug)]
pub(super) struct Quotas {
    clock: Clock,
    uploads: Limiter<Caller, Clock>,
    unfinished: Mutex<HashMap<(Caller, BlobKey), Millis>>,
}

impl Quotas {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            uploads: Limiter::new(Quota::per_minute(UPLOADS), clock),
            unfinished: Mutex::default(),
        }
    }

    /// Counts a blob that begins, on a board with these blobs.
    pub(super) fn take(
        &self,
        caller: Caller,
        key: BlobKey,
        length: u64,
        entries: &[BlobEntry],
    ) -> Result<(), BlobRefusal> {
        let others = || entries.iter().filter(|entry| entry.hash != key.hash);
        if others().count() >= BOARD_BLOBS {
            return Err(BlobRefusal::TooManyBlobs);
        }
        let bytes: u64 = others().map(|entry| entry.length).sum();
        if bytes.saturating_add(length) > BOARD_BYTES {
            return Err(BlobRefusal::BoardFull);
        }
        let is_unfinished = |entry: &&BlobEntry| matches!(entry.stage, BlobStage::Unfinished(_));
        if others().filter(is_unfinished).count() >= UNFINISHED_OF_BOARD {
            return Err(BlobRefusal::TooManyUnfinished);
        }
        let now = self.clock.now();
        let mut unfinished = self.lock();
        unfinished.retain(|_, since| now.saturating_sub(*since) < CALLER_FORGETS_MS);
        let of_caller = unfinished
            .keys()
            .filter(|(other, it)| *other == caller && *it != key);
        if of_caller.count() >= UNFINISHED_OF_CALLER {
            return Err(BlobRefusal::TooManyUnfinished);
        }
        self.uploads.take(caller).map_err(BlobRefusal::TooFast)?;
        if unfinished.len() < MAX_REMEMBERED {
            unfinished.insert((caller, key), now);
        }
        Ok(())
    }

    /// An upload is complete or was removed.
    pub(super) fn ended(&self, caller: Caller, key: BlobKey) {
        self.lock().remove(&(caller, key));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Caller, BlobKey), Millis>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.unfinished
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
