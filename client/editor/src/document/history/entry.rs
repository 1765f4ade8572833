//! One entry of the history: the steps that take back a gesture.
//!
//! Playing an entry gives the ops that take the gesture back, and the entry that takes these ops
//! back. Ops that would change nothing any more are left out.

use shared::id::{ClientId, ElementId};
use shared::model::{Board, Body, NewElement};
use shared::op::{Commit, Guard, Op, apply_commit, invert_guarded};

/// One step of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// An op. It is applied if no other user has changed the element since.
    Mine(Op),
    /// Deletes again an element that this user had deleted and restored. If it is another user's
    /// element, it is deleted only if it is as it was restored.
    DeleteAgain(Box<NewElement>),
}

/// How to take back one gesture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entry(Vec<Step>);

impl Entry {
    /// Whether only this element changed.
    pub(super) fn is_about(&self, id: ElementId) -> bool {
        let names = |step: &Step| step.ids().iter().all(|named| *named == id);
        self.0.iter().all(names)
    }

    /// Whether the gesture put this element on the board.
    pub(super) fn puts(&self, id: ElementId) -> bool {
        self.0.iter().any(|step| step.takes_off(id))
    }

    /// The entry that takes back these ops, which are not applied to the board yet.
    pub(super) fn of(ops: &[Op], guard: &Guard, board: &Board, me: ClientId) -> Self {
        let mut scratch = excerpt(board, &mut ops.iter().map(op_ids));
        let mut steps = Vec::new();
        for op in ops {
            let inverse = inverse_steps(op, me, guard, &scratch);
            if changes(&mut scratch, me, guard, op) {
                steps.push(inverse);
            }
        }
        backwards(steps)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the entry of a later gesture, which is taken back first.
    pub(super) fn join(&mut self, mut later: Self) {
        later.0.append(&mut self.0);
        *self = later;
    }

    /// Takes the first steps out of it, at most so many.
    pub(super) fn take_first(&mut self, count: usize) -> Self {
        let rest = self.0.split_off(count.min(self.0.len()));
        Self(std::mem::replace(&mut self.0, rest))
    }

    /// The elements that its steps put on the board.
    pub(super) fn restored(&self) -> impl Iterator<Item = ElementId> {
        self.0.iter().filter_map(|step| match step {
            Step::Mine(op) => op.put_id(),
            Step::DeleteAgain(_) => None,
        })
    }

    /// The ops that take the gesture back on this board.
    pub(super) fn play(&self, board: &Board, me: ClientId) -> Played {
        let mut scratch = excerpt(board, &mut self.0.iter().map(Step::ids));
        let mut ops = Vec::new();
        let mut back = Vec::new();
        for step in &self.0 {
            let Some((op, guard)) = step.on(&scratch, me) else {
                continue;
            };
            let inverse = inverse_steps(&op, me, &guard, &scratch);
            if changes(&mut scratch, me, &guard, &op) {
                back.push(inverse);
                ops.push((op, guard));
            }
        }
        Played {
            ops,
            back: backwards(back),
        }
    }
}

/// The result of playing an entry.
pub(super) struct Played {
    /// The ops that have an effect.
    pub(super) ops: Vec<(Op, Guard)>,
    /// How to take them back.
    pub(super) back: Entry,
}

/// The steps that take back each of several ops, the last op first.
fn backwards(mut steps: Vec<Vec<Step>>) -> Entry {
    let mut entry = Vec::new();
    while let Some(mut last) = steps.pop() {
        entry.append(&mut last);
    }
    Entry(entry)
}

fn inverse_steps(op: &Op, me: ClientId, guard: &Guard, before: &Board) -> Vec<Step> {
    match op {
        Op::Restore(new) => vec![Step::DeleteAgain(new.clone())],
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. }
        | Op::Chat(_) => invert_guarded(op, me, guard, before)
            .into_iter()
            .rev()
            .map(|op| Step::Mine(closed(op)))
            .collect(),
    }
}

/// A restored stroke is finished, even if it was deleted while it was drawn: the points that came
/// meanwhile are lost, and none after a gap would fit.
fn closed(mut op: Op) -> Op {
    if let Op::Restore(new) = &mut op
        && let Body::Stroke(stroke) = &mut new.body
    {
        stroke.open = false;
    }
    op
}

impl Step {
    /// The op of the step on this board, if it has one.
    fn on(&self, board: &Board, me: ClientId) -> Option<(Op, Guard)> {
        match self {
            Self::Mine(op) => Some((op.clone(), Guard::MineOnly)),
            Self::DeleteAgain(new) => {
                let element = board.get(new.id)?;
                let delete = Op::Delete { ids: vec![new.id] };
                if element.is_untouched_by_others(me) {
                    Some((delete, Guard::MineOnly))
                } else {
                    (element.to_new() == **new).then_some((delete, Guard::Any))
                }
            }
        }
    }

    /// Whether it takes back that an element was put on the board.
    fn takes_off(&self, id: ElementId) -> bool {
        matches!(self, Self::Mine(Op::Delete { ids }) if *ids == [id])
    }

    fn ids(&self) -> Vec<ElementId> {
        match self {
            Self::Mine(op) => op_ids(op),
            Self::DeleteAgain(new) => vec![new.id],
        }
    }
}

fn op_ids(op: &Op) -> Vec<ElementId> {
    match op {
        Op::Put(new) | Op::Restore(new) => vec![new.id],
        Op::Extend { id, .. }
        | Op::Set { id, .. }
        | Op::Text { id, .. }
        | Op::Erase { id, .. }
        | Op::Unerase { id, .. } => vec![*id],
        Op::Delete { ids } => ids.clone(),
        Op::Chat(_) => Vec::new(),
    }
}

/// A board with these elements only, to try ops out.
fn excerpt(board: &Board, named: &mut dyn Iterator<Item = Vec<ElementId>>) -> Board {
    let mut excerpt = Board::new();
    excerpt.set_deletions(board.deletions());
    for ids in named {
        for id in ids {
            excerpt.set_state(id, board.state(id));
        }
    }
    excerpt
}

/// Applies an op. Returns whether it changed anything.
fn changes(board: &mut Board, me: ClientId, guard: &Guard, op: &Op) -> bool {
    let commit = Commit {
        cno: 0,
        guard: guard.clone(),
        ops: vec![op.clone()],
    };
    let undo = apply_commit(board, me, &commit);
    undo.before().any(|(id, before)| board.state(id) != *before)
}
