//! What a person does with a message.

use shared::id::MessageId;

/// What a person does with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MessageAction {
    /// Answer it.
    Reply(MessageId),
    /// Change its text.
    Edit(MessageId),
    /// Take it back.
    Delete(MessageId),
    /// Set or remove an emoji.
    React(MessageId, String, bool),
    /// Show its place on the board.
    GoTo(MessageId),
    /// Scroll to it.
    Find(MessageId),
    /// Ask its author to stop.
    Stop(MessageId),
    /// Ask the assistant once more.
    AskAgain(MessageId),
    /// Let the assistant undo what it drew.
    Undo,
}
