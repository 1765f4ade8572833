//! Boundaries of clusters and words in a text, by UAX #29. Places count characters.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// The ends of the parts that a text falls into.
fn ends<'a>(parts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (&'a str, Range<usize>)> {
    parts.scan(0, |end, part| {
        let start = *end;
        *end += part.chars().count();
        Some((part, start..*end))
    })
}

/// The end of the cluster behind a place.
#[must_use]
pub fn next_cluster(text: &str, place: usize) -> usize {
    let mut clusters = ends(text.graphemes(true));
    let next = clusters.find(|(_, range)| range.end > place);
    next.map_or(place, |(_, range)| range.end)
}

/// The beginning of the cluster before a place.
#[must_use]
pub fn previous_cluster(text: &str, place: usize) -> usize {
    let clusters = ends(text.graphemes(true));
    let before = clusters.take_while(|(_, range)| range.start < place);
    before.last().map_or(0, |(_, range)| range.start)
}

/// The word at a place, or the space or punctuation mark there.
#[must_use]
pub fn word_at(text: &str, place: usize) -> Range<usize> {
    let mut last = 0..0;
    for (_, range) in ends(text.split_word_bounds()) {
        if range.end > place {
            return range;
        }
        last = range;
    }
    last
}

/// The end of the word at or behind a place.
#[must_use]
pub fn next_word(text: &str, place: usize) -> usize {
    let mut words = ends(text.split_word_bounds());
    let next = words.find(|(part, range)| range.end > place && is_word(part));
    next.map_or_else(|| text.chars().count(), |(_, range)| range.end)
}

/// The beginning of the word at or before a place.
#[must_use]
pub fn previous_word(text: &str, place: usize) -> usize {
    let words = ends(text.split_word_bounds());
    let before = words.take_while(|(_, range)| range.start < place);
    let words = before.filter(|(part, _)| is_word(part));
    words.last().map_or(0, |(_, range)| range.start)
}

/// Emoji count as words, punctuation and white space do not.
fn is_word(part: &str) -> bool {
    let mut letters = part.chars();
    letters.any(|letter| letter.is_alphanumeric() || letter >= '\u{1f000}')
}
