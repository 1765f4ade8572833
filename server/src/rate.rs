//! How fast things may be done: token buckets, alone or one for each address.
//!
//! Knows time only as an argument.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use shared::id::Millis;

/// Keys that are remembered at most. Beyond it those that have been quiet the
/// longest are forgotten, so that an attacker with many addresses costs no memory.
const MAX_KEYS: usize = 100_000;

/// So much at once, and so much again in time.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Tokens that come back in a second.
    pub per_second: f64,
    /// Tokens at most.
    pub burst: f64,
}

/// What is left of a [`Rate`].
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    tokens: f64,
    at: Millis,
}

impl Bucket {
    /// A full one.
    #[must_use]
    pub const fn full(rate: Rate, now: Millis) -> Self {
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
    pub fn take(&mut self, rate: Rate, count: f64, now: Millis) -> Result<(), Millis> {
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

    fn is_full(&self, rate: Rate, now: Millis) -> bool {
        let mut copy = *self;
        copy.refill(rate, now);
        copy.tokens >= rate.burst
    }
}

/// One bucket for each key.
#[derive(Debug)]
pub struct Limiter<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K: Hash + Eq + Copy> Limiter<K> {
    /// All keys may do this much.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Takes one token of a key.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn take(&self, key: K, now: Millis) -> Result<(), Millis> {
        self.with(key, now, |bucket, rate| bucket.take(rate, 1.0, now))
    }

    /// Whether a key has a token left; takes none.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn check(&self, key: K, now: Millis) -> Result<(), Millis> {
        self.with(key, now, |bucket, rate| {
            let mut copy = *bucket;
            copy.take(rate, 1.0, now)
        })
    }

    fn with<T>(&self, key: K, now: Millis, act: impl FnOnce(&mut Bucket, Rate) -> T) -> T {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_KEYS && !buckets.contains_key(&key) {
            // Who has a full bucket loses nothing by being forgotten.
            buckets.retain(|_, bucket| !bucket.is_full(self.rate, now));
            if buckets.len() >= MAX_KEYS {
                buckets.clear();
            }
        }
        act(
            buckets
                .entry(key)
                .or_insert_with(|| Bucket::full(self.rate, now)),
            self.rate,
        )
    }
}

/// Who counts as one caller: an IPv4 address, or an IPv6 network of 64 bits,
/// for a single customer has as many addresses as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller(IpAddr);

impl From<IpAddr> for Caller {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(IpAddr::V4(v4)),
            IpAddr::V6(v6) => Self(IpAddr::V6((v6.to_bits() >> 64 << 64).into())),
        }
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

    #[test]
    fn keys_do_not_share() {
        let limiter = Limiter::new(Rate {
            per_second: 1.0,
            burst: 1.0,
        });
        assert!(limiter.take(1, 0).is_ok());
        assert!(limiter.take(1, 0).is_err());
        assert!(limiter.check(1, 0).is_err());
        assert!(limiter.take(2, 0).is_ok());
    }

    #[test]
    fn one_ipv6_customer_is_one_caller() {
        let caller = |text: &str| Caller::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(caller("2001:db8::1"), caller("2001:db8::ffff:1"));
        assert_ne!(caller("2001:db8::1"), caller("2001:db8:0:1::1"));
        assert_eq!(caller("::ffff:10.0.0.1"), caller("10.0.0.1"));
    }
}
