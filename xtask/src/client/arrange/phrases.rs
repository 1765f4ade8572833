//! How often phrases occur: a few instructions in a row, as words.

/// The longest phrases that are counted; longer ones consist of these.
const LONGEST: usize = 5;

/// Bits of a place in the table of counts. Two phrases at one place are taken for one, which
/// only makes a guess worse; a client has about a million different ones.
const BITS: u32 = 24;

/// An odd number without any pattern, to mix bits with.
const MIX: u64 = 0xff51_afd7_ed55_8ccd;

/// Stands for an instruction: its bytes, and the number of a local if it has one.
pub(super) fn word(bytes: &[u8], number: u32) -> u64 {
    let bytes = bytes.iter().copied().map(u64::from);
    bytes.fold(u64::from(number) + 1, mixed)
}

/// Stands for a phrase.
pub(super) fn phrase(words: &[u64]) -> u64 {
    words.iter().copied().fold(0, mixed)
}

const fn mixed(hash: u64, next: u64) -> u64 {
    let hash = (hash ^ next).wrapping_mul(MIX);
    hash ^ (hash >> 29)
}

/// How often each phrase occurs.
#[derive(Debug)]
pub(super) struct Phrases {
    counts: Vec<u16>,
}

impl Phrases {
    /// No phrase is known yet.
    pub(super) fn new() -> Self {
        Self {
            counts: vec![0; 1 << BITS],
        }
    }

    /// Counts all phrases in these words.
    pub(super) fn learn(&mut self, words: &[u64]) {
        self.change(words, |count| count.wrapping_add(1));
    }

    /// Takes back what [`Self::learn`] did.
    pub(super) fn forget(&mut self, words: &[u64]) {
        self.change(words, |count| count.wrapping_sub(1));
    }

    fn change(&mut self, words: &[u64], change: fn(u16) -> u16) {
        for end in 0..words.len() {
            for place in ending_at(words, end) {
                if let Some(count) = self.counts.get_mut(place) {
                    *count = change(*count);
                }
            }
        }
    }

    /// How familiar are the phrases that hold one of the words at `places`, which are sorted?
    pub(super) fn familiarity(&self, words: &[u64], places: &[usize]) -> u32 {
        let mut sum = 0;
        let mut next = 0;
        for place in places {
            let end = (place + LONGEST).min(words.len());
            for end in next.max(*place)..end {
                sum += self.of_those_that_end_at(words, end);
            }
            next = end;
        }
        sum
    }

    fn of_those_that_end_at(&self, words: &[u64], end: usize) -> u32 {
        ending_at(words, end)
            .filter_map(|place| self.counts.get(place))
            .map(|count| worth(u32::from(*count)))
            .sum()
    }
}

/// What is there twice as often is cheaper by a bit; in sixteenths of bits, roughly.
const fn worth(count: u32) -> u32 {
    match count.checked_ilog2() {
        Some(bits) => 16 * (bits + 1) + ((count << 4 >> bits) & 15),
        None => 0,
    }
}

/// Where the phrases of two and more words that end here are counted.
fn ending_at(words: &[u64], end: usize) -> impl Iterator<Item = usize> {
    let words = words.get(..=end).unwrap_or_default();
    let phrases = words.iter().rev().take(LONGEST).scan(0, |hash, word| {
        *hash = mixed(*hash, *word);
        Some(*hash)
    });
    phrases
        .skip(1)
        .filter_map(|hash| usize::try_from(hash >> (u64::BITS - BITS)).ok())
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn what_was_learned_is_familiar_until_it_is_forgotten() {
        let mut phrases = Phrases::new();
        let familiarity = |phrases: &Phrases| phrases.familiarity(&[1, 2, 3, 9], &[1]);
        assert_eq!(familiarity(&phrases), 0);
        phrases.learn(&[1, 2, 3]);
        let once = familiarity(&phrases);
        phrases.learn(&[0, 1, 2]);
        assert!(once > 0 && familiarity(&phrases) > once);
        phrases.forget(&[0, 1, 2]);
        phrases.forget(&[1, 2, 3]);
        assert_eq!(familiarity(&phrases), 0);
    }
}
