//! How long to wait before the next attempt to connect.
//!
//! The waits are random, so that a thousand clients of a server that ended do not come back in
//! one moment. The randomness comes from a seed.
//!
//! | What happened | Wait |
//! |---|---|
//! | the connection ended that had lasted 5 s or longer | 0 to 1 s |
//! | it ended sooner, or an attempt failed | 1 to 2 s |
//! | attempts have failed for a minute | doubles with each attempt: 2 to 4 s, … 10 to 20 s |
//! | the server ended it because this client sent too much or read too slowly | doubles likewise |
//!
//! A welcome of the server ends the row of failed attempts. So waits do not grow while connecting
//! succeeds, and a client is back soon after each failure that lasts less than a minute.

use std::ops::Range;
use std::time::Duration;

use crate::id::Millis;

/// The longest wait after a connection that was stable, in milliseconds. It spreads the clients
/// of a server that ended.
const FIRST_WAIT_MS: u64 = 1_000;
/// The longest wait during the first minute of a failure, in milliseconds. The shortest is half of
/// it, so that a server that drops every client at once gets few attempts.
const SHORT_WAIT_MS: u64 = 2_000;
/// The longest wait of all, in milliseconds.
const LONGEST_WAIT_MS: u64 = 20_000;
/// Waits are short for this time after the first failed attempt, in milliseconds: servers that
/// restart and networks that change are back by then.
const SHORT_WAITS_FOR_MS: Millis = 60_000;
/// A connection that lasted so long after its welcome was stable, in milliseconds.
const STABLE_MS: Millis = 5_000;

/// Why a connection or an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// It broke, or was never made.
    Broken,
    /// The server ended it because of the load that this client makes.
    Overload,
}

/// The waits between attempts to connect.
#[derive(Debug)]
pub(super) struct Backoff {
    random: fastrand::Rng,
    welcomed_at: Option<Millis>,
    /// When the row of failures began.
    failing_since: Option<Millis>,
    /// Number of waits in a row that were longer than the short ones.
    long_waits: u32,
    announced_window: Option<Duration>,
}

impl Backoff {
    /// Waits with jitter from this seed, which must differ between clients.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
            welcomed_at: None,
            failing_since: None,
            long_waits: 0,
            announced_window: None,
        }
    }

    /// A random number of milliseconds, at most `most`.
    pub(super) fn random_ms(&mut self, most: u64) -> Millis {
        self.random.u64(0..=most)
    }

    /// The server let this client in.
    pub(super) fn welcomed(&mut self, now: Millis) {
        self.welcomed_at = Some(now);
    }

    /// The server said that it goes away, and within which time to come back.
    pub(super) fn announced(&mut self, window: Duration) {
        self.announced_window = Some(window);
    }

    /// The connection ended as the server had announced: this was no failure.
    pub(super) fn ended_as_announced(&mut self, now: Millis) {
        self.announced_window = None;
        self.end_row_of_failures(now);
    }

    /// The cause of the failures has gone, as far as the browser knows.
    pub(super) fn network_restored(&mut self, now: Millis) {
        self.failing_since = self.failing_since.map(|_| now);
    }

    /// The connection or the attempt ended: how long to wait. Within a window that the server
    /// announced, the moment is chosen at random.
    pub(super) fn next_wait(&mut self, loss: Loss, now: Millis) -> Duration {
        self.end_row_of_failures(now);
        if let Some(window) = self.announced_window.take() {
            return window.mul_f64(self.random.f64());
        }
        let range = self.next_range(loss, now);
        self.failing_since.get_or_insert(now);
        Duration::from_millis(self.random.u64(range))
    }

    fn next_range(&mut self, loss: Loss, now: Millis) -> Range<u64> {
        let is_short = |since| now.saturating_sub(since) < SHORT_WAITS_FOR_MS;
        match (loss, self.failing_since) {
            (Loss::Broken, None) => {
                self.long_waits = 0;
                0..FIRST_WAIT_MS
            }
            (Loss::Broken, Some(since)) if is_short(since) => {
                self.long_waits = 0;
                upper_half(SHORT_WAIT_MS)
            }
            (Loss::Broken | Loss::Overload, _) => {
                self.long_waits = self.long_waits.saturating_add(1);
                let doubled = SHORT_WAIT_MS.saturating_mul(2_u64.saturating_pow(self.long_waits));
                upper_half(doubled.min(LONGEST_WAIT_MS))
            }
        }
    }

    /// A connection with a welcome ends the row; a short one is the first failure of the next row.
    fn end_row_of_failures(&mut self, now: Millis) {
        let Some(since) = self.welcomed_at.take() else {
            return;
        };
        if now.saturating_sub(since) >= STABLE_MS {
            self.failing_since = None;
            self.long_waits = 0;
        } else {
            self.failing_since = Some(now);
        }
    }
}

