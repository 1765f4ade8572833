//! Completes the name of a person after an at sign.

use crate::view_model::{ASSISTANT_MENTION, mention_begun};

/// The most names that are offered at once.
const MAX_NAMES: usize = 6;

/// What was typed of a mention, and the names that complete it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Completion {
    /// Where the at sign is, in bytes of the text.
    pub(super) at: usize,
    /// Where the caret is, in bytes of the text.
    pub(super) caret: usize,
    /// The names.
    pub(super) names: Vec<String>,
    /// The chosen one of them.
    pub(super) chosen: usize,
}

impl Completion {
    /// The names for a text with the caret after so many UTF-16 units, as a browser counts them.
    pub(super) fn of(text: &str, caret_utf16: usize, people: &[String]) -> Option<Self> {
        let caret = byte_at(text, caret_utf16);
        let (at, typed) = mention_begun(&text[..caret])?;
        let typed = typed.to_lowercase();
        // Only a message that begins with it is for the assistant.
        let is_start = text[..at].trim().is_empty();
        let is_assistant = |name: &&str| name.eq_ignore_ascii_case(ASSISTANT_MENTION);
        let assistant = is_start.then_some(ASSISTANT_MENTION);
        let people = people.iter().map(String::as_str);
        let names: Vec<String> = assistant
            .into_iter()
            .chain(people.filter(|name| !(is_start && is_assistant(name))))
            .filter(|name| name.to_lowercase().starts_with(&typed))
            .take(MAX_NAMES)
            .map(str::to_owned)
            .collect();
        let is_complete = names.iter().any(|name| name.to_lowercase() == typed);
        (!names.is_empty() && !is_complete).then_some(Self {
            at,
            caret,
            names,
            chosen: 0,
        })
    }

    /// Chooses the next name, or the one before.
    pub(super) fn step(&mut self, is_forward: bool) {
        let count = self.names.len().max(1);
        let by = if is_forward { 1 } else { count - 1 };
        self.chosen = (self.chosen + by) % count;
    }

    /// The text with the name in it, and where the caret is then, in UTF-16 units.
    pub(super) fn complete(&self, text: &str, name: &str) -> Option<(String, u32)> {
        let (before, after) = (text.get(..self.at)?, text.get(self.caret..)?);
        let start = [before, "@", name, " "].concat();
        let caret = u32::try_from(start.encode_utf16().count()).ok()?;
        Some(([&start, after].concat(), caret))
    }
}

fn byte_at(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        if units >= utf16 {
            return at;
        }
        units += letter.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Vec<String> {
        ["Ada L", "Adam", "Ben"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_name_replaces_what_was_typed_of_it() {
        let text = "🙂 @ad, ok";
        let mut found = Completion::of(text, 6, &people()).unwrap();
        assert_eq!(found.names, ["Ada L", "Adam"]);
        found.step(false);
        assert_eq!(found.chosen, 1);
        found.step(true);
        let (completed, caret) = found.complete(text, "Ada L").unwrap();
        assert_eq!((completed.as_str(), caret), ("🙂 @Ada L , ok", 10));
    }

    #[test]
    fn the_assistant_is_offered_first_at_the_beginning() {
        let mut people = people();
        people.push("Assistant".to_owned());
        let names = |text: &str, people| {
            let found = Completion::of(text, text.len(), people);
            found.map(|it| it.names).unwrap_or_default()
        };
        assert_eq!(names("@a", &people), ["assistant", "Ada L", "Adam"]);
        assert_eq!(names("@As", &[]), ["assistant"]);
        assert_eq!(names("ok @as", &people), ["Assistant"]);
        assert!(names("@assistant", &people).is_empty());
    }

    #[test]
    fn nothing_is_offered_for_other_text() {
        for (text, caret) in [("ad", 2), ("@x", 2), ("@ben", 4), ("a@ad", 4), ("@ad", 0)] {
            assert_eq!(Completion::of(text, caret, &people()), None, "{text}");
        }
    }
}
