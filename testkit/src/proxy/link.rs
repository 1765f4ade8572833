//! What a fault proxy does to the bytes that it carries.

use std::time::Duration;

/// A direction of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the side that connected.
    Up,
    /// To the side that connected.
    Down,
}

/// What happens to the bytes of one direction. The default passes them at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    /// Each chunk arrives so much later.
    pub delay: Duration,
    /// Each chunk arrives up to so much later on top of that; the order is kept.
    pub jitter: Duration,
    /// At most so many bytes pass in a second.
    pub bytes_per_second: Option<u32>,
    /// Bytes are written in pieces of this length.
    pub slice: Option<usize>,
    /// Bytes are kept back until this ends; no connection breaks.
    pub held: bool,
}

/// What happens to the bytes of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Link {
    /// From the side that connected.
    pub up: Flow,
    /// To the side that connected.
    pub down: Flow,
}

impl Link {
    /// The same in both directions.
    #[must_use]
    pub const fn both(flow: Flow) -> Self {
        Self {
            up: flow,
            down: flow,
        }
    }

    /// Everything arrives so much later, in both directions.
    #[must_use]
    pub fn delayed(delay: Duration) -> Self {
        Self::both(Flow {
            delay,
            ..Flow::default()
        })
    }

    /// Nothing passes, and nothing breaks.
    #[must_use]
    pub fn held() -> Self {
        Self::both(Flow {
            held: true,
            ..Flow::default()
        })
    }

    /// Nothing passes in one direction, and nothing breaks.
    #[must_use]
    pub fn held_in(direction: Direction) -> Self {
        let mut link = Self::default();
        match direction {
            Direction::Up => link.up.held = true,
            Direction::Down => link.down.held = true,
        }
        link
    }

    /// The flow in a direction.
    #[must_use]
    pub const fn in_direction(&self, direction: Direction) -> Flow {
        match direction {
            Direction::Up => self.up,
            Direction::Down => self.down,
        }
    }
}