const fn upper_half(longest: u64) -> Range<u64> {
    longest / 2..longest
}

#[cfg(test)]
mod tests {
    use super::Loss::{Broken, Overload};
    use super::*;

    /// What happens to a client.
    #[derive(Clone, Copy, Debug)]
    enum Event {
        /// The server welcomes it, and so many milliseconds later the connection ends.
        Connected(Millis, Loss),
        /// An attempt fails after so many milliseconds.
        Failed(Millis),
        /// The browser finds a network.
        NetworkRestored,
    }

    use Event::{Connected, Failed, NetworkRestored};

    const FIRST: Range<u64> = 0..1_000;
    const SHORT: Range<u64> = 1_000..2_000;

    /// Events, and the wait after the last one in milliseconds.
    fn rules() -> Vec<(&'static str, Vec<Event>, Range<u64>)> {
        let stable = Connected(60_000, Broken);
        let long = |long_waits: usize| {
            let later = vec![Failed(0); long_waits - 1];
            [vec![stable, Failed(60_000)], later].concat()
        };
        vec![
            ("the first attempt fails", vec![Failed(0)], FIRST),
            ("the second fails", vec![Failed(0); 2], SHORT),
            ("the tenth fails", vec![Failed(0); 10], SHORT),
            ("a stable connection ends", vec![stable], FIRST),
            (
                "it lasted just long enough",
                vec![Connected(5_000, Broken)],
                FIRST,
            ),
            ("a short one ends", vec![Connected(4_999, Broken)], SHORT),
            (
                "the tenth short one ends",
                vec![Connected(0, Broken); 10],
                SHORT,
            ),
            ("cut every 18 s", vec![Connected(18_000, Broken); 10], FIRST),
            ("failing for a minute", long(1), 2_000..4_000),
            ("a little longer", long(2), 4_000..8_000),
            ("longer still", long(3), 8_000..16_000),
            ("for long", long(4), 10_000..20_000),
            ("for ever", long(200), 10_000..20_000),
            (
                "for long, then stable",
                [long(9), vec![stable]].concat(),
                FIRST,
            ),
            (
                "for long, then a short connection",
                [long(9), vec![Connected(0, Broken)]].concat(),
                SHORT,
            ),
            (
                "for long, then the network is back",
                [long(9), vec![NetworkRestored, Failed(0)]].concat(),
                SHORT,
            ),
            (
                "sent too much",
                vec![Connected(60_000, Overload)],
                2_000..4_000,
            ),
            (
                "sent too much again and again",
                vec![Connected(0, Overload); 3],
                8_000..16_000,
            ),
            (
                "sent too much, and was stable since",
                vec![Connected(0, Overload), Connected(60_000, Overload)],
                2_000..4_000,
            ),
        ]
    }

    fn last_wait(seed: u64, events: &[Event]) -> Millis {
        let (mut backoff, mut now, mut wait) = (Backoff::new(seed), 0, 0);
        for event in events {
            now += wait;
            let loss = match *event {
                Connected(ms, loss) => {
                    backoff.welcomed(now);
                    now += ms;
                    loss
                }
                Failed(ms) => {
                    now += ms;
                    Broken
                }
                NetworkRestored => {
                    backoff.network_restored(now);
                    wait = 0;
                    continue;
                }
            };
            wait = backoff.next_wait(loss, now).as_millis().try_into().unwrap();
        }
        wait
    }

    #[test]
    fn the_waits_are_as_documented() {
        for (what, events, expected) in rules() {
            let waits: Vec<_> = (0..500).map(|seed| last_wait(seed, &events)).collect();
            assert!(
                waits.iter().all(|wait| expected.contains(wait)),
                "{what}: {waits:?}"
            );
            // They are spread over the whole range.
            let width = expected.end - expected.start;
            let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
            assert!(
                most - least > width * 9 / 10,
                "{what}: {least} to {most} ms"
            );
        }
    }

    #[test]
    fn an_announced_window_replaces_one_wait() {
        let mut backoff = Backoff::new(1);
        let window = Duration::from_millis(400);
        backoff.announced(window);
        assert!(backoff.next_wait(Broken, 0) < window);
        let wait = backoff.next_wait(Broken, 0).as_millis();
        assert!(
            wait < FIRST_WAIT_MS.into(),
            "the announced end was no failure"
        );
    }

    #[test]
    fn an_announced_end_is_no_failure() {
        let mut backoff = Backoff::new(1);
        backoff.announced(Duration::from_millis(400));
        backoff.ended_as_announced(0);
        assert!(backoff.next_wait(Broken, 0).as_millis() < FIRST_WAIT_MS.into());
    }
}
