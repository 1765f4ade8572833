//! Messages to the assistant and its answers, as far as their texts say it.

/// The name of the assistant.
pub(crate) const ASSISTANT: &str = "Assistant";
/// The name by which a message addresses the assistant, in any case.
pub(crate) const ASSISTANT_MENTION: &str = "assistant";
/// The beginning of the line that says what the assistant does at present.
const PROGRESS: &str = "⏳ ";

/// What a message asks the assistant; `None` if it does not address it.
#[must_use]
pub(crate) fn question(text: &str) -> Option<&str> {
    let name = text.trim_start().strip_prefix('@')?;
    let (addressed, rest) = name.split_at_checked(ASSISTANT_MENTION.len())?;
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ':');
    let is_addressed = addressed.eq_ignore_ascii_case(ASSISTANT_MENTION)
        && (rest.is_empty() || rest.starts_with(ends));
    is_addressed.then(|| rest.trim_matches(ends))
}

/// A text that addresses the assistant.
#[must_use]
pub(crate) fn addressed(text: &str) -> String {
    if question(text).is_some() {
        return text.to_owned();
    }
    ["@", ASSISTANT_MENTION, " ", text.trim_start()].concat()
}

/// Splits an answer that is still written into what it says and what the assistant does at present.
#[must_use]
pub(crate) fn split_progress(text: &str) -> (&str, Option<&str>) {
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    match last.strip_prefix(PROGRESS) {
        Some(progress) => (before.trim_end(), Some(progress)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_to_the_assistant_begins_with_its_name() {
        for (text, expected) in [
            ("@assistant tidy up", "tidy up"),
            ("@Assistant: draw it", "draw it"),
            ("@ASSISTANT, \n a -> b", "a -> b"),
            (" @assistant", ""),
        ] {
            assert_eq!(question(text), Some(expected), "{text}");
            assert_eq!(addressed(text), text);
        }
        for text in [
            "assistant draw",
            "hi @assistant",
            "@assistants",
            "@assistan",
            "@é",
            "",
        ] {
            assert_eq!(question(text), None, "{text}");
        }
        assert_eq!(addressed(" draw"), "@assistant draw");
        assert_eq!(addressed(""), "@assistant ");
    }

    #[test]
    fn the_last_line_says_what_the_assistant_does() {
        let reading = Some("Reading the board …");
        for (text, expected) in [
            ("⏳ Reading the board …", ("", reading)),
            ("Done.\n\n⏳ Reading the board …", ("Done.", reading)),
            ("⏳ Reading\nDone.", ("⏳ Reading\nDone.", None)),
            ("Done. ⏳ Reading", ("Done. ⏳ Reading", None)),
            ("", ("", None)),
        ] {
            assert_eq!(split_progress(text), expected);
        }
    }
}
