//! Messages to the assistant and its answers, as far as their texts say it.

use shared::chat::{ASSISTANT, PROGRESS, question};

/// The name by which a message asks the assistant, after the at sign.
pub(crate) const ASSISTANT_MENTION: &str = ASSISTANT.split_at(1).1;

/// A text that asks the assistant.
#[must_use]
pub(crate) fn addressed(text: &str) -> String {
    if question(text).is_some() {
        return text.to_owned();
    }
    [ASSISTANT, " ", text.trim_start()].concat()
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
    fn a_text_asks_the_assistant_once() {
        assert_eq!(addressed(" draw"), "@assistant draw");
        assert_eq!(addressed(""), "@assistant ");
        for text in ["@assistant", "@Assistant: draw"] {
            assert_eq!(addressed(text), text);
        }
        let mention = ["@", ASSISTANT_MENTION].concat();
        assert!(question(&mention).is_some());
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
