//! The conversation as one client knows it: the newest messages, and the older pages that it read.

use crate::chat::{Chat, ChatOp, ChatPage, Message};

/// The messages that a client has.
#[derive(Debug, Default)]
pub struct Conversation {
    /// The newest messages, confirmed by the log.
    newest: Chat,
    /// Messages before the newest ones, oldest first, without a gap.
    older: Vec<Message>,
    /// The number of the oldest page among them; the number of all pages if there are none.
    oldest_page: u64,
    /// Changes of messages that this client has not read yet, in order.
    late: Vec<ChatOp>,
    /// The page that the server was asked for.
    asked: Option<u64>,
    /// The newest messages at the position of a snapshot that is arriving.
    arriving: Option<Chat>,
}

impl Conversation {
    /// The messages that are known, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.older.iter().chain(&self.newest.messages)
    }

    /// The number of all messages of the conversation, those that this client has not read included.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.newest.total
    }

    /// Whether there are older messages that this client has not read.
    #[must_use]
    pub const fn has_older(&self) -> bool {
        self.oldest_page > 0
    }

    /// Whether older messages are on their way.
    #[must_use]
    pub const fn is_reading(&self) -> bool {
        self.asked.is_some()
    }

    /// The page to ask the server for, if none is on its way and there is one.
    pub(super) fn ask(&mut self) -> Option<u64> {
        let next = self.oldest_page.checked_sub(1)?;
        let is_free = self.asked.is_none();
        is_free.then(|| *self.asked.insert(next))
    }

    /// The connection ended: what was asked for does not come.
    pub(super) const fn disconnected(&mut self) {
        self.asked = None;
    }

    /// The newest messages at the position of the snapshot that follows. Without a board they are
    /// shown at once; else they replace the others together with the board.
    pub(super) fn arrive(&mut self, newest: Chat, has_board: bool) {
        if has_board {
            self.arriving = Some(newest);
        } else {
            self.replace(newest);
        }
    }

    /// The snapshot replaced the board.
    pub(super) fn board_replaced(&mut self) {
        if let Some(newest) = self.arriving.take() {
            self.replace(newest);
        }
    }

    fn replace(&mut self, newest: Chat) {
        *self = Self {
            oldest_page: newest.pages,
            late: newest.late.clone(),
            older: Vec::new(),
            asked: None,
            arriving: None,
            newest,
        };
    }

    /// Applies a confirmed change.
    pub(super) fn apply(&mut self, op: &ChatOp) {
        let id = op.change.message();
        let is_new = Message::made_by(op).is_some();
        let is_among_newest = self.newest.messages.iter().any(|it| it.id == id);
        if !is_new && !is_among_newest {
            match self.older.iter_mut().find(|message| message.id == id) {
                Some(message) => message.change(op),
                None => self.late.push(op.clone()),
            }
        }
        if let Some(filled) = self.newest.apply(op) {
            if self.older.is_empty() {
                self.oldest_page = filled.number;
            }
            self.older.extend(filled.messages);
        }
    }

    /// The page that was asked for has come; `None` if it cannot be read.
    pub(super) fn page_arrived(&mut self, number: u64, page: Option<ChatPage>) {
        if self.asked.take_if(|asked| *asked == number).is_none() {
            return;
        }
        let Some(page) = page else { return };
        let messages = page.read_after(&mut self.late);
        self.older.splice(..0, messages);
        self.oldest_page = number;
    }
}
