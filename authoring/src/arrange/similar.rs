//! Texts that are about the same, by the words that they share.
//!
//! Each text is a vector of its words. A word weighs the more the fewer texts have it (TF-IDF); words
//! of one text alone connect nothing and are left out. The similarity of two texts is the cosine of
//! their vectors, and that of two clusters the average of their texts (average linkage). A matrix
//! holds the distances of all pairs: 4 MB for as many texts as a request can name.

use std::collections::BTreeMap;

use kodama::{Method, linkage};

use super::words::{Word, telling};

/// The least similarity of two clusters that become one. Two short notes that share one of two
/// telling words have 0.5; two groups of notes that few pairs connect have less than 0.25.
const MIN_SIMILARITY: f64 = 0.25;

/// Texts that are about the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// The texts by number, in their order.
    pub(super) texts: Vec<usize>,
    /// The word that tells most about them, as it is written in most of them.
    pub(super) word: String,
}

/// The clusters of texts, the largest first. A text that is like no other is in none.
pub(super) fn clusters(texts: &[String]) -> Vec<Cluster> {
    let words = telling(texts);
    let index = Index::of(&words);
    let found = index.merged().into_iter().filter(|texts| texts.len() > 1);
    let mut clusters: Vec<Cluster> = found
        .map(|texts| {
            let word = index.title(&texts, &words);
            Cluster { texts, word }
        })
        .collect();
    clusters.sort_by_key(|it| (usize::MAX - it.texts.len(), it.texts.first().copied()));
    clusters
}

/// The words that several texts share.
#[derive(Debug)]
struct Index<'a> {
    /// The number of texts.
    len: usize,
    /// The texts that have a stem, with its weight in each. The weights of a text make a vector of
    /// length 1.
    stems: BTreeMap<&'a str, Vec<(usize, f64)>>,
}

impl<'a> Index<'a> {
    fn of(words: &'a [Vec<Word>]) -> Self {
        let mut counts: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
        for (text, words) in words.iter().enumerate() {
            for word in words {
                *counts
                    .entry(&word.stem)
                    .or_default()
                    .entry(text)
                    .or_default() += 1.0;
            }
        }
        counts.retain(|_, texts| texts.len() > 1);
        let mut squares = vec![0.0; words.len()];
        let mut stems: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
        for (stem, texts) in counts {
            let (all, with) = (words.len() as f64, texts.len() as f64);
            // The one keeps words that all texts share from weighing nothing.
            let rare = ((1.0 + all) / (1.0 + with)).ln() + 1.0;
            let weights: Vec<(usize, f64)> =
                texts.into_iter().map(|(it, n)| (it, n * rare)).collect();
            for (text, weight) in &weights {
                if let Some(square) = squares.get_mut(*text) {
                    *square += weight * weight;
                }
            }
            stems.insert(stem, weights);
        }
        for (text, weight) in stems.values_mut().flatten() {
            *weight /= squares.get(*text).copied().unwrap_or(1.0).sqrt();
        }
        let len = words.len();
        Self { len, stems }
    }

    /// The distances of all pairs, one behind the other: 1 for texts without a common word.
    fn distances(&self) -> Vec<f64> {
        let pairs = self.len * self.len.saturating_sub(1) / 2;
        let mut distances = vec![1.0; pairs];
        for texts in self.stems.values() {
            for (number, (one, weight)) in texts.iter().enumerate() {
                // The pairs of a text with all later ones follow each other.
                let row = one * (2 * self.len - one - 1) / 2;
                for (other, other_weight) in texts.iter().skip(number + 1) {
                    if let Some(distance) = distances.get_mut(row + other - one - 1) {
                        *distance -= weight * other_weight;
                    }
                }
            }
        }
        distances
    }

    /// All texts in clusters, many of them alone.
    fn merged(&self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = (0..self.len).map(|it| vec![it]).collect();
        let dendrogram = linkage(&mut self.distances(), self.len, Method::Average);
        for step in dendrogram.steps() {
            if step.dissimilarity > 1.0 - MIN_SIMILARITY {
                break;
            }
            let mut take = |part: usize| parts.get_mut(part).map(std::mem::take);
            let mut merged = take(step.cluster1).unwrap_or_default();
            merged.extend(take(step.cluster2).unwrap_or_default());
            merged.sort_unstable();
            parts.push(merged);
        }
        parts
    }

    /// The word that has the greatest weight in some texts.
    fn title(&self, texts: &[usize], words: &[Vec<Word>]) -> String {
        let weight = |all: &[(usize, f64)]| -> f64 {
            let own = all
                .iter()
                .filter(|(text, _)| texts.binary_search(text).is_ok());
            own.map(|(_, weight)| weight).sum()
        };
        let weights = self.stems.iter().map(|(stem, all)| (*stem, weight(all)));
        // Of equal ones the first, so that the result is always the same.
        let best = weights.reduce(|best, next| if next.1 > best.1 { next } else { best });
        let stem = best.map_or("", |(stem, _)| stem);
        let mut forms: Vec<(&str, usize)> = Vec::new();
        let all = texts.iter().filter_map(|text| words.get(*text)).flatten();
        for word in all.filter(|word| word.stem == stem) {
            let same = |form: &str| form.to_lowercase() == word.form.to_lowercase();
            match forms.iter_mut().find(|(form, _)| same(form)) {
                Some((_, count)) => *count += 1,
                None => forms.push((&word.form, 1)),
            }
        }
        let usual = forms
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        usual.map_or_else(String::new, |(form, _)| form.to_owned())
    }
}
