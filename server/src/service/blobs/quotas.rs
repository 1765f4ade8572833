//! How many pictures a board and an address may have, and how fast they come.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use governor::Quota;
use shared::id::{BoardId, Millis};

use super::BlobRefusal;
use super::budgets::CheckBudgets;
use crate::blob::{BlobEntry, BlobError, BlobKey, BoardLimit};
use crate::caller_rate_limit::{Caller, Limiter};
use crate::clock::Clock;
use crate::picture::Account;

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
    checks: CheckBudgets,
    unfinished: Mutex<HashMap<(Caller, BlobKey), Millis>>,
}

impl Quotas {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            uploads: Limiter::new(Quota::per_minute(UPLOADS), clock),
            checks: CheckBudgets::new(clock),
            unfinished: Mutex::default(),
        }
    }

    /// Counts an upload that begins for its address.
    pub(super) fn admit(&self, caller: Caller) -> Result<(), BlobRefusal> {
        self.uploads.take(caller).map_err(BlobRefusal::TooFast)
    }

    /// The account on which a picture is checked, if there is processor time left.
    pub(super) fn account(&self, board: BoardId, caller: Caller) -> Result<Account, BlobRefusal> {
        self.checks
            .account(board, caller)
            .map_err(BlobRefusal::Overdrawn)
    }

    /// Counts a blob that begins, on a board with these blobs.
    pub(super) fn take(
        &self,
        caller: Caller,
        key: BlobKey,
        length: u64,
        entries: &[BlobEntry],
    ) -> Result<(), BlobRefusal> {
        BoardLimit::check(entries, key.hash, length).map_err(BlobError::from)?;
        let now = self.clock.now();
        let mut unfinished = self.lock();
        unfinished.retain(|_, since| now.saturating_sub(*since) < CALLER_FORGETS_MS);
        let of_caller = unfinished
            .keys()
            .filter(|(other, it)| *other == caller && *it != key);
        if of_caller.count() >= UNFINISHED_OF_CALLER {
            return Err(BlobRefusal::TooManyUnfinished);
        }
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
