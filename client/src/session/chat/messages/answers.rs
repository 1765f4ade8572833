//! Answers of programs, and what the reader can do about them.

use std::collections::HashMap;

use shared::chat::{ASSISTANT_NAME, Message, MessageBody, TextBody, question};
use shared::id::MessageId;

use super::{Context, Reader, Shown};
use crate::view_model::{Answer, BodyView, TextMark};

impl Context<'_> {
    /// What the reader can do about a message.
    pub(super) fn answer(&self, message: &Message, body: &BodyView) -> Answer {
        let is_growing = matches!(body, BodyView::Text(text) if text.mark == TextMark::Growing);
        if is_growing && self.may_stop(message) {
            Answer::Stop
        } else if self.undoable == Some(message.id) {
            Answer::Undo
        } else {
            Answer::Nothing
        }
    }

    /// Whether the reader may stop the program that writes a message.
    fn may_stop(&self, message: &Message) -> bool {
        let author = self.reader.here(message.stamp.person);
        let is_program = author.is_some_and(|author| author.program.is_some());
        let asked = answered_by(message).and_then(|id| self.by_id.get(&id));
        let is_for_me = asked.is_some_and(|asked| asked.stamp.person == self.reader.person);
        is_program && (is_for_me || self.reader.is_owner)
    }
}

/// The answer of which the assistant can undo what it drew for a person: the newest one, if the
/// person has asked nothing since.
pub(super) fn undoable(
    all: &[Shown],
    by_id: &HashMap<MessageId, &Message>,
    reader: &Reader<'_>,
) -> Option<MessageId> {
    let me = reader.person;
    for message in all.iter().rev().map(|shown| &shown.message) {
        if message.stamp.person == me && asked(message).is_some() {
            return None;
        }
        let answered = answered_by(message).and_then(|id| by_id.get(&id));
        let answered = answered.filter(|it| it.stamp.person == me);
        let is_answer = message.stamp.name == ASSISTANT_NAME;
        if is_answer && answered.is_some_and(|it| asked(it).is_some()) {
            let is_here = reader.here(message.stamp.person).is_some();
            let has_drawn = text_of(message).is_some_and(|text| match text.open {
                // Its author left, and may have drawn before.
                true => !is_here,
                // It shows what was drawn.
                false => text.place.is_some(),
            });
            return has_drawn.then_some(message.id);
        }
    }
    None
}

/// What a message asks the assistant.
fn asked(message: &Message) -> Option<&str> {
    text_of(message).and_then(|text| question(&text.text))
}

/// The message that a message answers.
fn answered_by(message: &Message) -> Option<MessageId> {
    text_of(message).and_then(|text| text.reply_to)
}

const fn text_of(message: &Message) -> Option<&TextBody> {
    match &message.body {
        MessageBody::Text(text) => Some(text),
        MessageBody::Notice(_) | MessageBody::Deleted => None,
    }
}
