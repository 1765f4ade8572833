//! The sending end of one subscription, with its policy for a reader that is
//! far behind. Must not know where messages come from.

use tokio::sync::mpsc::{self, OwnedPermit, error::TrySendError};

use super::BrokerMsg;

/// Messages that wait for one reader. A room reads in a tight loop, so this is
/// seconds of a busy board.
const QUEUE: usize = 1024;
/// Places that live messages leave to durable ones.
const KEPT_FOR_DURABLE: usize = QUEUE / 2;

/// Sends to one subscription and never waits.
#[derive(Debug)]
pub(super) struct Outlet {
    queue: mpsc::Sender<BrokerMsg>,
    /// One place is always kept, for saying that something was dropped. It is
    /// missing only while that very message is the last one in a full queue.
    spare: Option<OwnedPermit<BrokerMsg>>,
}

impl Outlet {
    pub(super) fn new() -> (Self, mpsc::Receiver<BrokerMsg>) {
        let (queue, messages) = mpsc::channel(QUEUE);
        let spare = queue.clone().try_reserve_owned().ok();
        (Self { queue, spare }, messages)
    }

    /// Whether the subscription is over.
    pub(super) fn is_closed(&self) -> bool {
        self.queue.is_closed()
    }

    /// A handle for waiting until the subscription is over.
    pub(super) fn watch(&self) -> mpsc::Sender<BrokerMsg> {
        self.queue.clone()
    }

    /// Sends, or drops the message by the policy in [`super::Subscription`].
    pub(super) fn send(&mut self, message: BrokerMsg) {
        if self.spare.is_none() {
            self.spare = self.queue.clone().try_reserve_owned().ok();
        }
        match message {
            BrokerMsg::Live(_) => self.send_live(message),
            BrokerMsg::Commits { .. }
            | BrokerMsg::EpochChanged
            | BrokerMsg::Resubscribed
            | BrokerMsg::Lost => self.send_durable(message),
        }
    }

    fn send_live(&self, message: BrokerMsg) {
        if self.queue.capacity() > KEPT_FOR_DURABLE {
            // A live message that finds no place is worth nothing any more.
            drop(self.queue.try_send(message));
        }
    }

    fn send_durable(&mut self, message: BrokerMsg) {
        match self.queue.try_send(message) {
            Ok(()) | Err(TrySendError::Closed(_)) => {}
            Err(TrySendError::Full(_)) => {
                if let Some(spare) = self.spare.take() {
                    spare.send(BrokerMsg::Resubscribed);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use shared::id::Epoch;

    use super::*;

    fn durable(first: u64) -> BrokerMsg {
        BrokerMsg::Commits {
            epoch: Epoch::from_bytes([0; 16]),
            first,
            commits: Vec::new(),
        }
    }

    fn heard(messages: &mut mpsc::Receiver<BrokerMsg>) -> Vec<BrokerMsg> {
        std::iter::from_fn(|| messages.try_recv().ok()).collect()
    }

    #[test]
    fn live_messages_never_push_out_durable_ones() {
        let (mut outlet, mut messages) = Outlet::new();
        (0..2 * QUEUE).for_each(|_| outlet.send(BrokerMsg::Live(Bytes::from_static(b"x"))));
        outlet.send(durable(1));
        let heard = heard(&mut messages);
        assert!(heard.len() < QUEUE);
        assert_eq!(heard.last(), Some(&durable(1)));
    }

    #[test]
    fn a_dropped_durable_message_is_followed_by_resubscribed() {
        let (mut outlet, mut messages) = Outlet::new();
        (0..2 * QUEUE as u64).for_each(|first| outlet.send(durable(first)));
        let heard = heard(&mut messages);
        assert_eq!(heard.len(), QUEUE);
        assert_eq!(heard.last(), Some(&BrokerMsg::Resubscribed));
    }

    #[test]
    fn after_a_slow_spell_all_is_heard_again() {
        let (mut outlet, mut messages) = Outlet::new();
        (0..2 * QUEUE as u64).for_each(|first| outlet.send(durable(first)));
        heard(&mut messages);
        (0..2 * QUEUE as u64).for_each(|first| outlet.send(durable(first)));
        assert_eq!(heard(&mut messages).last(), Some(&BrokerMsg::Resubscribed));
        outlet.send(durable(7));
        assert_eq!(heard(&mut messages), [durable(7)]);
    }
}
