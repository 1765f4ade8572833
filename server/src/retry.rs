//! Waits between attempts.

use std::time::Duration;

use backon::ExponentialBuilder;

/// First wait: most failures are over at once.
const SHORTEST: Duration = Duration::from_millis(50);
/// Longest wait, to which jitter adds up to as much again: a service that comes back is noticed within
/// two seconds, and many servers that wait for one Redis do not all ask at once.
pub(crate) const LONGEST: Duration = Duration::from_secs(1);

/// Waits that double from [`SHORTEST`] to [`LONGEST`], with jitter, without end.
pub(crate) const fn backoff() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(SHORTEST)
        .with_max_delay(LONGEST)
        .without_max_times()
        .with_jitter()
}
