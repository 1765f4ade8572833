//! An order of functions in which neighbours are alike.

use super::code::Function;
use super::phrases::phrase;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Functions are alike by phrases of these many instructions that they share.
const WORDS: [usize; 2] = [2, 3];

/// Phrases that more functions have than this say nothing about likeness.
const MOST_SHARERS: usize = 600;

/// How many of the functions before have a say in which comes next, the nearest most.
const NEAR: u8 = 8;

/// Places of functions in their old order, arranged in the new one: next comes the one that
/// is most like those before it, or if none is, the longest that is left.
pub(super) fn by_likeness(functions: &[Function]) -> Vec<usize> {
    let mut longest: Vec<usize> = (0..functions.len()).collect();
    longest.sort_by_key(|place| Reverse(functions.get(*place).map(|f| f.words.len())));
    let mut chain = Chain::new(functions);
    for start in longest {
        let mut next = (!chain.has(start)).then_some(start);
        while let Some(place) = next {
            chain.add(place);
            next = chain.most_like();
        }
    }
    chain.order
}

struct Chain {
    /// The rare phrases of each function.
    phrases: Vec<Vec<usize>>,
    /// The functions that have a phrase.
    sharers: Vec<Vec<usize>>,
    is_in: Vec<bool>,
    likeness: Vec<f32>,
    order: Vec<usize>,
}

impl Chain {
    fn new(functions: &[Function]) -> Self {
        let mut sharers: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (place, function) in functions.iter().enumerate() {
            let phrases = WORDS
                .iter()
                .flat_map(|words| function.words.windows(*words));
            for words in phrases {
                let sharers = sharers.entry(phrase(words)).or_default();
                if sharers.last() != Some(&place) {
                    sharers.push(place);
                }
            }
        }
        let sharers: Vec<Vec<usize>> = sharers
            .into_values()
            .filter(|sharers| (2..MOST_SHARERS).contains(&sharers.len()))
            .collect();
        let mut phrases = vec![Vec::new(); functions.len()];
        for (phrase, sharers) in sharers.iter().enumerate() {
            for place in sharers {
                if let Some(phrases) = phrases.get_mut(*place) {
                    phrases.push(phrase);
                }
            }
        }
        Self {
            phrases,
            sharers,
            is_in: vec![false; functions.len()],
            likeness: vec![0.0; functions.len()],
            order: Vec::with_capacity(functions.len()),
        }
    }

    fn has(&self, place: usize) -> bool {
        self.is_in.get(place).is_none_or(|is_in| *is_in)
    }

    fn add(&mut self, place: usize) {
        self.order.push(place);
        if let Some(is_in) = self.is_in.get_mut(place) {
            *is_in = true;
        }
    }

    /// The function that is most like the last ones, of those that are left.
    fn most_like(&mut self) -> Option<usize> {
        self.likeness.fill(0.0);
        let near: Vec<usize> = self
            .order
            .iter()
            .rev()
            .take(usize::from(NEAR))
            .copied()
            .collect();
        for (say, place) in (1..=NEAR).rev().zip(near) {
            self.compare_with(place, f32::from(say));
        }
        let likeness = self.likeness.iter().copied().enumerate();
        likeness
            .filter(|(place, likeness)| *likeness > 0.0 && !self.has(*place))
            .max_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(place, _)| place)
    }

    /// Adds to the likeness of each function what it shares with this one. What few share
    /// counts more.
    fn compare_with(&mut self, place: usize, say: f32) {
        for phrase in self.phrases.get(place).into_iter().flatten() {
            let sharers = self.sharers.get(*phrase).map_or(&[][..], Vec::as_slice);
            #[expect(clippy::cast_precision_loss, reason = "below MOST_SHARERS")]
            let weight = say / (sharers.len() as f32).sqrt();
            for sharer in sharers {
                if let Some(likeness) = self.likeness.get_mut(*sharer) {
                    *likeness += weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Function, by_likeness};

    fn function(words: &[u64]) -> Function {
        Function {
            words: words.to_vec(),
            ..Function::default()
        }
    }

    #[test]
    fn functions_lie_beside_those_that_are_like_them() {
        let functions = [
            function(&[1, 2, 3, 4, 5]),
            function(&[7, 8, 9]),
            function(&[0, 2, 3, 4]),
            function(&[6, 7, 8, 9]),
        ];
        assert_eq!(by_likeness(&functions), [0, 2, 3, 1]);
    }
}
