//! Unpacks text that the JavaScript library lz-string has packed, as tldraw does.
//!
//! A few kilobytes can unpack to gigabytes, and no crate that reads this form has a limit. So this
//! reader stands here. It keeps each word of the dictionary as a range of the unpacked text, and
//! stops at a limit.

use std::ops::Range;

/// Codes with a meaning of their own: a new letter of 8 or 16 bits, and the end.
const LETTER: usize = 0;
const WIDE_LETTER: usize = 1;
const END: usize = 2;

/// Unpacks base64 text of lz-string. `None` if it is broken, or if it has more than `limit` UTF-16
/// units.
pub(crate) fn unpack_base64(packed: &str, limit: usize) -> Option<String> {
    let mut bits = Bits {
        packed: packed.as_bytes().iter(),
        value: 0,
        mask: 0,
    };
    let mut text: Vec<u16> = Vec::new();
    // The words by their codes. Each is a range of the text; the first three codes are no words.
    let mut words: Vec<Range<usize>> = vec![0..0; 3];
    let mut width = 2;
    let mut last: Option<Range<usize>> = None;
    loop {
        let code = bits.take(width)?;
        if code == END {
            return Some(String::from_utf16_lossy(&text));
        }
        let start = text.len();
        // With the letter after it, the last word is a word too. That letter may be the first one of
        // this very word.
        let longer = last.take().map(|last| last.start..last.end + 1);
        if code == LETTER || code == WIDE_LETTER {
            let letter = bits.take(8 * (code as u32 + 1))?;
            text.push(u16::try_from(letter).ok()?);
            words.push(start..start + 1);
            words.extend(longer);
        } else {
            words.extend(longer);
            let word = words.get(code)?.clone();
            if text.len() + word.len() > limit {
                return None;
            }
            for at in word {
                text.push(*text.get(at)?);
            }
        }
        last = Some(start..text.len());
        // The first code has two bits, the next ones three, and then as many as all words need.
        width = (words.len() as u32).ilog2().max(1) + 1;
    }
}

/// The bits of base64 letters, the highest of each letter first.
struct Bits<'a> {
    packed: std::slice::Iter<'a, u8>,
    value: u8,
    mask: u8,
}

impl Bits<'_> {
    /// The next bits as a number, the lowest first. `None` at the end.
    fn take(&mut self, count: u32) -> Option<usize> {
        let mut number = 0;
        for bit in 0..count {
            if self.mask == 0 {
                self.value = value_of(*self.packed.next()?)?;
                self.mask = 1 << 5;
            }
            if self.value & self.mask != 0 {
                number |= 1_usize.checked_shl(bit)?;
            }
            self.mask >>= 1;
        }
        Some(number)
    }
}

/// The six bits of a letter of base64.
const fn value_of(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        b'=' => 0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packed by lz-string 1.5.0.
    const PACKED: [(&str, &str); 5] = [
        ("Q===", ""),
        ("IZA=", "a"),
        ("IY18ZVkA", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        (
            "C4ewBARgpmIE5gHYmGUkoBo0AsCGqAlgM5rjRiBE9oOrasCgvBuBCe0ikA==",
            "to be or not to be, that is to be 漢字 or 🙂 not",
        ),
        ("P+AEAg==", "ÿĀ"),
    ];

    #[test]
    fn packed_texts_are_unpacked() {
        for (packed, text) in PACKED {
            assert_eq!(unpack_base64(packed, 50).as_deref(), Some(text));
        }
    }

    #[test]
    fn broken_and_very_long_texts_are_refused() {
        for packed in ["", "I", "!!!!", "////", "IZ", "AAAAAAAA", "IY18Z"] {
            assert_eq!(unpack_base64(packed, 50), None, "{packed}");
        }
        assert_eq!(unpack_base64("IY18ZVkA", 39), None, "one letter too many");
    }
}
