//! Small and capital letters in little code.
//!
//! The standard library brings 25 KB of tables for all scripts that have two kinds of
//! letters, and a browser must fetch them. Here are Latin, Greek, Cyrillic, Armenian and
//! letters of full width; others stay as they are. Knows nothing else.

/// How far capitals are from their small letters, where it is not one.
const DISTANCES: [u32; 8] = [1, 32, 80, 48, 37, 38, 63, 64];

/// The small letter of a capital; any other letter as it is.
#[must_use]
pub fn small(letter: char) -> char {
    let code = u32::from(letter);
    let is_even = code.is_multiple_of(2);
    let up = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde => 32,
        // Turkish: the point goes, so that both ways of writing it are found.
        0x130 => return 'i',
        0x178 => return 'ÿ',
        0x1e9e => return 'ß',
        0x100..=0x137 | 0x14a..=0x177 => u32::from(is_even),
        0x139..=0x148 | 0x179..=0x17e => u32::from(!is_even),
        0x1cd..=0x1dc => u32::from(!is_even),
        0x1de..=0x1ef | 0x1f8..=0x21f | 0x222..=0x233 => u32::from(is_even),
        0x386 => 38,
        0x388..=0x38a => 37,
        0x38c => 64,
        0x38e | 0x38f => 63,
        0x391..=0x3a1 | 0x3a3..=0x3ab => 32,
        0x400..=0x40f => 80,
        0x410..=0x42f => 32,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => u32::from(is_even),
        0x4c1..=0x4ce => u32::from(!is_even),
        0x531..=0x556 => 48,
        0x1e00..=0x1e95 | 0x1ea0..=0x1eff => u32::from(is_even),
        0xff21..=0xff3a => 32,
        _ => 0,
    };
    char::from_u32(code + up).unwrap_or(letter)
}

/// The capital of a small letter; any other letter as it is.
#[must_use]
pub fn capital(letter: char) -> char {
    if letter == 'ÿ' {
        return 'Ÿ';
    }
    let before = |distance: &u32| char::from_u32(u32::from(letter).checked_sub(*distance)?);
    DISTANCES
        .iter()
        .filter_map(before)
        .find(|found| *found != letter && small(*found) == letter)
        .unwrap_or(letter)
}

/// A text in small letters.
#[must_use]
pub fn smalls(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::{capital, small, smalls};

    /// Letters whose other form the standard library alone knows.
    fn is_left_out(letter: char) -> bool {
        matches!(u32::from(letter), 0x130 | 0x131 | 0xb5 | 0xdf | 0x149 | 0x17f | 0x180..=0x1cc
            | 0x1dd | 0x1f0..=0x1f7 | 0x220 | 0x221 | 0x234..=0x385 | 0x390 | 0x3b0 | 0x3c2
            | 0x3cf..=0x3ff | 0x4c0 | 0x4cf | 0x587 | 0x1e96..=0x1e9e)
    }

    #[test]
    fn the_scripts_it_knows_are_as_in_the_standard_library() {
        let known = [
            '\0'..='\u{58f}',
            '\u{1e00}'..='\u{1eff}',
            '\u{ff00}'..='\u{ff5e}',
        ];
        for letter in known
            .into_iter()
            .flatten()
            .filter(|letter| !is_left_out(*letter))
        {
            assert!(letter.to_lowercase().eq([small(letter)]), "{letter:?}");
            assert!(letter.to_uppercase().eq([capital(letter)]), "{letter:?}");
        }
    }

    #[test]
    fn other_letters_stay() {
        for letter in ['漢', '1', 'ß', '✏', 'ა'] {
            assert_eq!([small(letter), capital(letter)], [letter; 2]);
        }
        assert_eq!(smalls("İĞ ẞ Ÿ"), "iğ ß ÿ");
    }
}
