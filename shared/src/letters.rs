//! Small and capital letters in little code.
//!
//! The standard library brings 25 KB of tables for all scripts that have two kinds of
//! letters, and a browser must fetch them. Here are Latin, Greek, Cyrillic, Armenian and
//! letters of full width; others stay as they are. What a letter is at all it says of every
//! script, in a tenth of the tables. Knows nothing else.

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

/// From where on [`RUNS`] count.
const FIRST: u32 = 0x80;

/// How many letters and digits of any script follow each other, then how many other signs,
/// and so on in turns. Marks and what is not in use belong to what stands before them.
const RUNS: &[u16] = &[
    0, 42, 1, 7, 2, 1, 1, 3, 2, 1, 3, 1, 23, 1, 31, 1, 458, 4, 12, 14, 5, 7, 1, 1, 1, 17, 117, 1,
    8, 1, 5, 2, 1, 1, 110, 1, 139, 1, 215, 6, 41, 7, 46, 1, 1, 1, 2, 1, 2, 1, 44, 29, 11, 5, 74, 4,
    102, 1, 8, 2, 10, 1, 19, 2, 1, 16, 230, 4, 4, 2, 48, 15, 31, 1, 41, 1, 7, 2, 80, 1, 129, 2, 10,
    1, 129, 2, 6, 2, 1, 1, 120, 1, 121, 2, 126, 1, 130, 8, 124, 1, 7, 1, 4, 1, 202, 1, 41, 1, 122,
    1, 74, 1, 15, 1, 10, 2, 165, 31, 20, 10, 71, 1, 56, 29, 111, 6, 78, 2, 91, 1, 612, 9, 39, 10,
    102, 1, 620, 2, 17, 1, 26, 2, 78, 3, 71, 2, 157, 3, 1, 4, 36, 15, 305, 6, 152, 34, 30, 2, 128,
    7, 1, 6, 172, 37, 125, 4, 59, 5, 62, 2, 64, 20, 745, 1, 1, 3, 11, 3, 13, 3, 13, 3, 13, 115, 10,
    5, 11, 5, 17, 98, 1, 4, 1, 2, 10, 1, 1, 3, 5, 6, 1, 1, 1, 1, 1, 1, 4, 1, 11, 2, 4, 5, 5, 4, 1,
    1, 58, 705, 81, 26, 74, 630, 30, 1132, 229, 6, 14, 4, 1, 2, 112, 1, 143, 47, 1, 469, 3, 25, 15,
    1, 5, 2, 5, 3, 91, 2, 3, 1, 90, 1, 148, 2, 4, 10, 32, 36, 28, 31, 11, 30, 8, 1, 15, 32, 10, 39,
    15, 320, 6592, 64, 22160, 55, 55, 2, 269, 3, 99, 1, 10, 1, 115, 37, 9, 2, 103, 2, 157, 4, 10,
    4, 58, 4, 86, 2, 40, 3, 1, 1, 49, 2, 47, 1, 97, 13, 16, 2, 124, 4, 23, 3, 100, 2, 16, 2, 105,
    1, 14, 2, 127, 1, 20285, 1, 136, 17, 379, 18, 127, 1, 44, 112, 147, 17, 10, 7, 26, 6, 26, 11,
    122, 30,
];

/// Whether it is a letter or a digit of any script: something that words consist of.
#[must_use]
pub fn is_of_words(letter: char) -> bool {
    let code = u32::from(letter);
    if code < FIRST {
        return letter.is_ascii_alphanumeric();
    }
    if code > 0xffff {
        // Letters of old scripts, but for notes, signs and emoji.
        return !matches!(code, 0x1cc00..=0x1d3ff | 0x1d800..=0x1daff | 0x1f000..=0x1fbff | 0xe0000..);
    }
    let mut end = FIRST;
    let run = RUNS.iter().position(|run| {
        end += u32::from(*run);
        code < end
    });
    run.is_some_and(|at| at.is_multiple_of(2))
}

/// A text in small letters.
#[must_use]
pub fn smalls(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::{capital, is_of_words, small, smalls};

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
    #[test]
    fn words_consist_of_what_the_standard_library_has_for_letters_and_digits() {
        for letter in '\0'..='\u{ffff}' {
            if letter.is_alphanumeric() {
                assert!(is_of_words(letter), "{letter:?}");
            }
        }
        // Where every code is in use, there are no others.
        for letter in ('\0'..='\u{24f}')
            .chain('\u{2000}'..='\u{2064}')
            .chain('\u{2190}'..='\u{23ff}')
        {
            assert_eq!(is_of_words(letter), letter.is_alphanumeric(), "{letter:?}");
        }
        for (letter, is) in [
            ('𝔸', true),
            ('𐍈', true),
            ('😀', false),
            ('𝄞', false),
            ('\u{94d}', true),
        ] {
            assert_eq!(is_of_words(letter), is, "{letter:?}");
        }
    }
}
