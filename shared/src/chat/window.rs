//! The newest messages of a conversation, and the pages of older ones.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{MessageId, PersonId};
use crate::limits::{
    CHAT_PAGE_BYTES, CHAT_PAGE_MESSAGES, CHAT_WINDOW_BYTES, CHAT_WINDOW_MESSAGES, MAX_CHAT_LATE,
    MAX_CHAT_PAGES,
};

use super::message::{ChatChange, ChatOp, Message, MessageBody};

/// The newest messages of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    /// The number of pages of older messages.
    pub pages: u64,
    /// The number of all messages so far, those of the pages included.
    pub total: u64,
    /// The newest messages, oldest first.
    pub messages: Vec<Message>,
    /// Changes of messages of the pages, made since the last page was filled.
    pub late: Vec<ChatOp>,
}

/// Messages that left the newest ones. Pages are numbered from 0, the oldest.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct ChatPage {
    /// Its number.
    pub number: u64,
    /// Its messages, oldest first.
    pub messages: Vec<Message>,
    /// Changes of messages of pages before it.
    pub late: Vec<ChatOp>,
}

impl Chat {
    /// Whether there is and was no message.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0 && self.late.is_empty()
    }

    /// Whether it takes no more messages. The newest ones can still be changed.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.pages >= MAX_CHAT_PAGES
    }

    /// Whether a person may make a change, as far as the newest messages tell. A change of a message
    /// that they lack is decided by [`Message::change`] once the message is read.
    #[must_use]
    pub fn permits(&self, change: &ChatChange, person: PersonId, is_owner: bool) -> bool {
        let target = |id: &MessageId| self.messages.iter().find(|message| message.id == *id);
        let is_own = |id| target(id).is_none_or(|message| message.stamp.person == person);
        match change {
            ChatChange::Post(_) | ChatChange::React { .. } => true,
            ChatChange::Notice { .. } => is_owner,
            ChatChange::Edit { id, .. } | ChatChange::Show { id, .. } => is_own(id),
            ChatChange::Delete { id } => is_owner || is_own(id),
            ChatChange::Stop { id } => {
                is_owner || target(id).is_some_and(|it| self.may_stop(it, person))
            }
        }
    }

    /// Whether a person wrote an open message, or the one that it answers.
    fn may_stop(&self, answer: &Message, person: PersonId) -> bool {
        let MessageBody::Text(body) = &answer.body else {
            return false;
        };
        let mut asked = self
            .messages
            .iter()
            .filter(|it| Some(it.id) == body.reply_to);
        let is_asker = asked.any(|question| question.stamp.person == person);
        body.open && (is_asker || answer.stamp.person == person)
    }

    /// Applies a change. Returns the page that it fills, if any; at most one.
    pub fn apply(&mut self, op: &ChatOp) -> Option<ChatPage> {
        let id = op.change.message();
        let (is_full, has_pages) = (self.is_full(), self.pages > 0);
        let known = self.messages.iter_mut().find(|message| message.id == id);
        match (Message::made_by(op), known) {
            (Some(message), None) if !is_full => {
                self.messages.push(message);
                self.total += 1;
            }
            (Some(_), _) => {}
            (None, _) if matches!(op.change, ChatChange::Stop { .. }) => {}
            (None, Some(known)) => known.change(op),
            (None, None) if has_pages && !is_full => self.late.push(op.closed()),
            (None, None) => {}
        }
        self.is_page_due().then(|| self.take_page())
    }

    fn is_page_due(&self) -> bool {
        self.messages.len() > CHAT_WINDOW_MESSAGES
            || self.late.len() > MAX_CHAT_LATE
            || self.bytes() > CHAT_WINDOW_BYTES
    }

    fn bytes(&self) -> usize {
        let messages: usize = self.messages.iter().map(Message::bytes).sum();
        let late: usize = self.late.iter().map(ChatOp::bytes).sum();
        messages + late
    }

    /// Moves the oldest messages to a page: so many that both fit a frame.
    fn take_page(&mut self) -> ChatPage {
        let late = std::mem::take(&mut self.late);
        let mut bytes: usize = late.iter().map(ChatOp::bytes).sum();
        let most = CHAT_PAGE_MESSAGES.min(self.messages.len().saturating_sub(1));
        let fits = |message: &&Message| {
            bytes += message.bytes();
            bytes <= CHAT_PAGE_BYTES
        };
        let count = self.messages.iter().take(most).take_while(fits).count();
        let number = self.pages;
        self.pages += 1;
        let mut messages: Vec<Message> = self.messages.drain(..count).collect();
        // A page never changes.
        messages.iter_mut().for_each(Message::close);
        ChatPage {
            number,
            messages,
            late,
        }
    }
}

impl Chat {
    /// The newest messages as clients of version 5 know them; `None` if they know all of it.
    #[must_use]
    pub fn for_version_5(&self) -> Option<Self> {
        let is_open = |message: &Message| match &message.body {
            MessageBody::Text(body) => body.open,
            MessageBody::Notice(_) | MessageBody::Deleted => false,
        };
        if !self.messages.iter().any(is_open) {
            return None;
        }
        let mut earlier = self.clone();
        earlier.messages.iter_mut().for_each(Message::close);
        Some(earlier)
    }
}

impl ChatPage {
    /// The messages of the page as they are now. `late` has the changes that the newer pages and the
    /// newest messages keep for older messages; those of this page are taken from it, and the changes
    /// that this page keeps are added.
    #[must_use]
    pub fn read_after(self, late: &mut Vec<ChatOp>) -> Vec<Message> {
        let mut messages = self.messages;
        for message in &mut messages {
            let id = message.id;
            for op in late.extract_if(.., |op| op.change.message() == id) {
                message.change(&op);
            }
        }
        late.splice(..0, self.late);
        messages
    }
}

impl ChatOp {
    fn bytes(&self) -> usize {
        self.change.bytes() + self.stamp.name.len() + size_of::<Self>()
    }
}
