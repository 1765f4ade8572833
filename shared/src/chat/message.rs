//! Messages, and the changes that people make to them.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ElementId, MessageId, PersonId};
use crate::limits::{MAX_REACTION_KINDS, MAX_REACTION_PEOPLE};
use crate::model::Color;

/// Who made a change of the conversation, and when. The server writes it into every change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize_tuple, Deserialize_tuple)]
pub struct ChatStamp {
    /// The person.
    pub person: PersonId,
    /// Whether the person came by an owner link.
    pub as_owner: bool,
    /// The person's name; empty if the person chose none.
    pub name: String,
    /// The person's colour.
    pub color: Color,
    /// When the server received it, in milliseconds since 1970. It is shown and decides nothing.
    pub at_ms: u64,
}

/// A change of the conversation with who made it.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct ChatOp {
    /// Who made it, and when.
    pub stamp: ChatStamp,
    /// The change.
    pub change: ChatChange,
}

/// A change of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ChatChange {
    /// A new message.
    #[serde(rename = "p")]
    Post(Box<NewMessage>),
    /// A line about what an owner did to the board.
    #[serde(rename = "n")]
    Notice {
        /// The id of the line.
        id: MessageId,
        /// What happened.
        notice: Notice,
    },
    /// Another text for one's own message.
    #[serde(rename = "e")]
    Edit {
        /// The message.
        id: MessageId,
        /// Its text from now on.
        text: String,
        /// Whether its author still writes it.
        #[serde(default, skip_serializing_if = "is_false")]
        open: bool,
    },
    /// Takes back one's own message; an owner takes back any.
    #[serde(rename = "d")]
    Delete {
        /// The message.
        id: MessageId,
    },
    /// Sets or removes one's own reaction to a message.
    #[serde(rename = "r")]
    React {
        /// The message.
        id: MessageId,
        /// The emoji.
        emoji: String,
        /// Whether it is set or removed.
        on: bool,
    },
    /// The place on the board that one's own message shows from now on.
    #[serde(rename = "w")]
    Show {
        /// The message.
        id: MessageId,
        /// The place.
        place: Place,
    },
    /// Asks the author of an open message to stop. It changes nothing by itself.
    #[serde(rename = "s")]
    Stop {
        /// The message.
        id: MessageId,
    },
}

impl ChatChange {
    /// The message that is made or changed.
    #[must_use]
    pub const fn message(&self) -> MessageId {
        match self {
            Self::Post(new) => new.id,
            Self::Notice { id, .. }
            | Self::Edit { id, .. }
            | Self::Delete { id }
            | Self::Stop { id }
            | Self::Show { id, .. }
            | Self::React { id, .. } => *id,
        }
    }

    /// An upper estimate of its encoded size in bytes.
    pub(super) fn bytes(&self) -> usize {
        let own = match self {
            Self::Post(new) => new.bytes(),
            Self::Notice { notice, .. } => notice.bytes(),
            Self::Edit { text, .. } => text.len(),
            Self::Delete { .. } | Self::Stop { .. } => 0,
            Self::Show { place, .. } => place.bytes(),
            Self::React { emoji, .. } => emoji.len(),
        };
        own + size_of::<Self>()
    }
}

impl ChatOp {
    /// The change as it is kept for a message of a page, which is never open.
    pub(super) fn closed(&self) -> Self {
        let mut op = self.clone();
        if let ChatChange::Edit { open, .. } = &mut op.change {
            *open = false;
        }
        op
    }

    /// Whether it leaves a message open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match &self.change {
            ChatChange::Post(new) => new.open,
            ChatChange::Edit { open, .. } => *open,
            ChatChange::Notice { .. }
            | ChatChange::Delete { .. }
            | ChatChange::React { .. }
            | ChatChange::Show { .. }
            | ChatChange::Stop { .. } => false,
        }
    }
}

/// A message as its author writes it.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct NewMessage {
    /// Its id, chosen at random.
    pub id: MessageId,
    /// The text, with line breaks.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// The place on the board that it shows.
    pub place: Option<Place>,
    /// Whether its author still writes it, as programs do while they answer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
}

/// Whether a field has its default and is left out.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl NewMessage {
    fn bytes(&self) -> usize {
        let place = self.place.as_ref().map_or(0, Place::bytes);
        self.text.len() + place + size_of::<Self>()
    }
}

/// A place on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Place {
    /// An area in board units: left, top, right, bottom.
    #[serde(rename = "v")]
    View([f64; 4]),
    /// Elements.
    #[serde(rename = "e")]
    Elements(Vec<ElementId>),
}

impl Place {
    fn bytes(&self) -> usize {
        match self {
            Self::View(_) => 0,
            Self::Elements(ids) => ids.len() * (size_of::<ElementId>() + 2),
        }
    }
}

/// What an owner did, as a line of the conversation says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The board was frozen.
    #[serde(rename = "f")]
    Frozen,
    /// The board is no longer frozen.
    #[serde(rename = "u")]
    Unfrozen,
    /// A link with this label was revoked.
    #[serde(rename = "l")]
    LinkRevoked(String),
    /// A person with this name was removed.
    #[serde(rename = "r")]
    PersonRemoved(String),
    /// The board was cleared.
    #[serde(rename = "c")]
    Cleared,
}

