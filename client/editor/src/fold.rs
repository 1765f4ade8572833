//! Text without case and accents, for looking things up.
//!
//! Knows letters that are no other letter with an accent, but are looked up by one.

use unicode_normalization::UnicodeNormalization as _;

/// A text in small letters without accents.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let small = text.chars().flat_map(char::to_lowercase);
    // Letters of other scripts, which are taken apart too, are put together again.
    for letter in small.nfd().filter(|letter| !is_accent(*letter)).nfc() {
        match letter {
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
