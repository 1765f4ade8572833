//! What a person is writing.

use leptos::prelude::{
    GetUntracked as _, RwSignal, Set as _, Update as _, With as _, WithUntracked as _,
};
use shared::chat::Place;
use shared::id::MessageId;
use shared::limits::MAX_MESSAGE_CHARS;

use crate::view_model::addressed;

/// What becomes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A new message.
    New,
    /// An answer to a message.
    Reply {
        /// The message.
        id: MessageId,
        /// Its author and its text, in one line.
        words: String,
    },
    /// Another text for an own message.
    Edit(MessageId),
}

/// A text that was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    /// What becomes of it.
    pub(crate) target: Target,
    /// The text.
    pub(crate) text: String,
    /// The place that it shows.
    pub(crate) place: Option<Place>,
}

/// The text that is being written. It stays while the sidebar is closed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    /// The text.
    pub(crate) text: RwSignal<String>,
    /// What becomes of it.
    pub(crate) target: RwSignal<Target>,
    /// The place that it shows.
    pub(crate) place: RwSignal<Option<Place>>,
    /// The text of a new message, while another one is edited.
    kept: RwSignal<String>,
}

impl Draft {
    /// An empty draft.
    pub(crate) fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            target: RwSignal::new(Target::New),
            place: RwSignal::new(None),
            kept: RwSignal::new(String::new()),
        }
    }

    /// Begins to answer a message.
    pub(crate) fn reply(self, id: MessageId, words: String) {
        self.end_editing();
        self.target.set(Target::Reply { id, words });
    }

    /// Begins to edit a message.
    pub(crate) fn edit(self, id: MessageId, text: String) {
        self.end_editing();
        self.kept.set(self.text.get_untracked());
        self.text.set(text);
        self.target.set(Target::Edit(id));
    }

    /// The text becomes a question to the assistant.
    pub(crate) fn address_assistant(self) {
        if matches!(self.target.get_untracked(), Target::Edit(_)) {
            self.cancel_target();
        }
        self.text.update(|text| *text = addressed(text));
    }

    /// The text becomes a new message again.
    pub(crate) fn cancel_target(self) {
        self.end_editing();
        self.target.set(Target::New);
    }

    /// The number of characters beyond what a message may have.
    pub(crate) fn excess(self) -> usize {
        let length = self.text.with(|text| text.chars().count());
        length.saturating_sub(MAX_MESSAGE_CHARS)
    }

    /// Whether it can be sent.
    pub(crate) fn is_ready(self) -> bool {
        self.excess() == 0 && self.text.with(|text| !text.trim().is_empty())
    }

    /// What was written; the draft is empty afterwards. `None` if it cannot be sent.
    pub(crate) fn take(self) -> Option<Written> {
        let is_sent = self.text.with_untracked(|text| {
            !text.trim().is_empty() && text.chars().count() <= MAX_MESSAGE_CHARS
        });
        if !is_sent {
            return None;
        }
        let target = self.target.get_untracked();
        let is_edit = matches!(target, Target::Edit(_));
        let written = Written {
            target,
            text: self.text.with_untracked(|text| text.trim().to_owned()),
            place: self.place.get_untracked().filter(|_| !is_edit),
        };
        if is_edit {
            self.end_editing();
        } else {
            self.text.set(String::new());
            self.place.set(None);
        }
        self.target.set(Target::New);
        Some(written)
    }

    /// Brings back the text of the new message.
    fn end_editing(self) {
        if matches!(self.target.get_untracked(), Target::Edit(_)) {
            self.text.set(self.kept.get_untracked());
            self.kept.set(String::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> MessageId {
        MessageId::from_bytes([number; 16])
    }

    #[test]
    fn a_draft_comes_back_after_another_message_was_edited() {
        let draft = Draft::new();
        draft.text.set("half a th".to_owned());
        draft.edit(id(1), "old".to_owned());
        draft.edit(id(2), "older".to_owned());
        draft.text.set(" new \n".to_owned());
        let written = draft.take().unwrap();
        assert_eq!(
            (written.target, written.text.as_str()),
            (Target::Edit(id(2)), "new")
        );
        assert_eq!(draft.text.get_untracked(), "half a th");
        draft.edit(id(1), "old".to_owned());
        draft.cancel_target();
        assert_eq!(draft.text.get_untracked(), "half a th");
    }

    #[test]
    fn a_draft_becomes_a_question_to_the_assistant_but_an_edited_message_does_not() {
        let draft = Draft::new();
        draft.text.set("draw a tree".to_owned());
        draft.edit(id(1), "old".to_owned());
        for _ in 0..2 {
            draft.address_assistant();
            assert_eq!(draft.target.get_untracked(), Target::New);
            assert_eq!(draft.text.get_untracked(), "@assistant draw a tree");
        }
    }

    #[test]
    fn a_message_has_a_text_that_is_not_too_long() {
        let draft = Draft::new();
        draft.text.set(" \n ".to_owned());
        assert_eq!(draft.take(), None);
        draft.text.set("é".repeat(MAX_MESSAGE_CHARS + 2));
        assert_eq!((draft.excess(), draft.take()), (2, None));
        draft.text.set("é".repeat(MAX_MESSAGE_CHARS));
        draft.reply(id(1), "Ada: x".to_owned());
        draft.place.set(Some(Place::View([0.0; 4])));
        let written = draft.take().unwrap();
        assert!(matches!(written.target, Target::Reply { .. }) && written.place.is_some());
        assert_eq!(draft.take(), None);
        assert_eq!(
            (draft.target.get_untracked(), draft.place.get_untracked()),
            (Target::New, None)
        );
    }
}
