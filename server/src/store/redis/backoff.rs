//! Waiting between attempts: full jitter, without end.

use std::time::Duration;

const SHORTEST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

/// How long to wait before the next attempt; doubles its range with each.
#[derive(Debug)]
pub(crate) struct Backoff {
    range: Duration,
}

impl Backoff {
    pub(crate) const fn new() -> Self {
        Self { range: SHORTEST }
    }

    /// Begins anew, after an attempt that lasted.
    pub(crate) const fn reset(&mut self) {
        self.range = SHORTEST;
    }

    /// Waits a random time within the present range.
    pub(crate) async fn wait(&mut self) {
        let wait = self.range.mul_f64(rand::random_range(0.0..1.0));
        self.range = (self.range * 2).min(LONGEST);
        tokio::time::sleep(wait).await;
    }
}
