//! Questions to the assistant that have no answer. A server that dies before it answers leaves such
//! a question, and no other server answers it.

use shared::id::MessageId;

use super::chat::{BodyView, MessageView};

/// The assistant begins to answer within this time, in milliseconds, if its server lives: its first
/// message comes before any work.
pub(crate) const PATIENCE_MS: u64 = 10_000;

/// The questions of this page that have no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenQuestions {
    all: Vec<OpenQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct OpenQuestion {
    id: MessageId,
    /// Since when the server has it, without a loss of the connection.
    since_ms: Option<u64>,
}

/// What is to be shown, and when that may change by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outlook {
    /// The questions that the assistant did not answer in time.
    pub(crate) unanswered: Vec<MessageId>,
    /// After how many milliseconds another question becomes one of them.
    pub(crate) next_in_ms: Option<u64>,
}

impl OpenQuestions {
    /// Notes a question.
    pub(crate) fn ask(&mut self, id: MessageId) {
        self.all.push(OpenQuestion { id, since_ms: None });
    }

    /// Forgets a question.
    pub(crate) fn forget(&mut self, id: MessageId) {
        self.all.retain(|question| question.id != id);
    }

    /// Whether there are none.
    #[must_use]
    pub(crate) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Takes over what happened.
    pub(crate) fn look(
        &mut self,
        messages: &[MessageView],
        is_connected: bool,
        now_ms: u64,
    ) -> Outlook {
        self.all.retain(|question| is_open(question.id, messages));
        let mut outlook = Outlook::default();
        for question in &mut self.all {
            let is_sent = messages
                .iter()
                .any(|message| message.id == question.id && !message.is_sending);
            if !is_sent || !is_connected {
                question.since_ms = None;
                continue;
            }
            let since = *question.since_ms.get_or_insert(now_ms);
            let left = (since + PATIENCE_MS).saturating_sub(now_ms);
            if left == 0 {
                outlook.unanswered.push(question.id);
            } else {
                let next = outlook.next_in_ms.unwrap_or(left);
                outlook.next_in_ms = Some(next.min(left));
            }
        }
        outlook
    }
}

/// Whether a question is there and has no answer.
fn is_open(id: MessageId, messages: &[MessageView]) -> bool {
    let mut is_there = false;
    for message in messages {
        match &message.body {
            BodyView::Text(text) => {
                if text.reply.as_ref().is_some_and(|reply| reply.id == id) && !message.is_own {
                    return false;
                }
                is_there |= message.id == id;
            }
            BodyView::Notice(_) | BodyView::Deleted => {}
        }
    }
    is_there
}

#[cfg(test)]
mod tests {
    use super::super::chat::TextMark;
    use super::*;

    fn id(number: u8) -> MessageId {
        MessageId::from_bytes([number; 16])
    }

    fn outlook(unanswered: &[u8], next_in_ms: Option<u64>) -> Outlook {
        Outlook {
            unanswered: unanswered.iter().map(|number| id(*number)).collect(),
            next_in_ms,
        }
    }

    #[test]
    fn a_question_without_an_answer_is_unanswered_after_a_while() {
        let mut questions = OpenQuestions::default();
        questions.ask(id(1));
        let mut all = vec![MessageView::sample(1, "@assistant draw")];
        assert_eq!(
            questions.look(&all, true, 5),
            outlook(&[], Some(PATIENCE_MS))
        );
        assert_eq!(
            questions.look(&all, true, 4 + PATIENCE_MS),
            outlook(&[], Some(1))
        );
        assert_eq!(
            questions.look(&all, true, 5 + PATIENCE_MS),
            outlook(&[1], None)
        );
        all.push(MessageView::sample_answer(2, 1, TextMark::Growing));
        assert_eq!(questions.look(&all, true, 99_999), outlook(&[], None));
        assert!(questions.is_empty());
    }

    #[test]
    fn time_counts_only_while_the_server_has_the_question_and_is_connected() {
        let mut questions = OpenQuestions::default();
        questions.ask(id(1));
        let mut all = vec![MessageView::sample(1, "@assistant draw")];
        all[0].is_sending = true;
        assert_eq!(questions.look(&all, true, 0), outlook(&[], None));
        all[0].is_sending = false;
        questions.look(&all, true, 1_000);
        assert_eq!(questions.look(&all, false, 50_000), outlook(&[], None));
        assert_eq!(
            questions.look(&all, true, 60_000),
            outlook(&[], Some(PATIENCE_MS))
        );
        all[0].body = BodyView::Deleted;
        questions.look(&all, true, 90_000);
        assert!(questions.is_empty(), "it was taken back");
    }
}
