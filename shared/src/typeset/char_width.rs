//! Advance widths of characters.
//!
//! The widths come from tables of the bundled typefaces. A character that no bundled typeface has
//! is drawn in a system font, so its width is an estimate until a client measures it.

use super::Font;
use super::advances::{AdvanceTable, hand, sans};
use super::estimate::{emoji, estimate};

/// Width of every monospaced character, as a part of the text size.
const MONO_WIDTH: f64 = 0.6;
/// Ascent and descent of the monospaced typeface, as parts of the text size.
const MONO_METRICS: (f64, f64) = (1.02, 0.3);

/// Makes a picture of the character before.
const EMOJI_STYLE: char = '\u{fe0f}';
/// Puts the character before on a key, which is a picture.
const KEYCAP: char = '\u{20e3}';
const KNOWN_ZERO: Advance = Advance {
    sizes: 0.0,
    known: true,
};

/// A width, and whether it is known or an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::typeset) struct Advance {
    pub(in crate::typeset) sizes: f64,
    pub(in crate::typeset) known: bool,
}

/// The tables to search in this order. The monospaced typeface needs none.
const fn tables(font: Font, bold: bool) -> [Option<&'static AdvanceTable>; 2] {
    match (font, bold) {
        (Font::Handwriting, false) => [Some(&hand::REGULAR), Some(&sans::REGULAR)],
        (Font::Handwriting, true) => [Some(&hand::BOLD), Some(&sans::BOLD)],
        (Font::Sans, false) => [Some(&sans::REGULAR), None],
        (Font::Sans, true) => [Some(&sans::BOLD), None],
        (Font::Mono, _) => [None, None],
    }
}

/// The width of a character, as a part of the text size.
#[must_use]
pub fn advance(font: Font, bold: bool, letter: char) -> f64 {
    measured(font, bold, letter).sizes
}

fn measured(font: Font, bold: bool, letter: char) -> Advance {
    // A tab is painted as a space.
    let letter = if letter == '\t' { ' ' } else { letter };
    let code = u32::from(letter);
    let known = |sizes| Advance { sizes, known: true };
    let guess = |sizes| Advance {
        sizes,
        known: false,
    };
    if is_zero_width(code) {
        return known(0.0);
    }
    let code = u16::try_from(code).ok();
    if font == Font::Mono {
        // The monospaced typeface has about the same characters as the sans-serif one.
        let bundled = code.is_some_and(|code| sans::REGULAR.of(code).is_some());
        return if bundled {
            known(MONO_WIDTH)
        } else {
            guess(estimate(letter))
        };
    }
    let mut tables = tables(font, bold).into_iter().flatten();
    let found = code.and_then(|code| tables.find_map(|table| table.of(code)));
    found.map_or_else(|| guess(estimate(letter)), known)
}

/// Whether a text shows nothing: it has only white space and characters without width.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_whitespace() || is_zero_width(u32::from(letter)))
}

/// The width of a grapheme cluster. A letter with marks is as wide as the letter.
pub(super) fn cluster_advance(font: Font, bold: bool, cluster: &str) -> Advance {
    let mut letters = cluster.chars();
    let first = letters
        .next()
        .map_or(KNOWN_ZERO, |letter| measured(font, bold, letter));
    let mut is_known = first.known;
    for letter in letters {
        if matches!(letter, EMOJI_STYLE | KEYCAP) {
            return Advance {
                sizes: emoji(),
                known: false,
            };
        }
        is_known &= measured(font, bold, letter).known;
    }
    Advance {
        known: is_known,
        ..first
    }
}

/// Ascent and descent of a typeface, as parts of the text size.
pub(super) fn vertical_metrics(font: Font) -> (f64, f64) {
    let [table, _] = tables(font, false);
    table.map_or(MONO_METRICS, |table| {
        let em = f64::from(table.em);
        (f64::from(table.ascent) / em, f64::from(table.descent) / em)
    })
}

/// Whether the character has no width: control characters, combining marks, joiners, variation
/// selectors.
const fn is_zero_width(code: u32) -> bool {
    matches!(
        code,
        0..=0x1F | 0x7F..=0x9F | 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x61C
            | 0x64B..=0x65F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20FF | 0x3099..=0x309A
            | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF | 0xE0000..=0xE01EF
    )
}
