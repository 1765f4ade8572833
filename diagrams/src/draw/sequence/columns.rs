//! The columns of a sequence diagram and the space that their content needs.

use kurbo::{Rect, Size};

use crate::draw::texts::{GROUP_TEXT_SIZE, Texts};
use crate::layout::{Need, columns};
use crate::model::{ColumnKind, Event, Label, Message, NotePlace, Sequence, Shape};

/// The width of a lifeline.
pub(super) const LIFELINE: f64 = 2.0;
/// The width of the bar of an active participant, and how far one within another is shifted.
pub(super) const ACTIVE: f64 = 16.0;
pub(super) const ACTIVE_SHIFT: f64 = 8.0;
/// Space for the ends and the head of a message beside its text.
const MESSAGE_ENDS: f64 = 72.0;
/// Space between a note and the lifelines beside it.
pub(super) const NOTE_GAP: f64 = 20.0;
/// Space between a message to oneself and its text, and how far it leads at least.
const LOOP_GAP: f64 = 24.0;
/// Space around the participants of a box.
const BOX_PADDING: f64 = 20.0;
/// The text of a note wraps in a column; this is the least width of a note over several ones.
const OVER_MARGIN: f64 = 28.0;

/// The columns.
pub(super) struct Frame {
    /// The middle of each column.
    pub(super) middles: Vec<f64>,
    /// The sizes of the participants' boxes.
    pub(super) heads: Vec<Size>,
    /// The height of the highest of them.
    pub(super) head: f64,
    /// The boxes around neighbours, whose lower edges are not known yet.
    pub(super) boxes: Vec<Rect>,
}

impl Frame {
    pub(super) fn new(sequence: &Sequence, texts: Texts<'_>) -> Self {
        let sizes = sequence.columns.iter();
        let heads: Vec<Size> = sizes
            .map(|it| head_size(&texts, &it.label, it.kind))
            .collect();
        let mut needs = Vec::new();
        for (at, event) in sequence.events.iter().enumerate() {
            match event {
                Event::Message(message) => {
                    let to = sequence.columns.get(message.to);
                    let is_new = to.is_some_and(|to| to.created_by == Some(at));
                    // The message ends at the box of a participant that it creates.
                    let new = heads.get(message.to).filter(|_| is_new);
                    let more = new.map_or(0.0, |size| size.width / 2.0);
                    needs.extend(message_need(message, more, &texts));
                }
                Event::Note(note) => {
                    let size = texts.note(&note.label, 0.0);
                    needs.extend(note_needs(note.place, size.width, heads.len()));
                }
                _ => {}
            }
        }
        for column_box in &sequence.boxes {
            needs.extend(box_needs(&column_box.columns, &heads));
        }
        let middles = columns(&heads, &needs);
        let head = heads.iter().map(|size| size.height).fold(0.0, f64::max);
        let mut frame = Self {
            middles,
            heads,
            head,
            boxes: Vec::new(),
        };
        let boxes = sequence.boxes.iter().map(|it| {
            let title = texts.free(&it.title, GROUP_TEXT_SIZE, None);
            frame.around(&it.columns, title)
        });
        frame.boxes = boxes.collect();
        frame
    }

    pub(super) fn middle(&self, column: usize) -> f64 {
        self.middles.get(column).copied().unwrap_or_default()
    }

    pub(super) fn head(&self, column: usize) -> Size {
        self.heads.get(column).copied().unwrap_or_default()
    }

    /// The left and the right edge of a column's box.
    pub(super) fn edges(&self, column: usize) -> (f64, f64) {
        let (middle, half) = (self.middle(column), self.head(column).width / 2.0);
        (middle - half, middle + half)
    }

    fn around(&self, columns: &[usize], title: Size) -> Rect {
        let edges = columns.iter().map(|at| self.edges(*at));
        let (left, right) = edges.fold((f64::MAX, f64::MIN), |(left, right), (from, to)| {
            (left.min(from), right.max(to))
        });
        if left > right {
            return Rect::ZERO;
        }
        let lack = (title.width + 2.0 * BOX_PADDING - (right - left)).max(0.0) / 2.0;
        let side = BOX_PADDING.max(lack);
        Rect::new(
            left - side,
            -(title.height + BOX_PADDING),
            right + side,
            0.0,
        )
    }
}

/// The size of the loop of a message to oneself: how far it leads to the right.
pub(super) fn loop_reach(text: Size) -> f64 {
    LOOP_GAP + ACTIVE + text.width / 2.0
}

/// The space that a message needs beside its sender, towards its receiver. `more` is added to it.
fn message_need(message: &Message, more: f64, texts: &Texts<'_>) -> Option<Need> {
    let text = texts.on_line(&message.label);
    let (from, to) = (message.from, message.to);
    if from == to {
        let width = loop_reach(text) + text.width / 2.0 + LOOP_GAP;
        return Some(Need {
            columns: [from, from + 1],
            width,
        });
    }
    let width = text.width + MESSAGE_ENDS + more;
    let columns = if from < to {
        [from, from + 1]
    } else {
        [from.checked_sub(1)?, from]
    };
    Some(Need { columns, width })
}

fn note_needs(place: NotePlace, width: f64, count: usize) -> Vec<Need> {
    let beside = |left: usize, width: f64| Need {
        columns: [left, left + 1],
        width,
    };
    let before = |at: usize| at.checked_sub(1);
    match place {
        NotePlace::LeftOf(at) => {
            let need = before(at).map(|left| beside(left, width + 2.0 * NOTE_GAP + ACTIVE));
            need.into_iter().collect()
        }
        NotePlace::RightOf(at) => vec![beside(at, width + 2.0 * NOTE_GAP + ACTIVE)],
        NotePlace::Over(from, to) if from == to => {
            let side = width / 2.0 + NOTE_GAP;
            let left = before(from).map(|left| beside(left, side));
            let right = (to + 1 < count).then(|| beside(to, side));
            left.into_iter().chain(right).collect()
        }
        NotePlace::Over(from, to) => vec![Need {
            columns: [from, to],
            width: width - 2.0 * OVER_MARGIN,
        }],
    }
}

/// The space between a box and the participants beside it.
fn box_needs(columns: &[usize], heads: &[Size]) -> Vec<Need> {
    let half = |at: usize| heads.get(at).map_or(0.0, |size| size.width / 2.0);
    let need = |left: usize| Need {
        columns: [left, left + 1],
        width: half(left) + half(left + 1) + 3.0 * BOX_PADDING,
    };
    let first = columns.iter().min().and_then(|at| at.checked_sub(1));
    let last = columns.iter().max().filter(|at| **at + 1 < heads.len());
    first
        .map(need)
        .into_iter()
        .chain(last.map(|at| need(*at)))
        .collect()
}

/// How far a note over several columns reaches beyond the outer ones.
pub(super) const fn over_margin() -> f64 {
    OVER_MARGIN
}

/// The shape of a participant's box.
pub(super) const fn shape(kind: ColumnKind) -> Shape {
    match kind {
        ColumnKind::Participant => Shape::Rounded,
        ColumnKind::Actor => Shape::Ellipse,
        ColumnKind::Part | ColumnKind::Store => Shape::Stadium,
    }
}

/// The size of a participant's box.
fn head_size(texts: &Texts<'_>, label: &Label, kind: ColumnKind) -> Size {
    texts.node(label, shape(kind))
}
