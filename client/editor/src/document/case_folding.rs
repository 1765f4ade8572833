//! Text without case and accents, for the search.
//!
//! The browser lowers and decomposes the text: Unicode's tables would be 20 KB of the client after
//! compression.

/// Gives a text in lower case, canonically decomposed: Unicode's form NFD.
pub(crate) type Decompose = fn(&str) -> String;

/// A text in lower case without accents. Some letters that have no decomposition are replaced by
/// those that people search for: `ß` by `ss`.
#[must_use]
pub(super) fn folded(text: &str, decompose: Decompose) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in decompose(text).chars() {
        match letter {
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
            // The form of sigma at the end of words.
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
    use unicode_normalization::UnicodeNormalization as _;

    fn decompose(text: &str) -> String {
        text.to_lowercase().nfd().collect()
    }

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
        ] {
            assert_eq!(folded(text, decompose), expected);
        }
        // A partly typed syllable of Hangul matches.
        let [typed, meant] = ["하", "한글"].map(|text| folded(text, decompose));
        assert!(meant.starts_with(&typed));
    }
}
