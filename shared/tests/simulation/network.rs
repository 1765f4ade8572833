//! Messages on their way: each arrives at its time, in the order in which it was sent.

use std::collections::VecDeque;

/// Messages in one direction of a connection. Like TCP it keeps their order.
#[derive(Debug)]
pub(crate) struct InFlight<T>(VecDeque<(u64, T)>);

impl<T> Default for InFlight<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> InFlight<T> {
    /// Sends a message that arrives at a time, but not before those that were sent earlier.
    pub(crate) fn send(&mut self, arrives: u64, message: T) {
        let earliest = self.0.back().map_or(0, |(time, _)| *time);
        self.0.push_back((arrives.max(earliest), message));
    }

    /// The next message that has arrived by `now`.
    pub(crate) fn receive(&mut self, now: u64) -> Option<T> {
        let (_, message) = self.0.pop_front_if(|(time, _)| *time <= now)?;
        Some(message)
    }
}
