//! The queue of one subscription. It drops messages when its reader is far behind.

use tokio::sync::mpsc::{self, OwnedPermit, error::TrySendError};

use super::BrokerMsg;

/// Messages that wait for one reader. A room reads in a tight loop, so this is
/// seconds of a busy board.
const CAPACITY: usize = 1024;
/// Slots that live messages leave to durable ones.
const RESERVED_FOR_DURABLE: usize = CAPACITY / 2;

/// The sending end of a queue. It never waits.
#[derive(Debug)]
pub(super) struct SubscriptionQueue {
    queue: mpsc::Sender<BrokerMsg>,
    /// One slot is always reserved for the message that something was dropped. It is
    /// missing only while that very message is the last one in a full queue.
    spare: Option<OwnedPermit<BrokerMsg>>,
}

impl SubscriptionQueue {
    pub(super) fn new() -> (Self, mpsc::Receiver<BrokerMsg>) {
        let (queue, messages) = mpsc::channel(CAPACITY);
        let spare = queue.clone().try_reserve_owned().ok();
        (Self { queue, spare }, messages)
    }

    /// Whether the subscription is over.
    pub(super) fn is_closed(&self) -> bool {
        self.queue.is_closed()
    }

    /// A sender that tells when the subscription is over.
    pub(super) fn sender(&self) -> mpsc::Sender<BrokerMsg> {
        self.queue.clone()
    }

    /// Sends, or drops the message by the policy in [`super::Subscription`].
    pub(super) fn send(&mut self, message: BrokerMsg) {
        if self.spare.is_none() {
            self.spare = self.queue.clone().try_reserve_owned().ok();
        }
        match message {
            BrokerMsg::Live(_) => self.send_live(message),
            BrokerMsg::Log(_) | BrokerMsg::Resubscribed => self.send_durable(message),
        }
    }

    fn send_live(&self, message: BrokerMsg) {
        if self.queue.capacity() > RESERVED_FOR_DURABLE {
            // A live message that finds no slot is worth nothing later.
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
    use shared::sync::log::LogEvent;

    use super::*;

    fn durable(first: u64) -> BrokerMsg {
        BrokerMsg::Log(LogEvent::Commits {
            epoch: Epoch::from_bytes([0; 16]),
            first,
            commits: Vec::new(),
        })
    }

    fn received(messages: &mut mpsc::Receiver<BrokerMsg>) -> Vec<BrokerMsg> {
        std::iter::from_fn(|| messages.try_recv().ok()).collect()
    }

    #[test]
    fn live_messages_never_displace_durable_ones() {
        let (mut queue, mut messages) = SubscriptionQueue::new();
        (0..2 * CAPACITY).for_each(|_| queue.send(BrokerMsg::Live(Bytes::from_static(b"x"))));
        queue.send(durable(1));
        let received = received(&mut messages);
        assert!(received.len() < CAPACITY);
        assert_eq!(received.last(), Some(&durable(1)));
    }

    #[test]
    fn a_dropped_durable_message_is_followed_by_resubscribed() {
        let (mut queue, mut messages) = SubscriptionQueue::new();
        (0..2 * CAPACITY as u64).for_each(|first| queue.send(durable(first)));
        let received = received(&mut messages);
        assert_eq!(received.len(), CAPACITY);
        assert_eq!(received.last(), Some(&BrokerMsg::Resubscribed));
    }

    #[test]
    fn a_reader_that_catches_up_receives_everything_again() {
        let (mut queue, mut messages) = SubscriptionQueue::new();
        (0..2 * CAPACITY as u64).for_each(|first| queue.send(durable(first)));
        received(&mut messages);
        (0..2 * CAPACITY as u64).for_each(|first| queue.send(durable(first)));
        assert_eq!(
            received(&mut messages).last(),
            Some(&BrokerMsg::Resubscribed)
        );
        queue.send(durable(7));
        assert_eq!(received(&mut messages), [durable(7)]);
    }
}
