//! Signals of the chat, for components. What the sidebar shows is in `chat`, whose code is in the
//! chunk.

use shared::chat::{Message, MessageBody};
use shared::id::{BoardId, PersonId};
use shared::protocol::Rights;
use shared::sync::Replica;

use super::board_session::BoardSession;
use super::people::shown_name;
use super::published::Published;
use crate::storage::Area;

/// The signals of the chat.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChatSignals {
    /// Grows with each change of the conversation.
    pub(crate) revision: Published<u64>,
    /// Number of messages of others that were not read in this browser.
    pub(crate) unread: Published<u64>,
    /// The rights of this person; `None` until the server has told them.
    pub(crate) rights: Published<Option<Rights>>,
    /// The names of the people who are writing a message.
    pub(crate) writing: Published<Vec<String>>,
}

impl ChatSignals {
    pub(super) fn new() -> Self {
        Self {
            revision: Published::new(0),
            unread: Published::new(0),
            rights: Published::new(None),
            writing: Published::new(Vec::new()),
        }
    }

    /// Publishes who is writing.
    pub(super) fn publish_writing(self, replica: &Replica) {
        let signals = replica.presence().signals(replica.me());
        let writing = signals.filter(|(_, signals)| signals.is_writing());
        let names = writing.map(|(person, _)| shown_name(person).to_owned());
        self.writing.publish(names.collect());
    }
}

impl BoardSession {
    /// Publishes that the conversation changed, and how much of it is unread.
    pub(super) fn publish_chat(&self) {
        let core = self.core.borrow();
        // Without a connection the last known ones stay, so that messages can still be written.
        if let Some(rights) = core.replica().rights() {
            self.chat_signals.rights.publish(Some(rights));
        }
        if self.chat_signals.revision.is(&core.chat_revision) {
            return;
        }
        let revision = core.chat_revision;
        drop(core);
        self.publish_unread();
        self.chat_signals.revision.publish(revision);
    }

    /// Publishes how much of the conversation is unread. Another tab may have read it.
    pub(super) fn publish_unread(&self) {
        let core = self.core.borrow();
        let conversation = core.replica().conversation();
        let after = conversation.total().saturating_sub(read_up_to(self.board));
        let unread = unread(conversation.messages(), after, core.driver.person());
        self.chat_signals.unread.publish(unread);
    }
}

/// Notes how many messages of a board were read in this browser.
pub(super) fn keep_read(board: BoardId, messages: u64) {
    if messages != read_up_to(board) {
        Area::Browser.set(&read_key(board), &messages);
    }
}

fn read_up_to(board: BoardId) -> u64 {
    Area::Browser.get(&read_key(board)).unwrap_or(0)
}

fn read_key(board: BoardId) -> String {
    format!("chat-read:{board}")
}

/// Number of messages of others among the last `after` ones. Messages that this client has not read
/// from the server count too.
fn unread<'a>(
    messages: impl DoubleEndedIterator<Item = &'a Message>,
    after: u64,
    me: PersonId,
) -> u64 {
    let mut left = after;
    let mut count = 0;
    for message in messages.rev() {
        if left == 0 {
            return count;
        }
        left -= 1;
        let is_text = matches!(message.body, MessageBody::Text(_));
        count += u64::from(is_text && message.stamp.person != me);
    }
    count + left
}

#[cfg(test)]
mod tests {
    use shared::chat::{ChatStamp, Notice, TextBody};
    use shared::id::MessageId;
    use shared::model::Color;

    use super::*;

    fn message(person: u8, body: MessageBody) -> Message {
        Message {
            id: MessageId::from_bytes([person; 16]),
            stamp: ChatStamp {
                person: PersonId::from_bytes([person; 16]),
                as_owner: false,
                name: String::new(),
                color: Color::Black,
                at_ms: 0,
            },
            body,
            reactions: Vec::new(),
        }
    }

    fn text() -> MessageBody {
        MessageBody::Text(TextBody {
            text: "hello".to_owned(),
            reply_to: None,
            place: None,
            edited_ms: None,
            open: false,
        })
    }

    #[test]
    fn only_texts_of_others_after_the_last_one_that_was_read_are_unread() {
        let me = PersonId::from_bytes([1; 16]);
        let all = [
            message(2, text()),
            message(2, text()),
            message(1, text()),
            message(2, MessageBody::Notice(Notice::Frozen)),
            message(2, MessageBody::Deleted),
            message(3, text()),
        ];
        for (after, expected) in [(0, 0), (1, 1), (4, 1), (5, 2), (6, 3), (10, 7)] {
            assert_eq!(unread(all.iter(), after, me), expected, "after {after}");
        }
    }
}
