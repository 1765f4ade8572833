//! The accounts that pay for applying the commits of a board.
//!
//! A commit may be applied long after its author has left, so an account outlives its session.

use std::collections::HashMap;
use std::time::Duration;

use shared::id::ClientId;

use crate::cpu_budget::CpuAccount;

/// The number of accounts from which on those that are not needed are searched and removed.
const MIN_KEPT: usize = 64;

/// The account of each client that is or was in the room.
#[derive(Debug)]
pub(super) struct Accounts {
    by_client: HashMap<ClientId, CpuAccount>,
    /// At this number, accounts that are not needed are removed.
    sweep_at: usize,
}

impl Default for Accounts {
    fn default() -> Self {
        Self {
            by_client: HashMap::new(),
            sweep_at: MIN_KEPT,
        }
    }
}

impl Accounts {
    /// A client joined, and pays by this account. `is_needed` tells whether another client is in
    /// the room, or has commits that are not applied.
    pub(super) fn opened(
        &mut self,
        client: ClientId,
        account: CpuAccount,
        is_needed: impl Fn(ClientId) -> bool,
    ) {
        self.by_client.insert(client, account);
        if self.by_client.len() >= self.sweep_at {
            self.by_client
                .retain(|other, _| *other == client || is_needed(*other));
            self.sweep_at = MIN_KEPT.max(2 * self.by_client.len());
        }
    }

    /// Charges the author of a commit. A client that joined another server pays there.
    pub(super) fn charge(&self, author: ClientId, used: Duration) {
        if let Some(account) = self.by_client.get(&author) {
            account.charge(used);
        }
    }
}
