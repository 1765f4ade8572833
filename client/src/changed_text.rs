//! Texts that differ a little from a sound one, for tests of what reads text from outside.

/// Letters with a meaning in some format, of one to four bytes.
const LETTERS: &str = "\0 \"#%&,-./019:<=>?\\{}éあ🙂";

/// Every beginning of a text, and the text with each letter left out, doubled, or replaced.
pub(crate) fn changes(text: &str) -> Vec<String> {
    let mut changes = Vec::new();
    for (at, letter) in text.char_indices() {
        let (before, rest) = text.split_at(at);
        let after = &rest[letter.len_utf8()..];
        changes.push(before.to_owned());
        changes.push(format!("{before}{after}"));
        changes.push(format!("{before}{letter}{letter}{after}"));
        changes.extend(LETTERS.chars().map(|it| format!("{before}{it}{after}")));
    }
    changes
}
