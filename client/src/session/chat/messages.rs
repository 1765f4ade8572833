//! Messages as plain values for the sidebar.

mod answers;

use std::collections::HashMap;

use shared::chat::{ChatOp, Message, MessageBody, Notice, Place, TextBody};
use shared::id::{MessageId, PersonId};
use shared::protocol::Person;

use super::super::people::{name_or_guest, shown_name};
use crate::view_model::{
    ASSISTANT_MENTION, Begins, BodyView, MessageView, PersonColor, ReactionView, ReplyView,
    TextMark, TextView, pieces, shortened, split_progress,
};

/// Messages of one author within this time, in milliseconds, stand under one name.
const GROUP_MS: u64 = 5 * 60 * 1_000;

/// A message as the sidebar shows it, with changes that are on their way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// The message.
    pub(super) message: Message,
    /// Whether the server has not confirmed it.
    pub(super) is_sending: bool,
}

/// Who reads the conversation.
pub(super) struct Reader<'a> {
    /// The person.
    pub(super) person: PersonId,
    /// The person's name.
    pub(super) name: &'a str,
    /// Whether the person has an owner link.
    pub(super) is_owner: bool,
    /// The people on the board.
    pub(super) people: &'a [Person],
}

impl<'a> Reader<'a> {
    /// A person who is on the board.
    fn here(&self, id: PersonId) -> Option<&'a Person> {
        let mut people = self.people.iter();
        people.find(|one| PersonId::of(one.client, one.device) == id)
    }
}

