//! How long to wait before the next attempt.
//!
//! Pure: time and dice come in as arguments. Full jitter, so that a thousand
//! clients of a server that died do not come back in one moment.

use shared::id::Millis;

/// Wait of the first attempt at most, in milliseconds; it doubles each time.
const FIRST_MS: f64 = 1_000.0;
/// Longest wait, in milliseconds.
const LONGEST_MS: f64 = 20_000.0;
/// A line that lasted so long was good, in milliseconds.
const STABLE_MS: Millis = 30_000;
/// Attempts after which the wait no longer grows.
const MAX_DOUBLINGS: i32 = 10;

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Backoff {
    failures: i32,
    up_since: Option<Millis>,
    window_ms: Option<u32>,
}

impl Backoff {
    /// The line works.
    pub(super) fn up(&mut self, now: Millis) {
        self.up_since = Some(now);
    }

    /// The server said that it goes away, and within how many milliseconds to
    /// come back.
    pub(super) fn goodbye(&mut self, within_ms: u32) {
        self.window_ms = Some(within_ms);
    }

    /// The line was lost: how long to wait, in milliseconds. `dice` is within
    /// `0.0 .. 1.0`.
    pub(super) fn lost(&mut self, now: Millis, dice: f64) -> u32 {
        if self
            .up_since
            .take()
            .is_some_and(|since| now.saturating_sub(since) >= STABLE_MS)
        {
            self.failures = 0;
        }
        if let Some(window) = self.window_ms.take() {
            return (dice * f64::from(window)) as u32;
        }
        let longest =
            (FIRST_MS * f64::from(2_i32.pow(self.failures.unsigned_abs()))).min(LONGEST_MS);
        self.failures = (self.failures + 1).min(MAX_DOUBLINGS);
        (dice * longest) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..7).map(|_| backoff.lost(0, 0.5)).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    }

    #[test]
    fn dice_choose_within_the_whole_wait() {
        assert_eq!(Backoff::default().lost(0, 0.0), 0);
        assert_eq!(Backoff::default().lost(0, 0.999), 999);
    }

    #[test]
    fn only_a_line_that_lasted_starts_anew() {
        let mut backoff = Backoff::default();
        for _ in 0..3 {
            backoff.lost(0, 0.5);
        }
        backoff.up(1_000);
        assert_eq!(backoff.lost(30_999, 0.5), 4_000, "a short life");
        backoff.up(40_000);
        assert_eq!(backoff.lost(70_000, 0.5), 500, "a long life");
    }

    #[test]
    fn a_server_that_says_goodbye_names_the_wait() {
        let mut backoff = Backoff::default();
        backoff.goodbye(400);
        assert_eq!(backoff.lost(0, 0.5), 200);
        assert_eq!(backoff.lost(0, 0.5), 500, "only once");
    }
}
