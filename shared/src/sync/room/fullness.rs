//! How full a board is. Clients are told before it is full.

use super::versioned::Versioned;

/// Percent from which on clients are told.
const TOLD_FROM: u8 = 80;

/// The percentage that clients were told last; 0 if none.
#[derive(Debug)]
pub(super) struct Fullness(Versioned<u8>);

impl Fullness {
    /// The fullness of a board before the first measurement.
    pub(super) const fn new() -> Self {
        Self(Versioned::new(0))
    }

    pub(super) const fn told(&self) -> &Versioned<u8> {
        &self.0
    }

    /// Notes how full the board is. A board that is far from full again is told once more.
    pub(super) fn measured(&mut self, percent: u8) {
        if percent >= TOLD_FROM || *self.0.get() >= TOLD_FROM {
            self.0.set(percent);
        }
    }
}

/// A part of a whole in percent, 100 at most.
pub(super) fn percent(part: u64, whole: u64) -> u8 {
    let percent = part.saturating_mul(100).checked_div(whole);
    percent.map_or(100, |it| u8::try_from(it).unwrap_or(u8::MAX).min(100))
}
