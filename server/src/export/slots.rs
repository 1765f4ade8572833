//! The slots in which exports are made. A caller takes one at a time, so that a caller with many
//! exports leaves the other slots to others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use super::refusal::Refusal;
use crate::caller_rate_limit::Caller;

/// All slots.
#[derive(Debug)]
pub(super) struct Slots {
    free: Arc<Semaphore>,
    /// The turn of each caller that has exports. Callers without exports are removed when another
    /// one comes.
    turns: Mutex<HashMap<Caller, Weak<Turn<()>>>>,
}

/// One slot. It is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    _turn: OwnedMutexGuard<()>,
    _place: OwnedSemaphorePermit,
}

impl Slots {
    pub(super) fn new(count: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(count)),
            turns: Mutex::default(),
        }
    }

    /// Waits for the turn of the caller and then for a free slot.
    pub(super) async fn take(&self, caller: Caller) -> Result<Slot, Refusal> {
        let turn = self.turn(caller).lock_owned().await;
        let free = Arc::clone(&self.free);
        let place = free.acquire_owned().await.map_err(|_| Refusal::Failed)?;
        Ok(Slot {
            _turn: turn,
            _place: place,
        })
    }

    fn turn(&self, caller: Caller) -> Arc<Turn<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = turns.get(&caller).and_then(Weak::upgrade) {
            return known;
        }
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        turns.insert(caller, Arc::downgrade(&turn));
        turn
    }
}
