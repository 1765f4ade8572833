//! The conversation of a board: messages, their changes, and how a long conversation is kept.
//!
//! Changes of the conversation are ops of the board's log, so they are ordered, deduplicated and
//! stored like all others. [`Chat`] is the result of these ops: the newest messages. When there are
//! too many, the older half leaves as a [`ChatPage`], which is stored apart from the board. So
//! opening a board costs the same, however long its conversation is.
//!
//! A page never changes. What happens to its messages later is kept in the [`late`](ChatPage::late)
//! list of a newer page, or of the newest messages. A reader goes from the newest page to the oldest,
//! so it knows all later changes of a message before it reads the message itself.

mod message;
mod question;
mod rules;
mod window;

pub use message::{
    ChatChange, ChatOp, ChatStamp, Message, MessageBody, NewMessage, Notice, Place, Reaction,
    TextBody,
};
pub use question::{ASSISTANT, ASSISTANT_NAME, PROGRESS, question};
pub use rules::{ChatError, check_emoji, cleaned_message};
pub use window::{Chat, ChatPage};
