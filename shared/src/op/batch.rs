//! Packs ops into commits that stay within every limit.

use crate::limits::{MAX_COMMIT_BYTES, MAX_DELETE_IDS, MAX_OPS_PER_COMMIT};
use crate::model::{Body, NewElement, Prop, TextEdit};
use crate::typeset::Measure;

use super::{Guard, Op};

/// Bytes that an op takes beside its ink and ids: names, properties, order key.
const OP_OVERHEAD: usize = 256;
/// Bytes of one id in a list, and its share of the list.
const ID_BYTES: usize = 24;
/// Bytes of ink in a stroke beside its own: the header of each part.
const PART_OVERHEAD: usize = 8;

/// Bytes that a set takes beside its value: its name and the element's id.
const SET_OVERHEAD: usize = 32;
/// Bytes of a property that is not a list.
const SMALL_PROP_BYTES: usize = 72;
/// Bytes of a picture: its hash, its preview and some numbers.
const PICTURE_BYTES: usize = 96;
/// Bytes of a point of a line, of an erased range, of an erased range with its author, of a range
/// of text.
const POINT_BYTES: usize = 11;
const SPAN_BYTES: usize = 11;
const CUT_BYTES: usize = 32;
const CHAR_SPAN_BYTES: usize = 32;
/// Elements that one commit deletes at most, so that a client applies it within a frame or two.
/// Finding out whose work an element is makes a deletion dear, and a commit has a limit of work.
const MAX_DELETED: usize = 1_000;

/// The ops of one commit, with its guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The ops in order.
    pub ops: Vec<Op>,
    /// Whether they may change elements that others have changed.
    pub guard: Guard,
}

/// Packs ops into as few commits as the limits allow, in order; neighbouring
/// deletes become one.
#[must_use]
pub fn pack(ops: Vec<(Op, Guard)>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let (mut bytes, mut deleted) = (0, 0);
    for (op, guard) in ops {
        let (size, deletes) = (op_bytes(&op), op.deleted_ids().len());
        let last = batches.last_mut().filter(|last| last.guard == guard);
        let has_room = bytes + size <= MAX_COMMIT_BYTES && deleted + deletes <= MAX_DELETED;
        let room = last.filter(|_| has_room);
        if room.is_some_and(|last| add(&mut last.ops, &op)) {
            bytes += size;
            deleted += deletes;
        } else {
            bytes = guard_bytes(&guard) + size;
            deleted = deletes;
            batches.push(Batch {
                ops: vec![op],
                guard,
            });
        }
    }
    batches
}

/// Adds the op if there is room for it. Returns whether there was.
fn add(ops: &mut Vec<Op>, op: &Op) -> bool {
    if let (Some(Op::Delete { ids: last }), Op::Delete { ids }) = (ops.last_mut(), op)
        && last.len() + ids.len() <= MAX_DELETE_IDS
    {
        last.extend_from_slice(ids);
        return true;
    }
    let has_room = ops.len() < MAX_OPS_PER_COMMIT;
    if has_room {
        ops.push(op.clone());
    }
    has_room
}

const fn guard_bytes(guard: &Guard) -> usize {
    match guard {
        Guard::Any | Guard::MineOnly => 0,
        Guard::WorkOf(clients) => clients.len() * ID_BYTES,
    }
}

fn op_bytes(op: &Op) -> usize {
    match op {
        Op::Put(new) | Op::Restore(new) => OP_OVERHEAD + element_bytes(new),
        Op::Extend {
            id: _,
            from: _,
            ink,
            end: _,
        } => OP_OVERHEAD + ink.as_bytes().len(),
        Op::Set { id: _, prop } => SET_OVERHEAD + prop_bytes(prop),
        Op::Delete { ids } => ids.len() * ID_BYTES,
        Op::Text { id: _, edit } => SET_OVERHEAD + edit_bytes(edit),
        Op::Erase { id: _, spans } | Op::Unerase { id: _, spans } => {
            SET_OVERHEAD + spans.len() * SPAN_BYTES
        }
        // A message is the only op of its commit, whose size is not asked.
        Op::Chat(_) => OP_OVERHEAD,
    }
}

fn element_bytes(new: &NewElement) -> usize {
    let body = match &new.body {
        Body::Stroke(stroke) => {
            let parts = stroke.parts.iter().map(|part| part.as_bytes().len());
            parts.map(|bytes| bytes + PART_OVERHEAD).sum::<usize>()
                + stroke.erased.len() * CUT_BYTES
        }
        Body::Sticky { signed } => signed.len(),
        Body::Path(path) => path.outline.as_bytes().len(),
        Body::Shape(_) | Body::Line | Body::Text | Body::Frame | Body::Image => 0,
    };
    let props: usize = new.props.more.iter().map(prop_bytes).sum();
    body + props + new.text.encoded_bytes()
}

fn prop_bytes(prop: &Prop) -> usize {
    match prop {
        Prop::Points(points) => points.len() * POINT_BYTES,
        Prop::Name(text) | Prop::AlternativeText(text) => text.len() + 8,
        Prop::Picture(_) => PICTURE_BYTES,
        Prop::KeptSegments(segments) => segments.len() * POINT_BYTES,
        Prop::Measures(all) => all.list().map(measure_bytes).sum(),
        Prop::Groups(groups) => groups.len() * ID_BYTES,
        _ => SMALL_PROP_BYTES,
    }
}

fn measure_bytes(measure: &Measure) -> usize {
    measure.text.len() + 3 * (measure.advances.len() + measure.breaks.len()) + 16
}

fn edit_bytes(edit: &TextEdit) -> usize {
    match edit {
        TextEdit::Insert { text, .. } => text.len() + 64,
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            spans.len() * CHAR_SPAN_BYTES + 8
        }
    }
}
