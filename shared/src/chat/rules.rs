//! Which changes of a conversation are valid, and how a server corrects them.

use crate::limits::{
    MAX_COORD, MAX_EMOJI_BYTES, MAX_LABEL_CHARS, MAX_MESSAGE_CHARS, MAX_NAME_CHARS,
    MAX_PLACE_ELEMENTS,
};
use crate::name::{cleaned_name, is_allowed_in_name};

use super::message::{ChatChange, ChatOp, ChatStamp, Notice, Place};

/// The rule that a change of a conversation breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// A message has no text, or too much.
    #[error("message of {0} characters, 1 to {MAX_MESSAGE_CHARS} allowed")]
    Length(usize),
    /// An emoji is empty, too long, or has control characters.
    #[error("no emoji of 1 to {MAX_EMOJI_BYTES} bytes")]
    Emoji,
    /// A place names too many elements, or coordinates outside of the board.
    #[error("a place outside of the board, or of more than {MAX_PLACE_ELEMENTS} elements")]
    Place,
    /// A name or a label is too long.
    #[error("a name that is too long")]
    Name,
}

impl ChatOp {
    /// Checks sizes and ranges.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn validate(&self) -> Result<(), ChatError> {
        is_short(&self.stamp.name, MAX_NAME_CHARS)?;
        match &self.change {
            ChatChange::Post(new) => {
                check_text(&new.text)?;
                new.place.as_ref().map_or(Ok(()), check_place)
            }
            ChatChange::Edit { text, .. } => check_text(text),
            ChatChange::Delete { .. } | ChatChange::Stop { .. } => Ok(()),
            ChatChange::Show { place, .. } => check_place(place),
            ChatChange::React { emoji, .. } => check_emoji(emoji),
            ChatChange::Notice { id: _, notice } => match notice {
                Notice::LinkRevoked(label) => is_short(label, MAX_LABEL_CHARS),
                Notice::PersonRemoved(name) => is_short(name, MAX_NAME_CHARS),
                Notice::Frozen | Notice::Unfrozen | Notice::Cleared => Ok(()),
            },
        }
    }

    /// The change as a server stores it: under its own stamp, with cleaned text.
    #[must_use]
    pub fn stamped(&self, stamp: ChatStamp) -> Self {
        let mut change = self.change.clone();
        match &mut change {
            ChatChange::Post(new) => new.text = cleaned_message(&new.text),
            ChatChange::Edit { text, .. } => *text = cleaned_message(text),
            ChatChange::Notice { id: _, notice } => match notice {
                Notice::LinkRevoked(text) | Notice::PersonRemoved(text) => {
                    *text = cleaned_name(text);
                }
                Notice::Frozen | Notice::Unfrozen | Notice::Cleared => {}
            },
            ChatChange::Delete { .. }
            | ChatChange::React { .. }
            | ChatChange::Show { .. }
            | ChatChange::Stop { .. } => {}
        }
        Self { stamp, change }
    }
}

/// The text of a message without characters that are no part of a text: control characters but for
/// line breaks, and those that change the direction of the text around them.
#[must_use]
pub fn cleaned_message(text: &str) -> String {
    let is_kept = |letter: &char| *letter == '\n' || is_allowed_in_name(*letter);
    text.chars().filter(is_kept).collect()
}

fn check_text(text: &str) -> Result<(), ChatError> {
    let length = text.chars().count();
    let is_blank = text.trim().is_empty();
    match is_blank || length > MAX_MESSAGE_CHARS {
        true => Err(ChatError::Length(length)),
        false => Ok(()),
    }
}

/// Checks that a text may be shown as an emoji: short, and without control characters.
///
/// # Errors
/// [`ChatError::Emoji`].
pub fn check_emoji(emoji: &str) -> Result<(), ChatError> {
    let is_sized = (1..=MAX_EMOJI_BYTES).contains(&emoji.len());
    let is_plain = |letter: char| is_allowed_in_name(letter) && !letter.is_whitespace();
    match is_sized && emoji.chars().all(is_plain) {
        true => Ok(()),
        false => Err(ChatError::Emoji),
    }
}

fn check_place(place: &Place) -> Result<(), ChatError> {
    let is_sound = match place {
        Place::View(edges) => edges.iter().all(|edge| edge.abs() <= MAX_COORD),
        Place::Elements(ids) => (1..=MAX_PLACE_ELEMENTS).contains(&ids.len()),
    };
    is_sound.then_some(()).ok_or(ChatError::Place)
}

fn is_short(text: &str, most: usize) -> Result<(), ChatError> {
    match text.chars().count() <= most {
        true => Ok(()),
        false => Err(ChatError::Name),
    }
}
