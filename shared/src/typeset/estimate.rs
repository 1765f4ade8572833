//! Estimated widths of characters of system fonts, by script.
//!
//! The numbers are mean widths of clusters in common fonts. They only have to be the same
//! everywhere; a client that measures replaces them.

/// The mean of Latin, for everything that has no entry.
const LATIN: u16 = 550;
/// An East Asian letter is as wide as it is high.
const WIDE: u16 = 1_000;
/// A picture in a colour font is wider than high.
const EMOJI: u16 = 1_250;

/// First and last character of a script, and the width of its clusters in 1/1000 of the text size.
const SCRIPTS: &[(u32, u32, u16)] = &[
    (0x0530, 0x058F, 620),     // Armenian
    (0x0590, 0x05FF, 560),     // Hebrew
    (0x0600, 0x06FF, 500),     // Arabic
    (0x0700, 0x074F, 560),     // Syriac
    (0x0750, 0x077F, 500),     // Arabic
    (0x0780, 0x07BF, 480),     // Thaana
    (0x07C0, 0x07FF, 600),     // N'Ko
    (0x08A0, 0x08FF, 500),     // Arabic
    (0x0900, 0x097F, 640),     // Devanagari
    (0x0980, 0x09FF, 680),     // Bengali
    (0x0A00, 0x0A7F, 640),     // Gurmukhi
    (0x0A80, 0x0AFF, 660),     // Gujarati
    (0x0B00, 0x0B7F, 700),     // Odia
    (0x0B80, 0x0BFF, 860),     // Tamil
    (0x0C00, 0x0C7F, 780),     // Telugu
    (0x0C80, 0x0CFF, 800),     // Kannada
    (0x0D00, 0x0D7F, 940),     // Malayalam
    (0x0D80, 0x0DFF, 860),     // Sinhala
    (0x0E00, 0x0E7F, 600),     // Thai
    (0x0E80, 0x0EFF, 620),     // Lao
    (0x0F00, 0x0FFF, 600),     // Tibetan
    (0x1000, 0x109F, 820),     // Burmese
    (0x10A0, 0x10FF, 600),     // Georgian
    (0x1100, 0x115F, WIDE),    // Hangul letters
    (0x1200, 0x137F, 760),     // Ethiopic
    (0x13A0, 0x13FF, 660),     // Cherokee
    (0x1780, 0x17FF, 700),     // Khmer
    (0x231A, 0x231B, EMOJI),   // emoji
    (0x23E9, 0x23F3, EMOJI),   // emoji
    (0x25FD, 0x25FE, WIDE),    // squares
    (0x2600, 0x27BF, WIDE),    // symbols, some of them emoji
    (0x2B1B, 0x2B1C, WIDE),    // squares
    (0x2B50, 0x2B55, WIDE),    // stars
    (0x2E80, 0x303E, WIDE),    // East Asian radicals and punctuation
    (0x3041, 0x4DBF, WIDE),    // kana and Han
    (0x4E00, 0x9FFF, WIDE),    // Han
    (0xA000, 0xA4CF, WIDE),    // Yi
    (0xA960, 0xA97F, WIDE),    // Hangul letters
    (0xAC00, 0xD7A3, WIDE),    // Hangul
    (0xF900, 0xFAFF, WIDE),    // Han
    (0xFB1D, 0xFB4F, 560),     // Hebrew
    (0xFB50, 0xFDFF, 700),     // Arabic
    (0xFE30, 0xFE4F, WIDE),    // vertical punctuation
    (0xFE70, 0xFEFF, 500),     // Arabic
    (0xFF00, 0xFF60, WIDE),    // full width
    (0xFFE0, 0xFFE6, WIDE),    // full width
    (0x1F000, 0x1FAFF, EMOJI), // emoji
    (0x20000, 0x3FFFD, WIDE),  // Han
];

/// The estimated width of a cluster that begins with this character, as a part of the text size.
pub(super) fn estimate(letter: char) -> f64 {
    let code = u32::from(letter);
    let after = SCRIPTS.partition_point(|(first, ..)| *first <= code);
    let script = after.checked_sub(1).and_then(|at| SCRIPTS.get(at));
    let width = script.filter(|(_, last, _)| code <= *last);
    f64::from(width.map_or(LATIN, |(_, _, width)| *width)) / 1_000.0
}

/// The width of an emoji, as a part of the text size.
pub(super) fn emoji() -> f64 {
    f64::from(EMOJI) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::SCRIPTS;

    #[test]
    fn scripts_are_in_order() {
        assert!(SCRIPTS.iter().all(|(first, last, _)| first <= last));
        assert!(SCRIPTS.is_sorted_by(|one, next| one.1 < next.0));
    }
}
