//! Messages that ask the assistant.

/// The name by which a message asks the assistant, at its beginning.
pub const ASSISTANT: &str = "@assistant";

/// The name of the assistant among the people.
pub const ASSISTANT_NAME: &str = "Assistant";
/// How the last line of an open message begins that says what its author does at present.
pub const PROGRESS: &str = "⏳ ";

/// What a message asks the assistant; `None` if it does not begin with [`ASSISTANT`] in upper or lower case.
#[must_use]
pub fn question(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let (name, rest) = text.split_at_checked(ASSISTANT.len())?;
    let ends = rest
        .chars()
        .next()
        .is_none_or(|next| !next.is_alphanumeric());
    let is_name = name.eq_ignore_ascii_case(ASSISTANT) && ends;
    is_name.then(|| rest.trim_start_matches([',', ':']).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_message_that_begins_with_the_name_asks() {
        for (text, asked) in [
            ("@assistant tidy up", Some("tidy up")),
            ("@Assistant: what is this?", Some("what is this?")),
            (" @ASSISTANT,\n- a\n- b ", Some("- a\n- b")),
            ("@assistant", Some("")),
            ("ask @assistant", None),
            ("@assistants", None),
            ("@assist", None),
            ("@assistänt x", None),
            ("", None),
        ] {
            assert_eq!(question(text), asked, "{text:?}");
        }
    }
}
