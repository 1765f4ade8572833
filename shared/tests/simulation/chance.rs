//! The only source of chance, from one seed.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// True with a chance of `percent` in a hundred.
    pub(crate) fn percent(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// A number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// A number of milliseconds.
    pub(crate) fn millis(&mut self, range: std::ops::Range<u64>) -> u64 {
        self.0.random_range(range)
    }

    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        self.0.random()
    }
}
