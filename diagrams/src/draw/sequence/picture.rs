//! The picture of a sequence diagram: the ids of its elements, and all that is neither a message nor a
//! block.

use kurbo::{Point, Rect};
use shared::id::{ElementId, GroupId};
use shared::model::Color;

use super::columns::{Frame, shape};
use super::rows::Rows;
use crate::draw::sketch::{Membership, Sketch};
use crate::draw::texts::GROUP_TEXT_SIZE;
use crate::model::{Label, Look, Sequence, Shape};

/// Size of the cross at the end of a destroyed participant's lifeline.
const CROSS_SIZE: f64 = 36.0;

/// The parts of a sequence diagram and their ids.
pub(super) struct Picture<'a> {
    pub(super) sequence: &'a Sequence,
    pub(super) frame: &'a Frame,
    pub(super) rows: &'a Rows,
    /// The ids of the participants' boxes, of their lifelines, and of the bars of active ones.
    pub(super) boxes: Vec<ElementId>,
    pub(super) lifelines: Vec<ElementId>,
    pub(super) bars: Vec<ElementId>,
    pub(super) bundles: Vec<GroupId>,
}

impl Picture<'_> {
    fn membership(&self, column: usize) -> Membership {
        Membership {
            frame: None,
            groups: self.bundles.get(column).copied().into_iter().collect(),
        }
    }

    /// The boxes around neighbouring participants.
    pub(super) fn backgrounds(&self, sketch: &mut Sketch<'_>) {
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
    pub(super) fn columns(&self, sketch: &mut Sketch<'_>) {
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

    pub(super) fn notes(&self, sketch: &mut Sketch<'_>) {
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
