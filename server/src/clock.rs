//! The clock of a server, and its source of random bytes.
//!
//! All other modules get time and randomness from here, so that tests can pause
//! the clock and no module uses a weak source of randomness.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::id::Millis;
use tokio::time::Instant;

/// Counts milliseconds since the server started.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts at zero.
    #[must_use]
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Millis {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    /// The moment at which [`Self::now`] will be `at`.
    #[must_use]
    pub fn instant(&self, at: Millis) -> Instant {
        self.start + Duration::from_millis(at)
    }
}

/// For rate limits, which measure from the start of the clock.
impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

/// Milliseconds since 1970.
#[must_use]
pub fn unix_ms() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The system gives no random bytes, so no secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers: {0}")]
pub struct NoRandomness(String);

/// 16 random bytes of cryptographic quality.
///
/// # Errors
/// [`NoRandomness`].
pub fn random16() -> Result<[u8; 16], NoRandomness> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| NoRandomness(error.to_string()))?;
    Ok(bytes)
}
