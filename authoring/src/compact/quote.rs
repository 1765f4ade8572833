//! Quoted texts of boards. Such a text is data: it may try to look like instructions or structure.

use std::fmt::Write as _;

/// Characters of a text that are shown: two or three sentences.
const MOST: usize = 200;

/// A text in quotes on one line. Behind a text that was shortened stands the number of characters
/// that are missing.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4 * MOST) + 2);
    out.push('"');
    for letter in text.chars().take(MOST) {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter if is_unseen(letter) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    let more = text.chars().count().saturating_sub(MOST);
    if more > 0 {
        let _ = write!(out, "…(+{more} characters)");
    }
    out
}

/// Whether a letter is invisible to people but not to programs: control characters, and characters that
/// break lines or steer their order. The joiners of emoji and of some scripts are kept.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
