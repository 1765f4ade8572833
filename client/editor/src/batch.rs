//! Ops packed into commits that stay within every limit.
//!
//! Knows ops and limits. It must not know why the ops are made.

use shared::limits::{MAX_COMMIT_BYTES, MAX_DELETE_IDS, MAX_OPS_PER_COMMIT};
use shared::model::{Body, NewElement};
use shared::op::{Guard, Op};

/// Bytes that an op takes beside its ink and ids: names, properties, order key.
const OP_OVERHEAD: usize = 256;
/// Bytes of one id in a list, and its share of the list.
const ID_BYTES: usize = 24;
/// Bytes of ink in a stroke beside its own: the header of each part.
const PART_OVERHEAD: usize = 8;

/// The ops of one commit, with its guard.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The ops in order.
    pub ops: Vec<Op>,
    /// Whether they may touch what others have worked on.
    pub guard: Guard,
}

/// Packs ops into as few commits as the limits allow, in order; neighbouring
/// deletes become one.
pub(crate) fn pack(ops: impl IntoIterator<Item = (Op, Guard)>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut bytes = 0;
    for (op, guard) in ops {
        let size = op_bytes(&op);
        let last = batches.last_mut().filter(|last| last.guard == guard);
        let room = last.filter(|_| bytes + size <= MAX_COMMIT_BYTES);
        if room.is_some_and(|last| add(&mut last.ops, &op)) {
            bytes += size;
        } else {
            batches.push(Batch {
                ops: vec![op],
                guard,
            });
            bytes = size;
        }
    }
    batches
}

/// Adds the op if there is room for it, and says whether there was.
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

fn op_bytes(op: &Op) -> usize {
    match op {
        Op::Put(new) | Op::Restore(new) => OP_OVERHEAD + ink_bytes(new),
        Op::Extend {
            id: _,
            from: _,
            ink,
            end: _,
        } => OP_OVERHEAD + ink.as_bytes().len(),
        Op::Set { .. } => OP_OVERHEAD,
        Op::Delete { ids } => ids.len() * ID_BYTES,
    }
}

fn ink_bytes(new: &NewElement) -> usize {
    let Body::Stroke(stroke) = &new.body;
    stroke
        .parts
        .iter()
        .map(|part| part.as_bytes().len() + PART_OVERHEAD)
        .sum()
}
