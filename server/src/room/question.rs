//! Questions to the assistant, from the rooms to what answers them.

use shared::chat::{ChatStamp, NewMessage};
use shared::id::{BoardId, LinkId};
use tokio::sync::mpsc;

use crate::caller_rate_limit::Caller;

/// Questions that wait to be taken. Taking one only starts a task.
const WAITING: usize = 256;

/// A message that asks the assistant. It is stored, and only this server has this question.
#[derive(Debug)]
pub struct Question {
    /// The board.
    pub board: BoardId,
    /// The link by which the asker is on the board.
    pub link: LinkId,
    /// The caller who pays for the answer.
    pub caller: Caller,
    /// Who asks, and when.
    pub stamp: ChatStamp,
    /// The message.
    pub message: NewMessage,
}

/// Where rooms pass on questions. Clones lead to the same place; the default leads nowhere.
#[derive(Debug, Clone, Default)]
pub struct Questions(Option<mpsc::Sender<Question>>);

impl Questions {
    /// The place, and what comes out of it.
    #[must_use]
    pub fn channel() -> (Self, mpsc::Receiver<Question>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Self(Some(sender)), receiver)
    }

    /// Passes on a question. Too many at once are dropped; their askers see that no answer comes.
    pub(super) fn pass_on(&self, question: Question) {
        if let Some(sender) = &self.0
            && sender.try_send(question).is_err()
        {
            tracing::warn!("a question to the assistant was dropped, because too many wait");
        }
    }
}
