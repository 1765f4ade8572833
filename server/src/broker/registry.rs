//! Who in this process listens to which board.
//!
//! Must not know channels or connections: whoever owns those asks here.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::id::BoardId;
use tokio::sync::mpsc;

use super::BrokerMsg;
use super::outlet::Outlet;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Registry {
    boards: Mutex<HashMap<BoardId, Vec<Outlet>>>,
}

/// A new listener: what it hears, and a handle for noticing its end.
pub(super) struct Listening {
    pub(super) messages: mpsc::Receiver<BrokerMsg>,
    pub(super) watch: mpsc::Sender<BrokerMsg>,
}

impl Registry {
    /// Adds a listener. From here on it hears whatever is delivered.
    pub(super) fn add(&self, board: BoardId) -> Listening {
        let (outlet, messages) = Outlet::new();
        let watch = outlet.watch();
        self.boards().entry(board).or_default().push(outlet);
        Listening { messages, watch }
    }

    /// Hands a message to all who listen to a board.
    pub(super) fn deliver(&self, board: BoardId, message: BrokerMsg) {
        let mut boards = self.boards();
        let Some((last, others)) = boards.get_mut(&board).and_then(|all| all.split_last_mut())
        else {
            return;
        };
        others
            .iter_mut()
            .for_each(|outlet| outlet.send(message.clone()));
        last.send(message);
    }

    /// Hands a message to all who listen to anything.
    pub(super) fn deliver_to_all(&self, message: &BrokerMsg) {
        let mut boards = self.boards();
        boards
            .values_mut()
            .flatten()
            .for_each(|outlet| outlet.send(message.clone()));
    }

    /// The boards that somebody listens to.
    pub(super) fn listened(&self) -> Vec<BoardId> {
        self.boards().keys().copied().collect()
    }

    /// Forgets listeners of a board that are gone; tells whether any is left.
    pub(super) fn prune(&self, board: BoardId) -> Left {
        let mut boards = self.boards();
        let Some(outlets) = boards.get_mut(&board) else {
            return Left::Nobody;
        };
        outlets.retain(|outlet| !outlet.is_closed());
        if outlets.is_empty() {
            boards.remove(&board);
            Left::Nobody
        } else {
            Left::Somebody
        }
    }

    fn boards(&self) -> MutexGuard<'_, HashMap<BoardId, Vec<Outlet>>> {
        // No code panics while it holds the lock, so what is inside is sound.
        self.boards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a board still has listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// At least one.
    Somebody,
    /// None.
    Nobody,
}
