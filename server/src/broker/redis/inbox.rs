//! The requests to the task of one subscription connection.
//!
//! They are taken also while there is no connection: subscriptions to the boards of other masters
//! end too, and the end of one must not wait for a master that is dead.

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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use futures::FutureExt as _;
    use shared::id::NodeId;
    use tokio::time::sleep;

    use super::super::lane::Channels;
    use super::*;
    use crate::broker::subscribers::Subscribers;
    use crate::redis::keys::Names;

    #[tokio::test(start_paused = true)]
    async fn requests_are_taken_without_a_connection_and_callers_wait_for_one() {
        let board = |number: u8| BoardId::from_bytes([number; 16]);
        let (requests, received) = mpsc::channel(1);
        let mut inbox = Inbox::new(received);
        let subscribers = Arc::new(Subscribers::default());
        let lane = Lane::new(
            Channels::Durable,
            NodeId::from_bytes([1; 16]),
            Names::new("cs", 0),
            Arc::clone(&subscribers),
        );
        drop(subscribers.add(board(1)));
        let (patient, _patient) = oneshot::channel();
        let (hasty, gone) = oneshot::channel();
        drop(gone);
        let sending = async {
            for number in 1..=100 {
                let request = Request::Unsubscribe(board(number));
                requests.send(request).await.unwrap();
            }
            for (number, caller) in [(101, hasty), (102, patient)] {
                let request = Request::Subscribe(board(number), caller);
                requests.send(request).await.unwrap();
            }
            requests.reserve().await.unwrap();
        };
        tokio::select! {
            () = inbox.take_unconnected(&lane) => panic!("the broker is there"),
            () = sending => {}
            () = sleep(Duration::from_secs(10)) => panic!("the senders wait"),
        }
        assert!(subscribers.boards_subscribed().is_empty());
        let next = inbox.next().now_or_never().unwrap().unwrap();
        let wanted: Vec<BoardId> = next.wanted.iter().map(|(board, _)| *board).collect();
        assert_eq!(wanted, [board(102)], "the other caller has given up");
        assert!(inbox.next().now_or_never().is_none());
        drop(requests);
        assert!(inbox.next().await.is_none());
    }
}
