//! A token bucket of one session.
//!
//! governor does not fit here: it takes from one limiter at a time and cannot look without
//! taking, while a frame takes from several buckets at once or waits and costs nothing.
//! Knows time only as an argument.

use shared::id::Millis;

/// So much at once, and so much again in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    /// Tokens that come back in a second.
    pub(super) per_second: f64,
    /// Tokens at most.
    pub(super) burst: f64,
}

/// What is left of a [`Rate`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    tokens: f64,
    at: Millis,
}

impl Bucket {
    /// A full one.
    pub(super) const fn full(rate: Rate, now: Millis) -> Self {
        Self {
            tokens: rate.burst,
            at: now,
        }
    }

    fn refill(&mut self, rate: Rate, now: Millis) {
        let seconds = now.saturating_sub(self.at) as f64 / 1000.0;
        self.tokens = rate
            .burst
            .min(seconds.mul_add(rate.per_second, self.tokens));
        self.at = self.at.max(now);
    }

    /// Takes tokens if there are enough.
    ///
    /// # Errors
    /// The milliseconds after which there will be; nothing was taken.
    pub(super) fn take(&mut self, rate: Rate, count: f64, now: Millis) -> Result<(), Millis> {
        self.refill(rate, now);
        let count = count.min(rate.burst);
        if self.tokens >= count {
            self.tokens -= count;
            return Ok(());
        }
        let wait = (count - self.tokens) / rate.per_second * 1000.0;
        // From a finite positive float; saturates by definition of the cast.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "see above"
        )]
        Err(wait.ceil() as Millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        per_second: 2.0,
        burst: 3.0,
    };

    #[test]
    fn a_burst_then_the_rate() {
        let mut bucket = Bucket::full(RATE, 0);
        assert!((0..3).all(|_| bucket.take(RATE, 1.0, 0).is_ok()));
        assert_eq!(bucket.take(RATE, 1.0, 0), Err(500));
        assert!(bucket.take(RATE, 1.0, 400).is_err());
        assert_eq!(bucket.take(RATE, 1.0, 501), Ok(()));
    }

    #[test]
    fn a_clock_that_stands_gives_nothing_twice() {
        let mut bucket = Bucket::full(RATE, 1000);
        assert_eq!(bucket.take(RATE, 3.0, 1000), Ok(()));
        assert!(bucket.take(RATE, 1.0, 1000).is_err());
    }
}
