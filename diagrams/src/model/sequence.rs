//! Sequence diagrams: participants, and what happens between them in the order of time.

use shared::model::{Arrowhead, Color};

use super::Label;

/// A sequence diagram. Indices of columns are valid.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sequence {
    pub(crate) columns: Vec<Column>,
    pub(crate) boxes: Vec<ColumnBox>,
    pub(crate) events: Vec<Event>,
}

/// A participant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Column {
    pub(crate) key: String,
    pub(crate) label: Label,
    pub(crate) kind: ColumnKind,
    /// The event, a message, that creates it. `None` if it is there from the beginning.
    pub(crate) created_by: Option<usize>,
    /// The event, a message, that ends it.
    pub(crate) destroyed_by: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    #[default]
    Participant,
    /// A person.
    Actor,
    /// A part of a system that is drawn as a circle.
    Part,
    /// A place where data is kept.
    Store,
}

/// Neighbouring participants with a common background.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ColumnBox {
    pub(crate) columns: Vec<usize>,
    pub(crate) title: Label,
    pub(crate) fill: Option<Color>,
}

/// Something that happens. Each one follows the ones before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event {
    Message(Message),
    Note(Note),
    /// A participant becomes active.
    Activate(usize),
    Deactivate(usize),
    BlockStart(Block),
    /// A further part of the innermost block begins.
    BlockPart(Label),
    BlockEnd,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Label,
    pub(crate) is_dashed: bool,
    pub(crate) heads: [Arrowhead; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Note {
    pub(crate) place: NotePlace,
    pub(crate) label: Label,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotePlace {
    LeftOf(usize),
    RightOf(usize),
    Over(usize, usize),
}

/// A part of the time with a frame around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) label: Label,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BlockKind {
    /// A block with this word, such as "loop", before its label.
    Named(&'static str),
    /// A background.
    Background(Option<Color>),
}

impl Event {
    /// The text of the event.
    pub(crate) const fn label(&self) -> Option<&Label> {
        match self {
            Self::Message(message) => Some(&message.label),
            Self::Note(note) => Some(&note.label),
            Self::BlockStart(block) => Some(&block.label),
            Self::BlockPart(label) => Some(label),
            Self::Activate(_) | Self::Deactivate(_) | Self::BlockEnd => None,
        }
    }
}
