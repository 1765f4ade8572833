//! The subscriptions of this process, by board.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::id::BoardId;
use tokio::sync::mpsc;

use super::BrokerMsg;
use super::queue::SubscriptionQueue;

/// The queues of all subscriptions.
#[derive(Debug, Default)]
pub(super) struct Subscribers {
    boards: Mutex<HashMap<BoardId, Vec<SubscriptionQueue>>>,
}

/// A subscription that was just added.
pub(super) struct Added {
    pub(super) messages: mpsc::Receiver<BrokerMsg>,
    /// Tells when the subscription is dropped.
    pub(super) closed: mpsc::Sender<BrokerMsg>,
}

impl Subscribers {
    /// Adds a subscription. It receives all messages that are delivered from now on.
    pub(super) fn add(&self, board: BoardId) -> Added {
        let (queue, messages) = SubscriptionQueue::new();
        let closed = queue.sender();
        self.boards().entry(board).or_default().push(queue);
        Added { messages, closed }
    }

    /// Delivers a message to all subscriptions of a board.
    pub(super) fn deliver(&self, board: BoardId, message: BrokerMsg) {
        let mut boards = self.boards();
        let Some((last, others)) = boards.get_mut(&board).and_then(|all| all.split_last_mut())
        else {
            return;
        };
        others
            .iter_mut()
            .for_each(|queue| queue.send(message.clone()));
        last.send(message);
    }

    /// The boards that have subscriptions.
    pub(super) fn boards_subscribed(&self) -> Vec<BoardId> {
        self.boards().keys().copied().collect()
    }

    /// Removes the dropped subscriptions of a board; tells whether any is left.
    pub(super) fn prune(&self, board: BoardId) -> Left {
        let mut boards = self.boards();
        let Some(queues) = boards.get_mut(&board) else {
            return Left::None;
        };
        queues.retain(|queue| !queue.is_closed());
        if queues.is_empty() {
            boards.remove(&board);
            Left::None
        } else {
            Left::Some
        }
    }

    fn boards(&self) -> MutexGuard<'_, HashMap<BoardId, Vec<SubscriptionQueue>>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.boards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a board still has subscriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// At least one.
    Some,
    /// None.
    None,
}
