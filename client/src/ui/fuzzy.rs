//! Fuzzy search in labels.
//!
//! `nucleo-matcher` does this too, but adds 76 KB of WebAssembly (28 KB after gzip) to rank some
//! sixty English labels, and its last release is of 2024.

/// How well a text matches a query: 0 is best, `None` is no match. Every word of the query must be
/// the beginning of a word, a part of the text, or some of its letters in order.
#[must_use]
pub(crate) fn rank(query: &str, text: &str) -> Option<u32> {
    let [query, text] = [query.trim(), text].map(str::to_ascii_lowercase);
    if text.starts_with(&query) {
        return Some(0);
    }
    query
        .split_whitespace()
        .map(|word| rank_word(word, &text))
        .sum()
}

fn rank_word(word: &str, text: &str) -> Option<u32> {
    if text.split([' ', '-']).any(|each| each.starts_with(word)) {
        return Some(1);
    }
    if text.contains(word) {
        return Some(4);
    }
    let mut letters = text.chars();
    let in_order = word
        .chars()
        .all(|wanted| letters.any(|letter| letter == wanted));
    in_order.then_some(16)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn better_matches_rank_first() {
        let ranks =
            ["Zoom in", "Flip zoom", "Unzoomed", "Zero o of m"].map(|text| rank("zoom", text));
        assert!(ranks.iter().all(Option::is_some), "{ranks:?}");
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(rank("zoom", "Pan"), None);
    }

    #[test]
    fn words_match_in_any_order_and_an_empty_query_matches_all() {
        assert!(rank("front to", "Bring to front").is_some());
        assert_eq!(rank("front up", "Bring to front"), None);
        assert_eq!(rank(" ", "Anything"), Some(0));
    }
}
