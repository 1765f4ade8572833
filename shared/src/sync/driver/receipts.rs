//! Tells the server how many bytes have arrived, so that it sends only a window ahead.

use crate::limits::ACKNOWLEDGE_BYTES;

/// The bytes that arrived on one connection.
#[derive(Debug, Default)]
pub struct Receipts {
    received: u64,
    acknowledged: u64,
}

impl Receipts {
    /// A frame of so many bytes arrived.
    pub const fn received(&mut self, bytes: usize) {
        self.received += bytes as u64;
    }

    /// The number of [`ClientMsg::Received`](crate::protocol::ClientMsg::Received), if it is time
    /// to send it.
    pub fn next_due(&mut self) -> Option<u64> {
        let is_due = self.received >= self.acknowledged + ACKNOWLEDGE_BYTES;
        is_due.then(|| {
            self.acknowledged = self.received;
            self.received
        })
    }
}
