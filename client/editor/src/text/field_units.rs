//! Places in a text field: it counts UTF-16 units, of which some characters take two.

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
