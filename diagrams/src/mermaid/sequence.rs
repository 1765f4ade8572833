//! Sequence diagrams of Mermaid.

use std::collections::HashMap;

use merman_core::diagrams::sequence::{
    SequenceActor, SequenceBox, SequenceControlKind, SequenceControlRole, SequenceControlSemantics,
    SequenceDiagramRenderModel, SequenceMessage, SequenceMessageKind, SequenceMessageMarker,
    SequenceMessagePayload, SequenceMessageStroke, SequenceNotePlacement, SequenceSignalSemantics,
};
use shared::model::Arrowhead;
use shared::number::decimal;

use super::markup::plain;
use super::{css, fault};
use crate::error::DiagramError;
use crate::model::{
    Block, BlockKind, Column, ColumnBox, ColumnKind, Content, Event, Label, Message, Note,
    NotePlace, Sequence,
};

/// The sequence of a model.
pub(super) fn sequence(model: &SequenceDiagramRenderModel) -> Result<Content, DiagramError> {
    let order = model.actor_order.iter().enumerate();
    let mut reader = Reader {
        places: order.map(|(at, key)| (key.as_str(), at)).collect(),
        numbers: None,
        events: Vec::new(),
        // The event of each message, by its place in the model.
        rows: Vec::new(),
    };
    for message in &model.messages {
        reader.rows.push(reader.events.len());
        reader.message(message)?;
    }
    let row = |message: Option<usize>| reader.rows.get(message?).copied();
    let column = |(at, key): (usize, &String)| {
        let actor = model.actors.get(key)?;
        Some(Column {
            created_by: row(model.created_actor_message_index_at(at)),
            destroyed_by: row(model.destroyed_actor_message_index_at(at)),
            ..self::column(key, actor)
        })
    };
    let columns = model.actor_order.iter().enumerate().map(column);
    let columns: Option<Vec<Column>> = columns.collect();
    Ok(Content::Sequence(Sequence {
        columns: columns.ok_or_else(|| fault::missing("a participant"))?,
        boxes: model.boxes.iter().map(|it| reader.column_box(it)).collect(),
        events: reader.events,
    }))
}

fn column(key: &str, actor: &SequenceActor) -> Column {
    Column {
        key: key.to_owned(),
        label: plain(&actor.description),
        kind: match actor.actor_type.as_str() {
            "actor" => ColumnKind::Actor,
            "boundary" | "control" | "entity" => ColumnKind::Part,
            "database" | "collections" | "queue" => ColumnKind::Store,
            _ => ColumnKind::Participant,
        },
        created_by: None,
        destroyed_by: None,
    }
}

struct Reader<'a> {
    places: HashMap<&'a str, usize>,
    /// The number of the next message and the step to the one after it, while messages have numbers.
    numbers: Option<(f64, f64)>,
    events: Vec<Event>,
    rows: Vec<usize>,
}

