//! Measures of text that system fonts draw, taken by the client that writes.
//!
//! They go out in the commit that changes the text, and are no part of an undo step. A piece that
//! an undo brings back is measured again, unless its measure is still there.

use std::fmt;

use shared::id::{ClientId, ElementId};
use shared::limits::MAX_OPS_PER_COMMIT;
use shared::model::text_layout::runs;
use shared::model::{Board, Body, Element, NewElement, Prop, Props, RichText};
use shared::op::Op;
use shared::typeset::{Measure, Measures, Piece, Run, pieces};

/// Measures that a text may have beside those of its pieces. They are of words in progress and of
/// words that an undo can bring back.
const MAX_UNUSED: usize = 64;
/// Pieces that are measured for one op. The next change measures the others.
const MAX_AT_ONCE: usize = 400;
/// A measure that differs less from the estimate, in 1/1000 of the text size, is left out.
const TOLERANCE: u16 = 2;

/// Measures text with the fonts of the machine.
pub trait MeasureText: fmt::Debug {
    /// The measures of those pieces that can be measured.
    fn measure(&self, pieces: &[Piece]) -> Vec<Measure>;
}

/// Measures nothing, for programs without fonts.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFonts;

impl MeasureText for NoFonts {
    fn measure(&self, _: &[Piece]) -> Vec<Measure> {
        Vec::new()
    }
}

/// Adds the measures of new pieces of text to the ops of a commit.
pub(crate) fn add_measures(
    ops: &mut Vec<Op>,
    board: &Board,
    me: ClientId,
    measurer: &dyn MeasureText,
) {
    for op in &mut *ops {
        if let Op::Put(new) | Op::Restore(new) = op {
            measure_new(new, measurer);
        }
    }
    let mut changed: Vec<ElementId> = ops.iter().filter_map(changes_text).collect();
    changed.sort_unstable();
    changed.dedup();
    let changed = changed.into_iter().filter_map(|id| board.get(id));
    let added: Vec<Op> = changed
        .filter_map(|element| {
            let new = measures_after(element, ops, me, measurer);
            let prop = Prop::Measures(new);
            let id = element.id;
            (Prop::Measures(Measures::default()) != prop).then_some(Op::Set { id, prop })
        })
        .collect();
    let room = MAX_OPS_PER_COMMIT.saturating_sub(ops.len());
    ops.extend(added.into_iter().take(room));
}

fn measure_new(new: &mut NewElement, measurer: &dyn MeasureText) {
    let props = &new.props;
    let (text, name) = (&new.text, props.name());
    let found = new_measures(&words(&new.body, text, &name), props, measurer);
    if !found.is_empty() {
        let all = props.measures().merged(&found);
        new.props.set(Prop::Measures(all));
    }
}

/// The element whose text an op changes, or which characters of it a bundled typeface has.
const fn changes_text(op: &Op) -> Option<ElementId> {
    match op {
        Op::Text { id, edit: _ }
        | Op::Set {
            id,
            prop: Prop::Name(_) | Prop::Font(_),
        } => Some(*id),
        Op::Put(_)
        | Op::Restore(_)
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => None,
    }
}

/// The measures to set together with the ops.
fn measures_after(
    element: &Element,
    ops: &[Op],
    me: ClientId,
    measurer: &dyn MeasureText,
) -> Measures {
    let (mut text, mut props) = (element.text.clone(), element.props.clone());
    for op in ops {
        match op {
            Op::Text { id, edit } if *id == element.id => {
                text.edit(me, edit);
            }
            Op::Set { id, prop } if *id == element.id => props.set(prop.clone()),
            _ => {}
        }
    }
    let name = props.name();
    new_measures(&words(&element.body, &text, &name), &props, measurer)
}

/// The words that an element shows: its text, or the name of a frame.
fn words<'a>(body: &Body, text: &'a RichText, name: &'a str) -> Vec<Run<'a>> {
    match body {
        Body::Frame => vec![Run {
            text: name,
            bold: false,
            italic: false,
        }],
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => runs(text),
    }
}

/// The measures that a text lacks, and those that it no longer needs, if they are many.
fn new_measures(words: &[Run<'_>], props: &Props, measurer: &dyn MeasureText) -> Measures {
    let known = props.measures();
    if known.is_empty() && words.iter().all(|run| run.text.is_ascii()) {
        return Measures::default();
    }
    let used = pieces(words, props.font());
    let missing: Vec<Piece> = used
        .iter()
        .filter(|it| known.get(&it.text, it.bold, it.italic).is_none())
        .take(MAX_AT_ONCE)
        .cloned()
        .collect();
    let found = measurer.measure(&missing).into_iter();
    let found = found.filter(|measure| !is_estimated(measure, &missing));
    let is_used = |it: &&Measure| {
        let same = |piece: &Piece| {
            (&piece.text, piece.bold, piece.italic) == (&it.text, it.bold, it.italic)
        };
        used.iter().any(same)
    };
    let unused: Vec<Measure> = known.list().filter(|it| !is_used(it)).cloned().collect();
    let dropped = unused.into_iter().map(|it| Measure {
        advances: Vec::new(),
        breaks: Vec::new(),
        ..it
    });
    let dropped: Vec<Measure> = dropped.collect();
    let is_full = dropped.len() > MAX_UNUSED;
    found
        .chain(dropped.into_iter().filter(|_| is_full))
        .collect()
}

/// Whether a measure equals the assumption of the layout.
fn is_estimated(measure: &Measure, pieces: &[Piece]) -> bool {
    let piece = pieces
        .iter()
        .find(|it| (&it.text, it.bold, it.italic) == (&measure.text, measure.bold, measure.italic));
    measure.breaks.is_empty()
        && piece.is_some_and(|piece| {
            let pairs = piece.estimates.iter().zip(&measure.advances);
            piece.estimates.len() == measure.advances.len()
                && pairs
                    .into_iter()
                    .all(|(one, other)| one.abs_diff(*other) <= TOLERANCE)
        })
}
