//! The chat: a sidebar with the messages and a field to write one.
//!
//! - `button`: the button that opens the sidebar; the only part outside of the chunk
//! - `log`: the list of the messages; `message`: one of them; `message_actions`: its buttons;
//!   `answer`: what the assistant adds to it
//! - `composer`: the field; `buttons`: those below it; `mentions`: the names that complete a mention
//! - `draft`: the message that is being written

mod action;
mod answer;
mod button;
mod buttons;
mod composer;
mod draft;
mod log;
mod mentions;
mod message;
mod message_actions;

pub(crate) use action::MessageAction;
pub(crate) use button::ChatButton;
pub(crate) use composer::Composer;
pub(crate) use draft::{Draft, Target, Written};
pub(crate) use log::{ChatLog, Row as ChatRow};
pub(crate) use message::element_id as chat_element_id;
