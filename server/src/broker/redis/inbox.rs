//! The requests to the task of one subscription connection.
//!
//! They are taken also while there is no connection: subscriptions to the boards of other masters
//! end too, and whoever ends one must not wait for a master that is dead.

use shared::id::BoardId;
use tokio::sync::{mpsc, oneshot};

use super::lane::Lane;

/// Requests carried out together.
const TOGETHER: usize = 256;

/// A request to the task of a connection.
#[derive(Debug)]
pub(super) enum Request {
    /// Subscribe to a board and tell when that is confirmed.
    Subscribe(BoardId, oneshot::Sender<()>),
    /// Unsubscribe from a board, unless it has subscriptions again.
    Unsubscribe(BoardId),
}

/// Requests that are carried out together.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// The boards to subscribe to, each with its caller.
    pub(super) wanted: Vec<(BoardId, oneshot::Sender<()>)>,
    /// The boards to unsubscribe from.
    pub(super) dropped: Vec<BoardId>,
}

/// The requests that have not been carried out.
#[derive(Debug)]
pub(super) struct Inbox {
    received: mpsc::Receiver<Request>,
    /// Callers that came while there was no connection, and wait for one.
    waiting: Vec<(BoardId, oneshot::Sender<()>)>,
}

impl Inbox {
    pub(super) fn new(received: mpsc::Receiver<Request>) -> Self {
        Self {
            received,
            waiting: Vec::new(),
        }
    }

    /// Takes requests as long as there is no connection; returns when the broker was dropped.
    pub(super) async fn take_unconnected(&mut self, lane: &Lane) {
        while let Some(request) = self.received.recv().await {
            match request {
                Request::Subscribe(board, caller) => {
                    // Callers give up after a while.
                    self.waiting.retain(|(_, caller)| !caller.is_closed());
                    self.waiting.push((board, caller));
                }
                // The next connection does not subscribe to it any more.
                Request::Unsubscribe(board) => drop(lane.forget_if_unused(board)),
            }
        }
    }

    /// The next requests; `None` when the broker was dropped.
    pub(super) async fn next(&mut self) -> Option<Requests> {
        if !self.waiting.is_empty() {
            return Some(Requests {
                wanted: std::mem::take(&mut self.waiting),
                dropped: Vec::new(),
            });
        }
        let mut received = Vec::new();
        if self.received.recv_many(&mut received, TOGETHER).await == 0 {
            return None;
        }
        let mut next = Requests::default();
        for request in received {
            match request {
                Request::Subscribe(board, caller) => next.wanted.push((board, caller)),
                Request::Unsubscribe(board) => next.dropped.push(board),
            }
        }
        Some(next)
    }
}
