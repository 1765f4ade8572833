//! Draws sequence diagrams: participants as columns, and what happens between them as rows.
//!
//! A lifeline is a thin box, not a line, because lines can be bound to boxes only: so messages follow a
//! participant that is moved, together with its lifeline, with which it forms a group.

mod blocks;
mod columns;
mod messages;
mod picture;
mod rows;

use super::sketch::Sketch;
use crate::model::Sequence;

use columns::Frame;
use picture::Picture;
use rows::Rows;

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
