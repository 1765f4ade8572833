//! How long to wait before the next attempt to connect.
//!
//! The waits are random, so that a thousand clients of a server that died do not come back in
//! one moment. The randomness comes from a seed.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::id::Millis;

/// The shortest first wait; the jitter makes it up to twice as long. It doubles with each
/// attempt that fails.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest wait without jitter: a client is back within 20 s after its server.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// A connection that lasted so long was a good one, in milliseconds: the waits begin anew.
const STABLE_MS: Millis = 30_000;

type Delays = <ExponentialBuilder as BackoffBuilder>::Backoff;

/// The waits between attempts to connect.
#[derive(Debug)]
pub(super) struct Backoff {
    builder: ExponentialBuilder,
    delays: Delays,
    random: fastrand::Rng,
    connected_since: Option<Millis>,
    announced_window: Option<Duration>,
}

impl Backoff {
    /// Waits with jitter from this seed, which must differ between clients.
    pub(super) fn new(seed: u64) -> Self {
        let builder = ExponentialBuilder::new()
            .with_min_delay(FIRST_WAIT)
            .with_max_delay(LONGEST_WAIT)
            .without_max_times()
            .with_jitter()
            .with_jitter_seed(seed);
        Self {
            builder,
            delays: builder.build(),
            random: fastrand::Rng::with_seed(seed),
            connected_since: None,
            announced_window: None,
        }
    }

    /// A random number of milliseconds, at most `most`.
    pub(super) fn random_ms(&mut self, most: u64) -> Millis {
        self.random.u64(0..=most)
    }

    /// The connection works.
    pub(super) fn connected(&mut self, now: Millis) {
        self.connected_since = Some(now);
    }

    /// The server said that it goes away, and within which time to come back.
    pub(super) fn announced(&mut self, window: Duration) {
        self.announced_window = Some(window);
    }

    /// The connection ended as the server had announced: this was no failure.
    pub(super) fn ended_as_announced(&mut self, now: Millis) {
        self.announced_window = None;
        self.forget_failures_after_a_stable_connection(now);
    }

    /// The connection failed: how long to wait. Within a window that the server announced, the
    /// moment is chosen at random.
    pub(super) fn next_delay(&mut self, now: Millis) -> Duration {
        self.forget_failures_after_a_stable_connection(now);
        if let Some(window) = self.announced_window.take() {
            return window.mul_f64(self.random.f64());
        }
        self.delays.next().unwrap_or(LONGEST_WAIT)
    }

    fn forget_failures_after_a_stable_connection(&mut self, now: Millis) {
        let since = self.connected_since.take();
        if since.is_some_and(|since| now.saturating_sub(since) >= STABLE_MS) {
            self.delays = self.builder.build();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a wait without jitter was `ms`.
    fn is_about(wait: Duration, ms: u64) -> bool {
        (Duration::from_millis(ms)..Duration::from_millis(2 * ms)).contains(&wait)
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let mut retry = Backoff::new(1);
        for ms in [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000] {
            let wait = retry.next_delay(0);
            assert!(is_about(wait, ms), "{wait:?} is not about {ms} ms");
        }
    }

    #[test]
    fn clients_with_different_seeds_wait_differently() {
        let waits: std::collections::HashSet<_> = (0..100)
            .map(|seed| Backoff::new(seed).next_delay(0))
            .collect();
        assert!(waits.len() > 90, "{}", waits.len());
    }

    #[test]
    fn only_a_connection_that_lasted_starts_the_waits_anew() {
        let mut retry = Backoff::new(1);
        for _ in 0..3 {
            retry.next_delay(0);
        }
        retry.connected(1_000);
        assert!(is_about(retry.next_delay(30_999), 4_000), "a short life");
        retry.connected(40_000);
        assert!(is_about(retry.next_delay(70_000), 500), "a long life");
    }

    #[test]
    fn an_announced_window_replaces_one_wait() {
        let mut retry = Backoff::new(1);
        let window = Duration::from_millis(400);
        retry.announced(window);
        assert!(retry.next_delay(0) < window);
        assert!(is_about(retry.next_delay(0), 500), "only once");
    }

    #[test]
    fn an_announced_end_is_no_failure() {
        let mut retry = Backoff::new(1);
        retry.announced(Duration::from_millis(400));
        retry.ended_as_announced(0);
        assert!(is_about(retry.next_delay(0), 500));
    }
}
