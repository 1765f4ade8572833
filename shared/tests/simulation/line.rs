//! Things under way: each arrives at its time, in order of sending on one line.

use std::collections::VecDeque;

/// A line that keeps order, as TCP does: what is sent later never arrives earlier.
#[derive(Debug)]
pub(crate) struct Line<T> {
    under_way: VecDeque<(u64, T)>,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self {
            under_way: VecDeque::new(),
        }
    }
}

impl<T> Line<T> {
    pub(crate) fn send(&mut self, arrives: u64, what: T) {
        let earliest = self.under_way.back().map_or(0, |(time, _)| *time);
        self.under_way.push_back((arrives.max(earliest), what));
    }

    /// The next thing that has arrived by `now`.
    pub(crate) fn receive(&mut self, now: u64) -> Option<T> {
        let arrived = self.under_way.front().is_some_and(|(time, _)| *time <= now);
        arrived
            .then(|| self.under_way.pop_front())
            .flatten()
            .map(|(_, what)| what)
    }
}