/// The confirmed messages with the changes that wait, and then the messages that wait.
pub(super) fn with_pending<'a>(
    confirmed: impl Iterator<Item = &'a Message>,
    pending: impl Iterator<Item = &'a ChatOp>,
) -> Vec<Shown> {
    let shown = |message: &Message| Shown {
        message: message.clone(),
        is_sending: false,
    };
    let mut all: Vec<Shown> = confirmed.map(shown).collect();
    for op in pending {
        let id = op.change.message();
        // Changes are mostly about the newest messages.
        let known = all.iter_mut().rev().find(|shown| shown.message.id == id);
        match (Message::made_by(op), known) {
            (Some(message), None) => all.push(Shown {
                message,
                is_sending: true,
            }),
            (None, Some(known)) => known.message.change(op),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    all
}

/// The place that a message shows.
pub(super) fn place(message: &Message) -> Option<Place> {
    match &message.body {
        MessageBody::Text(text) => text.place.clone(),
        MessageBody::Notice(_) | MessageBody::Deleted => None,
    }
}

/// What the sidebar shows. `day` is the number of the local day of a time.
pub(super) fn views(
    all: &[Shown],
    reader: &Reader<'_>,
    day: impl Fn(u64) -> i64,
) -> Vec<MessageView> {
    let context = Context::new(all, reader);
    let mut before: Option<&Shown> = None;
    let view = |shown| {
        let begins = begins(before, shown, &day);
        before = Some(shown);
        context.view(shown, begins)
    };
    all.iter().map(view).collect()
}

/// What the views of all messages need.
struct Context<'a> {
    reader: &'a Reader<'a>,
    by_id: HashMap<MessageId, &'a Message>,
    names: HashMap<PersonId, &'a str>,
    /// The answer of the assistant of which this person can undo what it drew.
    undoable: Option<MessageId>,
    /// The names that a message can mention.
    mentioned: Vec<String>,
}

impl<'a> Context<'a> {
    fn new(all: &'a [Shown], reader: &'a Reader<'a>) -> Self {
        let messages = || all.iter().map(|shown| &shown.message);
        let mut names: HashMap<PersonId, &str> = messages()
            .map(|message| (message.stamp.person, name_or_guest(&message.stamp.name)))
            .collect();
        let here = |person: &'a Person| {
            (
                PersonId::of(person.client, person.device),
                shown_name(person),
            )
        };
        names.extend(reader.people.iter().map(here));
        names.insert(reader.person, reader.name);
        let mut mentioned: Vec<String> = names.values().map(|name| (*name).to_owned()).collect();
        mentioned.push(ASSISTANT_MENTION.to_owned());
        mentioned.sort_unstable();
        mentioned.dedup();
        let by_id = messages().map(|message| (message.id, message)).collect();
        Self {
            reader,
            undoable: answers::undoable(all, &by_id, reader),
            by_id,
            names,
            mentioned,
        }
    }

    fn view(&self, shown: &Shown, begins: Begins) -> MessageView {
        let Shown {
            message,
            is_sending,
        } = shown;
        let is_own = *is_sending || message.stamp.person == self.reader.person;
        let author = name_or_guest(&message.stamp.name).to_owned();
        let body = match &message.body {
            MessageBody::Text(text) => BodyView::Text(self.text(text, message.stamp.person)),
            MessageBody::Notice(notice) => BodyView::Notice(notice_words(notice, &author)),
            MessageBody::Deleted => BodyView::Deleted,
        };
        let is_text = matches!(body, BodyView::Text(_));
        MessageView {
            id: message.id,
            author,
            color: PersonColor::of(message.stamp.color),
            at_ms: message.stamp.at_ms,
            begins,
            is_own,
            may_delete: is_text && (is_own || self.reader.is_owner),
            is_sending: *is_sending,
            answer: self.answer(message, &body),
            body,
            reactions: self.reactions(message),
        }
    }

    fn text(&self, body: &TextBody, author: PersonId) -> TextView {
        let (text, progress) = match body.open {
            true => split_progress(&body.text),
            false => (body.text.as_str(), None),
        };
        let mark = self.mark(body, author);
        TextView {
            text: text.to_owned(),
            pieces: pieces(text, &self.mentioned, self.reader.name),
            progress: progress
                .filter(|_| mark == TextMark::Growing)
                .map(str::to_owned),
            reply: body.reply_to.map(|id| self.reply(id)),
            has_place: body.place.is_some(),
            mark,
        }
    }

    fn mark(&self, body: &TextBody, author: PersonId) -> TextMark {
        match (body.open, body.edited_ms) {
            (true, _) if self.reader.here(author).is_some() => TextMark::Growing,
            (true, _) => TextMark::Interrupted,
            (false, Some(_)) => TextMark::Edited,
            (false, None) => TextMark::None,
        }
    }

    fn reply(&self, id: MessageId) -> ReplyView {
        let answered = self.by_id.get(&id);
        let text = match answered.map(|message| &message.body) {
            Some(MessageBody::Text(body)) => shortened(&body.text),
            Some(MessageBody::Notice(_) | MessageBody::Deleted) => "Message deleted".to_owned(),
            None => "An earlier message".to_owned(),
        };
        let author = answered.map_or("", |message| name_or_guest(&message.stamp.name));
        ReplyView {
            id,
            author: author.to_owned(),
            text,
        }
    }

    fn reactions(&self, message: &Message) -> Vec<ReactionView> {
        let view = |reaction: &shared::chat::Reaction| {
            let known = reaction.people.iter().filter_map(|it| self.names.get(it));
            ReactionView {
                emoji: reaction.emoji.clone(),
                count: reaction.people.len(),
                names: known.copied().collect::<Vec<_>>().join(", "),
                is_own: reaction.people.contains(&self.reader.person),
            }
        };
        message.reactions.iter().map(view).collect()
    }
}

fn begins(before: Option<&Shown>, shown: &Shown, day: impl Fn(u64) -> i64) -> Begins {
    let Some(before) = before else {
        return Begins::Day;
    };
    let (last, this) = (&before.message, &shown.message);
    let (last_ms, this_ms) = (last.stamp.at_ms, this.stamp.at_ms);
    let is_text =
        |message: &Message| matches!(message.body, MessageBody::Text(_) | MessageBody::Deleted);
    let is_same_author =
        last.stamp.person == this.stamp.person && last.stamp.name == this.stamp.name;
    if day(last_ms) != day(this_ms) {
        Begins::Day
    } else if is_same_author
        && is_text(last)
        && is_text(this)
        && this_ms.saturating_sub(last_ms) < GROUP_MS
    {
        Begins::Nothing
    } else {
        Begins::Group
    }
}

fn notice_words(notice: &Notice, author: &str) -> String {
    match notice {
        Notice::Frozen => format!("{author} froze the board"),
        Notice::Unfrozen => format!("{author} opened the board for changes again"),
        Notice::LinkRevoked(label) if label.is_empty() => format!("{author} revoked a link"),
        Notice::LinkRevoked(label) => format!("{author} revoked the link “{label}”"),
        Notice::PersonRemoved(name) => {
            format!("{author} removed {}", name_or_guest(name))
        }
        Notice::Cleared => format!("{author} cleared the board"),
    }
}

#[cfg(test)]
mod tests;
