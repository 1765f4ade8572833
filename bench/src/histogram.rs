//! Times in buckets: exact to about 1.6 %, whatever their number.
//!
//! Knows microseconds. Must not know what was timed.

use std::time::Duration;

/// Buckets for each power of two.
const PER_OCTAVE: u64 = 64;
/// Powers of two beyond the first bucket row: up to about an hour.
const OCTAVES: u64 = 26;

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    count: u64,
    longest_us: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        let buckets = usize::try_from(PER_OCTAVE * (OCTAVES + 1)).unwrap_or_default();
        Self {
            counts: vec![0; buckets],
            count: 0,
            longest_us: 0,
        }
    }
}

impl Histogram {
    /// Notes a time.
    pub(crate) fn add(&mut self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let last = self.counts.len() - 1;
        let at = usize::try_from(bucket(us)).unwrap_or(last).min(last);
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
        self.count += 1;
        self.longest_us = self.longest_us.max(us);
    }

    /// Adds all times of another.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.counts
            .iter_mut()
            .zip(&other.counts)
            .for_each(|(mine, theirs)| *mine += theirs);
        self.count += other.count;
        self.longest_us = self.longest_us.max(other.longest_us);
    }

    /// How many times were noted.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// The time that so many per mille are not above, in milliseconds.
    pub(crate) fn per_mille_ms(&self, per_mille: u64) -> f64 {
        let wanted = (self.count * per_mille).div_ceil(1_000).max(1);
        let mut seen = 0;
        for (at, count) in (0..).zip(&self.counts) {
            seen += count;
            if seen >= wanted {
                return upper_us(at).min(self.longest_us) as f64 / 1_000.0;
            }
        }
        0.0
    }

    /// The longest time, in milliseconds.
    pub(crate) fn longest_ms(&self) -> f64 {
        self.longest_us as f64 / 1_000.0
    }
}

/// Times below 64 µs have a bucket each; above, each octave has 64 of equal width.
fn bucket(us: u64) -> u64 {
    let octave = u64::from((us | (PER_OCTAVE - 1)).ilog2() - (PER_OCTAVE - 1).ilog2());
    match octave {
        0 => us,
        above => above * PER_OCTAVE + (us >> (above - 1)) % PER_OCTAVE,
    }
}

/// The greatest time of a bucket.
fn upper_us(bucket: u64) -> u64 {
    match bucket / PER_OCTAVE {
        0 => bucket,
        octave => ((PER_OCTAVE + bucket % PER_OCTAVE + 1) << (octave - 1)) - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_is_within_a_hundredth_and_a_half_of_its_bucket() {
        for us in (0..200_000).chain((200_000..3_000_000_000).step_by(777_777)) {
            let upper = upper_us(bucket(us));
            assert!(
                upper >= us && (upper - us) as f64 <= us as f64 * 0.016,
                "{us} {upper}"
            );
        }
    }

    #[test]
    fn percentiles_of_a_thousand_even_times() {
        let mut times = Histogram::default();
        (1..=1_000).for_each(|ms| times.add(Duration::from_millis(ms)));
        let close = |is: f64, should: f64| (is - should).abs() <= should * 0.016;
        assert!(
            close(times.per_mille_ms(500), 500.0),
            "{}",
            times.per_mille_ms(500)
        );
        assert!(
            close(times.per_mille_ms(990), 990.0),
            "{}",
            times.per_mille_ms(990)
        );
        assert!(close(times.per_mille_ms(1_000), 1_000.0));
        assert_eq!(times.count(), 1_000);
    }

    #[test]
    fn two_halves_make_a_whole() {
        let (mut one, mut other) = (Histogram::default(), Histogram::default());
        one.add(Duration::from_millis(1));
        other.add(Duration::from_millis(9));
        one.merge(&other);
        assert_eq!((one.count(), one.longest_ms()), (2, 9.0));
    }
}
