//! Names and titles: which characters they may have.
//!
//! One rule holds for the title of a board, the name of a person, the signature of a note and the
//! name of a frame. A character that it forbids is removed, wherever the text comes from.

/// A name without characters that are no part of a line of text: control characters, separators of
/// lines and paragraphs, and those that change the direction of the text around them, by which a
/// name could make others appear in another order.
///
/// Marks that belong to a script stay, such as the left-to-right mark and the joiners.
#[must_use]
pub fn cleaned_name(text: &str) -> String {
    text.chars()
        .filter(|letter| is_allowed_in_name(*letter))
        .collect()
}

/// Whether [`cleaned_name`] would change nothing.
#[must_use]
pub fn is_clean_name(text: &str) -> bool {
    text.chars().all(is_allowed_in_name)
}

/// Whether a name may have a character.
pub(crate) fn is_allowed_in_name(letter: char) -> bool {
    let is_separator = matches!(letter, '\u{2028}' | '\u{2029}');
    let is_embedding = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_annotation = matches!(letter, '\u{fff9}'..='\u{fffb}');
    // Their use is deprecated; they change how digits and Arabic letters after them appear.
    let is_deprecated = matches!(letter, '\u{206a}'..='\u{206f}');
    !(letter.is_control() || is_separator || is_embedding || is_annotation || is_deprecated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_no_part_of_a_line_are_removed() {
        let forged = "A\0d\u{7f}\u{85}a\n\u{202e}\u{2066}x\u{2069}\u{202c}\u{2028}\u{fff9}\u{206a}";
        assert_eq!(cleaned_name(forged), "Adax");
        assert!(!is_clean_name(forged) && is_clean_name("Adax"));
    }

    #[test]
    fn names_of_all_scripts_stay() {
        for name in [
            "Zoë",
            "مریم\u{200c}ها",
            "\u{200f}אדה",
            "👩\u{200d}🎨",
            "नेहा",
            "O’Neill",
        ] {
            assert_eq!(cleaned_name(name), name);
        }
    }
}
