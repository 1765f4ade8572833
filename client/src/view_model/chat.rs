//! Messages of the chat, as the sidebar shows them.

use shared::id::MessageId;

use super::chat_text::Piece;
use super::person::PersonColor;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageView {
    /// Its id.
    pub(crate) id: MessageId,
    /// The name of its author.
    pub(crate) author: String,
    /// The colour of its author.
    pub(crate) color: PersonColor,
    /// When it was written, in milliseconds since 1970.
    pub(crate) at_ms: u64,
    /// What it begins in the list.
    pub(crate) begins: Begins,
    /// Whether this person wrote it.
    pub(crate) is_own: bool,
    /// Whether this person may take it back.
    pub(crate) may_delete: bool,
    /// Whether the server has not confirmed it.
    pub(crate) is_sending: bool,
    /// What it says.
    pub(crate) body: BodyView,
    /// What this person can do about it as an answer of a program.
    pub(crate) answer: Answer,
    /// The emoji below it.
    pub(crate) reactions: Vec<ReactionView>,
}

/// What a message begins in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    /// The messages of a day.
    Day,
    /// Messages of one author.
    Group,
    /// Nothing: it follows a message of the same author.
    Nothing,
}

/// What a person can do about an answer of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing, or the message is no such answer.
    Nothing,
    /// Stop it, because it is still written.
    Stop,
    /// Undo what the assistant drew.
    Undo,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyView {
    /// A text.
    Text(TextView),
    /// A line about what an owner did.
    Notice(String),
    /// It was taken back.
    Deleted,
}

/// The text of a message, and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextView {
    /// The text as it was written, without the line of the progress.
    pub(crate) text: String,
    /// The same text in pieces.
    pub(crate) pieces: Vec<Piece>,
    /// What its author does at present, while it is written.
    pub(crate) progress: Option<String>,
    /// The message that it answers.
    pub(crate) reply: Option<ReplyView>,
    /// Whether it shows a place on the board.
    pub(crate) has_place: bool,
    /// What stands behind the text.
    pub(crate) mark: TextMark,
}

/// What stands behind the text of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextMark {
    /// Nothing.
    #[default]
    None,
    /// It was edited.
    Edited,
    /// Its author still writes it.
    Growing,
    /// Its author left before it was whole.
    Interrupted,
}

impl TextMark {
    /// The words behind the text.
    pub(crate) const fn words(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Edited => Some(" (edited)"),
            Self::Growing => Some(" …"),
            Self::Interrupted => Some(" (interrupted)"),
        }
    }
}

impl TextView {
    /// Whether it mentions this person.
    #[must_use]
    pub(crate) fn mentions_me(&self) -> bool {
        let is_mine = |piece: &Piece| matches!(piece, Piece::Mention { is_me: true, .. });
        self.pieces.iter().any(is_mine)
    }
}

/// The message that another one answers, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReplyView {
    /// Its id.
    pub(crate) id: MessageId,
    /// The name of its author; empty if the message is not known.
    pub(crate) author: String,
    /// Its text.
    pub(crate) text: String,
}

/// One emoji below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReactionView {
    /// The emoji.
    pub(crate) emoji: String,
    /// The number of people who set it.
    pub(crate) count: usize,
    /// Their names, as far as they are known.
    pub(crate) names: String,
    /// Whether this person set it.
    pub(crate) is_own: bool,
}

impl MessageView {
    /// The text, unless it is a notice or was taken back.
    #[must_use]
    pub(crate) const fn text(&self) -> Option<&TextView> {
        match &self.body {
            BodyView::Text(text) => Some(text),
            BodyView::Notice(_) | BodyView::Deleted => None,
        }
    }

    /// The message in one line for screen readers and notices; `None` if there is nothing to tell.
    #[must_use]
    pub(crate) fn in_one_line(&self) -> Option<String> {
        match &self.body {
            BodyView::Text(text) => {
                let words = shortened(&text.text);
                let verb = if text.mentions_me() {
                    " mentions you: "
                } else {
                    ": "
                };
                Some([&self.author, verb, &words].concat())
            }
            BodyView::Notice(words) => Some(words.clone()),
            BodyView::Deleted => None,
        }
    }
}

#[cfg(test)]
impl MessageView {
    /// A message of this person, for tests.
    pub(crate) fn sample(number: u8, text: &str) -> Self {
        Self {
            id: MessageId::from_bytes([number; 16]),
            author: "Ada".to_owned(),
            color: PersonColor::of(shared::model::Color::Red),
            at_ms: 0,
            begins: Begins::Nothing,
            is_own: true,
            may_delete: false,
            is_sending: false,
            body: BodyView::Text(TextView {
                text: text.to_owned(),
                pieces: Vec::new(),
                progress: None,
                reply: None,
                has_place: false,
                mark: TextMark::None,
            }),
            answer: Answer::Nothing,
            reactions: Vec::new(),
        }
    }

    /// An answer of another person to a message, for tests.
    pub(crate) fn sample_answer(number: u8, to: u8, mark: TextMark) -> Self {
        let mut answer = Self::sample(number, "yes");
        answer.is_own = false;
        if let BodyView::Text(text) = &mut answer.body {
            text.mark = mark;
            text.reply = Some(ReplyView {
                id: MessageId::from_bytes([to; 16]),
                author: String::new(),
                text: String::new(),
            });
        }
        answer
    }
}

/// The length to which [`shortened`] cuts a text: two lines of a notice.
const SHORT_CHARS: usize = 120;

/// The beginning of a text in one line.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHORT_CHARS) {
        Some((end, _)) => [&line[..end], "…"].concat(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_to_one_line() {
        assert_eq!(shortened(" two\n lines "), "two lines");
        let long = shortened(&"é".repeat(500));
        assert_eq!(long.chars().count(), SHORT_CHARS + 1);
        assert!(long.ends_with('…'));
    }
}