impl Reader<'_> {
    fn place(&self, key: Option<&String>) -> Result<usize, DiagramError> {
        let at = key.and_then(|key| self.places.get(key.as_str()));
        at.copied().ok_or_else(|| fault::missing("a participant"))
    }

    fn column_box(&self, it: &SequenceBox) -> ColumnBox {
        let keys = it.actor_keys.iter();
        ColumnBox {
            columns: keys
                .filter_map(|key| self.places.get(key.as_str()).copied())
                .collect(),
            title: plain(it.name.as_deref().unwrap_or_default()),
            fill: css::color(&it.fill),
        }
    }

    fn message(&mut self, message: &SequenceMessage) -> Result<(), DiagramError> {
        let event = match message.semantic_kind() {
            SequenceMessageKind::Signal => {
                let Some(signal) = message.signal_semantics() else {
                    return Ok(());
                };
                self.signal(message, signal)?
            }
            SequenceMessageKind::Note => Event::Note(self.note(message)?),
            SequenceMessageKind::ActivationStart => {
                Event::Activate(self.place(message.from.as_ref())?)
            }
            SequenceMessageKind::ActivationEnd => {
                Event::Deactivate(self.place(message.from.as_ref())?)
            }
            SequenceMessageKind::Autonumber => {
                self.autonumber(&message.message);
                return Ok(());
            }
            SequenceMessageKind::Control => {
                let Some(control) = message.control_semantics() else {
                    return Ok(());
                };
                control_event(control, message.message_text())
            }
            SequenceMessageKind::CentralDecorationRecord | SequenceMessageKind::Unknown => {
                return Ok(());
            }
        };
        self.events.push(event);
        Ok(())
    }

    fn signal(
        &mut self,
        message: &SequenceMessage,
        signal: SequenceSignalSemantics,
    ) -> Result<Event, DiagramError> {
        let label = plain(message.message_text());
        Ok(Event::Message(Message {
            from: self.place(message.from.as_ref())?,
            to: self.place(message.to.as_ref())?,
            label: self.numbered(label),
            is_dashed: signal.stroke == SequenceMessageStroke::Dotted,
            heads: [head(signal.source_marker), head(signal.target_marker)],
        }))
    }

    /// The label with the number of its message, if messages have numbers.
    fn numbered(&mut self, label: Label) -> Label {
        let Some((number, step)) = &mut self.numbers else {
            return label;
        };
        let shown = format!("{}. ", decimal(*number, 2));
        *number += *step;
        label.after(&shown)
    }

    fn autonumber(&mut self, payload: &SequenceMessagePayload) {
        let SequenceMessagePayload::Autonumber(it) = payload else {
            return;
        };
        let (next, step) = self.numbers.unwrap_or((1.0, 1.0));
        let numbers = (it.start.unwrap_or(next), it.step.unwrap_or(step));
        self.numbers = it.visible.then_some(numbers);
    }

    fn note(&self, message: &SequenceMessage) -> Result<Note, DiagramError> {
        let from = self.place(message.from.as_ref())?;
        let to = self.place(message.to.as_ref()).unwrap_or(from);
        Ok(Note {
            place: match message.note_placement() {
                Some(SequenceNotePlacement::LeftOf) => NotePlace::LeftOf(from),
                Some(SequenceNotePlacement::RightOf) => NotePlace::RightOf(from),
                Some(SequenceNotePlacement::Over) | None => {
                    NotePlace::Over(from.min(to), from.max(to))
                }
            },
            label: plain(message.message_text()),
        })
    }
}

fn control_event(control: SequenceControlSemantics, text: &str) -> Event {
    let word = match control.kind {
        SequenceControlKind::Loop => "loop",
        SequenceControlKind::Alt => "alt",
        SequenceControlKind::Opt => "opt",
        SequenceControlKind::Par | SequenceControlKind::ParOver => "par",
        SequenceControlKind::Critical => "critical",
        SequenceControlKind::Break => "break",
        SequenceControlKind::Rect => "",
    };
    match control.role {
        SequenceControlRole::Start if control.kind == SequenceControlKind::Rect => {
            Event::BlockStart(Block {
                kind: BlockKind::Background(css::color(text.trim())),
                label: Label::default(),
            })
        }
        SequenceControlRole::Start => Event::BlockStart(Block {
            kind: BlockKind::Named(word),
            label: plain(text),
        }),
        SequenceControlRole::Separator => Event::BlockPart(plain(text)),
        SequenceControlRole::End => Event::BlockEnd,
    }
}

const fn head(marker: SequenceMessageMarker) -> Arrowhead {
    match marker {
        SequenceMessageMarker::None => Arrowhead::None,
        SequenceMessageMarker::Filled => Arrowhead::Triangle,
        SequenceMessageMarker::Cross => Arrowhead::Bar,
        SequenceMessageMarker::Point
        | SequenceMessageMarker::FilledHalfTop
        | SequenceMessageMarker::FilledHalfBottom
        | SequenceMessageMarker::OpenHalfTop
        | SequenceMessageMarker::OpenHalfBottom => Arrowhead::Arrow,
    }
}