impl Notice {
    fn bytes(&self) -> usize {
        match self {
            Self::LinkRevoked(label) => label.len(),
            Self::PersonRemoved(name) => name.len(),
            Self::Frozen | Self::Unfrozen | Self::Cleared => 0,
        }
    }
}

/// What a message says now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MessageBody {
    /// A text.
    #[serde(rename = "t")]
    Text(TextBody),
    /// A line about what an owner did.
    #[serde(rename = "n")]
    Notice(Notice),
    /// It was taken back.
    #[serde(rename = "d")]
    Deleted,
}

/// The text of a message and what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct TextBody {
    /// The text, with line breaks.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// The place on the board that it shows.
    pub place: Option<Place>,
    /// When it was edited last, in milliseconds since 1970.
    pub edited_ms: Option<u64>,
    /// Whether its author still writes it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
}

/// One emoji below a message, and who set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Reaction {
    /// The emoji.
    pub emoji: String,
    /// Who set it, in order.
    pub people: Vec<PersonId>,
}

/// A message with all changes so far.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it, and when.
    pub stamp: ChatStamp,
    /// What it says.
    pub body: MessageBody,
    /// The reactions, in the order of their first use.
    pub reactions: Vec<Reaction>,
}

impl Message {
    /// The message that a change makes; `None` if it makes none.
    #[must_use]
    pub fn made_by(op: &ChatOp) -> Option<Self> {
        let (id, body) = match &op.change {
            ChatChange::Post(new) => {
                let text = TextBody {
                    text: new.text.clone(),
                    reply_to: new.reply_to,
                    place: new.place.clone(),
                    edited_ms: None,
                    open: new.open,
                };
                (new.id, MessageBody::Text(text))
            }
            ChatChange::Notice { id, notice } => (*id, MessageBody::Notice(notice.clone())),
            ChatChange::Edit { .. }
            | ChatChange::Delete { .. }
            | ChatChange::React { .. }
            | ChatChange::Show { .. }
            | ChatChange::Stop { .. } => return None,
        };
        Some(Self {
            id,
            stamp: op.stamp.clone(),
            body,
            reactions: Vec::new(),
        })
    }

    /// Applies a change of this message. One that its maker may not make does nothing.
    pub fn change(&mut self, op: &ChatOp) {
        let is_own = op.stamp.person == self.stamp.person;
        match (&op.change, &mut self.body) {
            (ChatChange::Edit { id: _, text, open }, MessageBody::Text(body)) if is_own => {
                body.text.clone_from(text);
                // What is written on until it is whole was not edited.
                if !body.open {
                    body.edited_ms = Some(op.stamp.at_ms);
                }
                body.open = *open && body.open;
            }
            (ChatChange::Show { id: _, place }, MessageBody::Text(body)) if is_own => {
                body.place = Some(place.clone());
            }
            (ChatChange::Delete { .. }, _) if is_own || op.stamp.as_owner => {
                self.body = MessageBody::Deleted;
                self.reactions.clear();
            }
            (ChatChange::React { id: _, emoji, on }, MessageBody::Text(_)) => {
                self.react(op.stamp.person, emoji, *on);
            }
            _ => {}
        }
    }

    fn react(&mut self, person: PersonId, emoji: &str, on: bool) {
        let people: usize = self.reactions.iter().map(|it| it.people.len()).sum();
        let kinds = self.reactions.len();
        let known = self.reactions.iter_mut().find(|it| it.emoji == emoji);
        match (known, on) {
            (Some(known), true) if people < MAX_REACTION_PEOPLE => {
                if !known.people.contains(&person) {
                    known.people.push(person);
                }
            }
            (None, true) if people < MAX_REACTION_PEOPLE && kinds < MAX_REACTION_KINDS => {
                self.reactions.push(Reaction {
                    emoji: emoji.to_owned(),
                    people: vec![person],
                });
            }
            (Some(known), false) => known.people.retain(|other| *other != person),
            (Some(_) | None, _) => {}
        }
        self.reactions.retain(|it| !it.people.is_empty());
    }

    /// The author no longer writes it.
    pub(super) const fn close(&mut self) {
        if let MessageBody::Text(body) = &mut self.body {
            body.open = false;
        }
    }

    /// An upper estimate of its encoded size in bytes.
    pub(super) fn bytes(&self) -> usize {
        let body = match &self.body {
            MessageBody::Text(body) => {
                body.text.len() + body.place.as_ref().map_or(0, Place::bytes)
            }
            MessageBody::Notice(notice) => notice.bytes(),
            MessageBody::Deleted => 0,
        };
        let of_reaction = |it: &Reaction| it.emoji.len() + 18 * it.people.len() + 8;
        let reactions: usize = self.reactions.iter().map(of_reaction).sum();
        size_of::<Self>() + self.stamp.name.len() + body + reactions
    }
}
