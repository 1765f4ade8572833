//! Text without case and accents, for looking things up.
//!
//! Knows letters that are no other letter with an accent, but are looked up by one.

// Whole-text normalization would link the tables of compatibility forms too: 40 KB of the
// client after compression, for a search that needs canonical decompositions only.
use unicode_normalization::char::decompose_canonical;

/// A text in small letters without accents.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match bare(letter) {
            letter if is_accent(letter) => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ð' | 'đ' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ł' | 'ŀ' => out.push('l'),
            'ø' => out.push('o'),
            'ŧ' => out.push('t'),
            // The sigma at the end of words.
            'ς' => out.push('σ'),
            letter if letter.is_whitespace() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// A letter without the accents that its canonical decomposition has; any other letter,
/// such as a syllable of Hangul, as it is.
fn bare(letter: char) -> char {
    let (mut base, mut only_accents) = (None, true);
    decompose_canonical(letter, |part| match base {
        None => base = Some(part),
        Some(_) => only_accents &= is_accent(part),
    });
    base.filter(|_| only_accents).unwrap_or(letter)
}

/// Combining accents of Latin, Greek and Cyrillic.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        for (text, expected) in [
            ("Überraschung", "uberraschung"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("e\u{301}te\u{301}", "ete"),
            ("École", "ecole"),
            ("İSTANBUL ısı", "istanbul isi"),
            ("Łódź\n", "lodz "),
            ("Ørsted Æsir Þór Đà", "orsted aesir thor da"),
            ("Ёлка", "елка"),
            ("ΟΔΌΣ", "οδοσ"),
            ("日本", "日本"),
            ("がくせい 한글", "がくせい 한글"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }
}
