//! Advance widths of characters.
//!
//! The widths come from tables of the bundled typefaces. A character that no bundled typeface has
//! is drawn in a system font, so its width is a guess.

use super::Font;
use super::advances::{AdvanceTable, hand, sans};

/// Width of every monospaced character, as a part of the text size.
const MONO_WIDTH: f64 = 0.6;
/// Assumed width of a character of a system font, as a part of the text size: about the mean of
/// Latin.
const UNKNOWN_WIDTH: f64 = 0.55;
/// Ascent and descent of the monospaced typeface, as parts of the text size.
const MONO_METRICS: (f64, f64) = (1.02, 0.3);

/// A width, and whether it is known or a guess.
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

pub(super) fn measured(font: Font, bold: bool, letter: char) -> Advance {
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
    if is_wide(code) {
        return guess(1.0);
    }
    if font == Font::Mono {
        // The monospaced typeface has about the same characters as the sans-serif one.
        let bundled = u16::try_from(code).is_ok_and(|code| sans::REGULAR.of(code).is_some());
        return Advance {
            sizes: MONO_WIDTH,
            known: bundled,
        };
    }
    let mut tables = tables(font, bold).into_iter().flatten();
    let code = u16::try_from(code).ok();
    let found = code.and_then(|code| tables.find_map(|table| table.of(code)));
    found.map_or(guess(UNKNOWN_WIDTH), known)
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
        0..=0x1F | 0x7F..=0x9F | 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD
            | 0x64B..=0x65F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x2064 | 0x20D0..=0x20FF | 0x3099..=0x309A
            | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF | 0x1F3FB..=0x1F3FF
            | 0xE0000..=0xE01EF
    )
}

/// Whether the character is as wide as it is high: East Asian letters and emoji.
pub(super) const fn is_wide(code: u32) -> bool {
    matches!(
        code,
        0x1100..=0x115F | 0x231A..=0x231B | 0x23E9..=0x23FA | 0x25FD..=0x25FE
            | 0x2600..=0x27BF | 0x2B1B..=0x2B1C | 0x2B50..=0x2B55 | 0x2E80..=0x303E
            | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA960..=0xA97F
            | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60
            | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD
    )
}
