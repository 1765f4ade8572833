//! Draws sequence diagrams: participants as columns, and what happens between them as rows.
//!
//! A lifeline is a thin box, not a line, because lines can be bound to boxes only: so messages follow a
//! participant that is moved, together with its lifeline, with which it forms a group.

mod blocks;
mod columns;
mod messages;
mod rows;

use kurbo::{Point, Rect, Size};
use shared::id::{ElementId, GroupId};
use shared::model::Color;

use super::sketch::{Membership, Sketch};
use super::texts::GROUP_TEXT_SIZE;
use crate::model::{ColumnKind, Label, Look, Sequence, Shape};

use columns::Frame;
use rows::Rows;

/// The width of a lifeline.
const LIFELINE: f64 = 2.0;
/// The width of the bar of an active participant, and how far one within another is shifted.
const ACTIVE: f64 = 16.0;
const ACTIVE_SHIFT: f64 = 8.0;
/// Size of the cross at the end of a destroyed participant's lifeline.
const CROSS_SIZE: f64 = 36.0;

pub(super) fn draw(sequence: &Sequence, sketch: &mut Sketch<'_>) {
    let frame = Frame::new(sequence, sketch.texts());
    let rows = Rows::new(sequence, &frame, sketch.texts());
    let picture = Picture {
        sequence,
        frame: &frame,
        rows: &rows,
        boxes: sequence.columns.iter().map(|_| sketch.id()).collect(),
        lifelines: sequence.columns.iter().map(|_| sketch.id()).collect(),
        bundles: sequence.columns.iter().map(|_| sketch.group()).collect(),
        bars: rows.bars.iter().map(|_| sketch.id()).collect(),
    };
    picture.backgrounds(sketch);
    blocks::backgrounds(&picture, sketch);
    picture.columns(sketch);
    blocks::outlines(&picture, sketch);
    messages::draw(&picture, sketch);
    picture.notes(sketch);
}

struct Picture<'a> {
    sequence: &'a Sequence,
    frame: &'a Frame,
    rows: &'a Rows,
    /// The ids of the participants' boxes, of their lifelines, and of the bars of active ones.
    boxes: Vec<ElementId>,
    lifelines: Vec<ElementId>,
    bars: Vec<ElementId>,
    bundles: Vec<GroupId>,
}

impl Picture<'_> {
    fn membership(&self, column: usize) -> Membership {
        Membership {
            frame: None,
            groups: self.bundles.get(column).copied().into_iter().collect(),
        }
    }

    /// The boxes around neighbouring participants.
    fn backgrounds(&self, sketch: &mut Sketch<'_>) {
        for (column_box, rect) in self.sequence.boxes.iter().zip(&self.frame.boxes) {
            let rect = Rect::new(
                rect.x0,
                rect.y0,
                rect.x1,
                self.rows.bottom + rect.y0.abs() / 4.0,
            );
            let of = Membership {
                frame: None,
                groups: vec![sketch.group()],
            };
            let look = Look {
                line: Some(Color::Grey),
                fill: column_box.fill,
                is_tinted: true,
                ..Look::default()
            };
            let id = sketch.id();
            sketch.node(id, rect, (Shape::Rounded, look), &Label::default(), &of);
            if !column_box.title.is_empty() {
                let size = sketch
                    .texts()
                    .free(&column_box.title, GROUP_TEXT_SIZE, None);
                let at = Point::new(rect.center().x - size.width / 2.0, rect.y0 + 8.0);
                sketch.text(at, &column_box.title, (GROUP_TEXT_SIZE, Color::Black), &of);
            }
        }
    }

    /// Lifelines, the bars of active participants, and then their boxes.
    fn columns(&self, sketch: &mut Sketch<'_>) {
        let line = Look {
            line: Some(Color::Grey),
            fill: Some(Color::Grey),
            ..Look::default()
        };
        for (at, rect) in self.rows.lifelines.iter().enumerate() {
            let Some(id) = self.lifelines.get(at) else {
                continue;
            };
            sketch.lifeline(*id, *rect, line, &self.membership(at));
            let is_destroyed = self
                .sequence
                .columns
                .get(at)
                .is_some_and(|it| it.destroyed_by.is_some());
            if is_destroyed {
                let cross = Label::plain("×");
                let size = sketch.texts().free(&cross, CROSS_SIZE, None);
                let end = Point::new(rect.center().x, rect.y1);
                let at_end = Rect::from_center_size(end, size).origin();
                sketch.text(
                    at_end,
                    &cross,
                    (CROSS_SIZE, Color::Black),
                    &self.membership(at),
                );
            }
        }
        let look = Look {
            line: Some(Color::Grey),
            is_tinted: true,
            ..Look::default()
        };
        for (bar, id) in self.rows.bars.iter().zip(&self.bars) {
            let of = self.membership(bar.column);
            sketch.node(
                *id,
                bar.rect,
                (Shape::Rectangle, look),
                &Label::default(),
                &of,
            );
        }
        let columns = self.sequence.columns.iter().zip(&self.rows.heads);
        for (at, (column, rect)) in columns.enumerate() {
            let Some(id) = self.boxes.get(at) else {
                continue;
            };
            sketch.ids.insert(column.key.clone(), *id);
            let look = Look {
                is_tinted: true,
                fill: Some(Color::Blue),
                ..Look::default()
            };
            let shape = shape(column.kind);
            sketch.node(
                *id,
                *rect,
                (shape, look),
                &column.label,
                &self.membership(at),
            );
        }
    }

    fn notes(&self, sketch: &mut Sketch<'_>) {
        let look = Look {
            fill: Some(Color::Yellow),
            is_tinted: true,
            ..Look::default()
        };
        for (label, rect) in &self.rows.notes {
            let id = sketch.id();
            sketch.node(
                id,
                *rect,
                (Shape::Rectangle, look),
                label,
                &Membership::default(),
            );
        }
    }
}

/// The shape of a participant's box.
const fn shape(kind: ColumnKind) -> Shape {
    match kind {
        ColumnKind::Participant => Shape::Rounded,
        ColumnKind::Actor => Shape::Ellipse,
        ColumnKind::Part | ColumnKind::Store => Shape::Stadium,
    }
}

/// The size of a participant's box.
fn head_size(texts: &super::texts::Texts<'_>, label: &Label, kind: ColumnKind) -> Size {
    texts.node(label, shape(kind))
}
