//! The difference between two contents of a text field.
//!
//! It counts characters; the field counts UTF-16 units, of which some characters take two.

use std::ops::Range;

/// A range that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The characters of the old content that were deleted.
    pub(super) gone: Range<usize>,
    /// The new text in their place.
    pub(super) new: String,
}

/// The difference of two contents, if there is one. If it could be in several places, as in `ab|b`,
/// its end is at the caret.
pub(super) fn difference(old: &str, new: &str, caret: usize) -> Option<Difference> {
    if old == new {
        return None;
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let behind_caret = new.len().saturating_sub(caret);
    let shorter = old.len().min(new.len());
    let common = |pairs: &mut dyn Iterator<Item = (&char, &char)>, most: usize| {
        pairs.take(most).take_while(|(a, b)| a == b).count()
    };
    let most = behind_caret.min(shorter);
    let tail = common(&mut old.iter().rev().zip(new.iter().rev()), most);
    let head = common(&mut old.iter().zip(&new), shorter - tail);
    // The reported caret may be wrong; then the rest of the text decides.
    let tail = tail.max(common(
        &mut old.iter().rev().zip(new.iter().rev()),
        shorter - head,
    ));
    Some(Difference {
        gone: head..old.len() - tail,
        new: new
            .get(head..new.len() - tail)
            .unwrap_or_default()
            .iter()
            .collect(),
    })
}

/// Characters before a place that is given in UTF-16 units.
pub(super) fn characters(value: &str, units: u32) -> usize {
    let mut seen = 0;
    value
        .chars()
        .take_while(|letter| {
            seen += letter.len_utf16();
            seen <= units as usize
        })
        .count()
}

/// UTF-16 units before a place that is given in characters.
pub(super) fn units(value: &str, characters: usize) -> u32 {
    let units: usize = value.chars().take(characters).map(char::len_utf16).sum();
    // A text has at most MAX_TEXT_CHARS.
    u32::try_from(units).unwrap_or(u32::MAX)
}
