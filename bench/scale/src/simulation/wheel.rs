//! Virtual time: events in the order of their milliseconds.

use std::collections::VecDeque;

use shared::id::Millis;

/// The farthest time for which an event is kept as it is. One that is farther away comes early; its
/// receiver looks at the time and waits again.
const SLOTS: Millis = 32_768;

/// Events that will happen, each at its millisecond, and within it in the order in which they came.
#[derive(Debug)]
pub(super) struct Wheel<E> {
    now: Millis,
    slots: Vec<VecDeque<E>>,
}

impl<E> Wheel<E> {
    pub(super) fn new() -> Self {
        Self {
            now: 0,
            slots: (0..SLOTS).map(|_| VecDeque::new()).collect(),
        }
    }

    pub(super) const fn now(&self) -> Millis {
        self.now
    }

    /// Adds an event that happens at a time, or now if that has passed.
    pub(super) fn at(&mut self, time: Millis, event: E) {
        let time = time.clamp(self.now, self.now + SLOTS - 1);
        if let Some(slot) = self.slots.get_mut(index(time)) {
            slot.push_back(event);
        }
    }

    /// The next event before `end`, to which the time moves.
    pub(super) fn next(&mut self, end: Millis) -> Option<E> {
        while self.now < end {
            let slot = self.slots.get_mut(index(self.now))?;
            if let Some(event) = slot.pop_front() {
                return Some(event);
            }
            // Gives its memory back: there are many slots, and each was full once.
            *slot = VecDeque::new();
            self.now += 1;
        }
        None
    }
}

fn index(time: Millis) -> usize {
    usize::try_from(time % SLOTS).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_the_order_of_their_times() {
        let mut wheel = Wheel::new();
        for (time, event) in [(5, 'c'), (0, 'a'), (5, 'd'), (2, 'b'), (99, 'e')] {
            wheel.at(time, event);
        }
        let mut come = Vec::new();
        while let Some(event) = wheel.next(50) {
            come.push((wheel.now(), event));
        }
        assert_eq!(come, [(0, 'a'), (2, 'b'), (5, 'c'), (5, 'd')]);
        assert_eq!((wheel.now(), wheel.next(100)), (50, Some('e')));
    }
}
