//! Rate limits for callers: a quota for each key, counted by `governor`.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, Reference as _};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{NotUntil, Quota, RateLimiter};

/// Keys that are remembered at most, so that an attacker with many addresses costs no more than
/// some megabytes.
const MAX_KEYS: usize = 100_000;
/// How often a full table is searched for keys that can be forgotten; a search looks at every key.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// One quota for each key.
///
/// A full table forgets only keys that have their whole quota again. While there are
/// none, new keys are refused, so that many addresses cannot reset the limit of any other.
#[derive(Debug)]
pub struct Limiter<K: Hash + Eq + Copy, C: Clock> {
    quota: Quota,
    table: Table<K>,
    governor: RateLimiter<K, Table<K>, C, NoOpMiddleware<C::Instant>>,
    swept: Mutex<C::Instant>,
}

impl<K: Hash + Eq + Copy, C: Clock> Limiter<K, C> {
    /// All keys may do this much.
    #[must_use]
    pub fn new(quota: Quota, clock: C) -> Self {
        let table = Table(Arc::default());
        let swept = Mutex::new(clock.now());
        Self {
            quota,
            governor: RateLimiter::new(quota, table.clone(), clock),
            table,
            swept,
        }
    }

    /// Takes one from the quota of a key.
    ///
    /// # Errors
    /// How long to wait; nothing was taken.
    pub fn take(&self, key: K) -> Result<(), Duration> {
        if !self.has_room(key) {
            return Err(self.quota.replenish_interval());
        }
        let wait = |until: NotUntil<C::Instant>| until.wait_time_from(self.governor.clock().now());
        self.governor.check_key(&key).map_err(wait)
    }

    /// Takes one as [`Self::take`] does. Each call that finds nothing left makes the key wait longer by
    /// the time in which one comes back, up to `longest`.
    ///
    /// # Errors
    /// How long to wait; nothing was taken.
    pub fn take_or_wait_longer(&self, key: K, longest: Duration) -> Result<(), Duration> {
        self.take(key).map_err(|wait| {
            let longer = wait + self.quota.replenish_interval();
            if longer > longest || !self.table.postpone(&key, self.quota.replenish_interval()) {
                return wait;
            }
            longer
        })
    }

    fn has_room(&self, key: K) -> bool {
        if self.table.has_room(&key) {
            return true;
        }
        let now = self.governor.clock().now();
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if Duration::from(now.duration_since(*swept)) < SWEEP_EVERY {
            return false;
        }
        *swept = now;
        drop(swept);
        self.governor.retain_recent();
        self.table.has_room(&key)
    }
}

/// For each key the moment, since the start of the limiter, at which its quota is whole again.
/// governor's own tables do not tell whether they hold a key.
#[derive(Debug, Clone)]
struct Table<K>(Arc<Mutex<HashMap<K, Nanos>>>);

impl<K: Hash + Eq> Table<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Nanos>> {
        // No code panics while it holds the lock, so the table is always sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_room(&self, key: &K) -> bool {
        let keys = self.lock();
        keys.len() < MAX_KEYS || keys.contains_key(key)
    }

    /// Lets a key have its whole quota later; false if it is not in the table.
    fn postpone(&self, key: &K, by: Duration) -> bool {
        let mut keys = self.lock();
        let whole_at = keys.get_mut(key);
        whole_at.map(|it| *it = *it + Nanos::from(by)).is_some()
    }
}

impl<K: Hash + Eq + Copy> StateStore for Table<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut keys = self.lock();
        let (answer, whole_at) = measure(keys.get(key).copied())?;
        keys.insert(*key, whole_at);
        Ok(answer)
    }
}

impl<K: Hash + Eq + Copy> ShrinkableKeyedStateStore<K> for Table<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        self.lock().retain(|_, whole_at| *whole_at > drop_below);
    }

    fn len(&self) -> usize {
        self.lock().len()
    }

    fn is_empty(&self) -> bool {
        self.lock().is_empty()
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
    use std::num::NonZeroU32;

    use governor::clock::FakeRelativeClock;

    use super::*;

    /// A limiter that gives `burst` at once and one again each second.
    fn limiter(burst: u32) -> (Limiter<usize, FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let quota = Quota::per_second(NonZeroU32::MIN).allow_burst(NonZeroU32::new(burst).unwrap());
        (Limiter::new(quota, clock.clone()), clock)
    }

    #[test]
    fn a_burst_then_one_each_second() {
        let (limiter, clock) = limiter(3);
        assert!((0..3).all(|_| limiter.take(1).is_ok()));
        assert_eq!(limiter.take(1), Err(Duration::from_secs(1)));
        clock.advance(Duration::from_millis(400));
        assert_eq!(limiter.take(1), Err(Duration::from_millis(600)));
        clock.advance(Duration::from_millis(601));
        assert_eq!(limiter.take(1), Ok(()));
        assert!(limiter.take(1).is_err());
    }

    #[test]
    fn each_further_call_makes_the_wait_longer_up_to_a_limit() {
        let (limiter, clock) = limiter(3);
        let longest = Duration::from_secs(4);
        let take = || limiter.take_or_wait_longer(1, longest);
        assert!((0..3).all(|_| take().is_ok()));
        let waits: Vec<_> = (0..6).map(|_| take().unwrap_err().as_secs()).collect();
        assert_eq!(waits, [2, 3, 4, 4, 4, 4]);
        clock.advance(Duration::from_millis(3_900));
        assert!(limiter.take(1).is_err());
        clock.advance(Duration::from_millis(200));
        assert_eq!(take(), Ok(()));
    }

    #[test]
    fn keys_do_not_share() {
        let (limiter, _clock) = limiter(1);
        assert!(limiter.take(1).is_ok());
        assert!(limiter.take(1).is_err());
        assert!(limiter.take(2).is_ok());
    }

    #[test]
    fn many_keys_do_not_reset_the_limit_of_any() {
        let (limiter, clock) = limiter(10);
        let (limited, newcomer) = (0, MAX_KEYS);
        while limiter.take(limited).is_ok() {}
        for key in 1..MAX_KEYS {
            assert!(limiter.take(key).is_ok());
        }
        assert!(limiter.take(newcomer).is_err(), "the table is full");
        assert!(limiter.take(limited).is_err());
        // The many have their whole quota again and make room; the one is still waiting for its.
        clock.advance(Duration::from_secs(3));
        while limiter.take(limited).is_ok() {}
        assert!(limiter.take(newcomer).is_ok());
        assert!(limiter.take(limited).is_err());
        assert_eq!(limiter.table.len(), 2);
    }

    #[test]
    fn a_full_table_is_not_searched_for_each_newcomer() {
        let (limiter, clock) = limiter(1);
        assert!((0..MAX_KEYS).all(|key| limiter.take(key).is_ok()));
        clock.advance(Duration::from_millis(1500));
        assert!(limiter.take(MAX_KEYS).is_err(), "searched, nothing found");
        clock.advance(Duration::from_millis(700));
        assert!(limiter.take(MAX_KEYS).is_err(), "searched only just now");
        clock.advance(Duration::from_millis(400));
        assert!(limiter.take(MAX_KEYS).is_ok());
    }

    #[test]
    fn one_ipv6_customer_is_one_caller() {
        let caller = |text: &str| Caller::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(caller("2001:db8::1"), caller("2001:db8::ffff:1"));
        assert_ne!(caller("2001:db8::1"), caller("2001:db8:0:1::1"));
        assert_eq!(caller("::ffff:10.0.0.1"), caller("10.0.0.1"));
    }
}
