//! Undo and redo of one's own work.
//!
//! Each gesture is an entry: the steps that take it back. Playing an entry gives
//! new ops and, for the other direction, the entry that takes those back. Knows
//! ops and the board; it must not know tools or how commits are sent.
//!
//! What others did since stays: ops go out with `Guard::MineOnly`, and an entry
//! that would change nothing any more is passed over.

use std::collections::VecDeque;

use shared::id::{ClientId, ElementId};
use shared::model::{Board, Body, NewElement};
use shared::op::{Commit, Guard, Op, apply_commit, invert};

use crate::document::{Batch, pack};

/// Gestures that can be undone. A thousand is more than anybody goes back, and
/// they share their ink with the board.
pub const MAX_ENTRIES: usize = 1_000;

/// One step of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// An op, as far as its element is still mine.
    Mine(Op),
    /// Deletes again what I had deleted and brought back. It may be somebody
    /// else's element; then only if it still is as I brought it back.
    DeleteAgain(Box<NewElement>),
}

/// How to take back one gesture.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entry(Vec<Step>);

impl Entry {
    /// Whether nothing but this element changed.
    fn is_about(&self, id: ElementId) -> bool {
        let names = |step: &Step| step.ids().iter().all(|named| *named == id);
        self.0.iter().all(names)
    }

    /// Whether it was what put this element on the board.
    fn puts(&self, id: ElementId) -> bool {
        self.0.iter().any(|step| step.takes_off(id))
    }
}

/// One person's undo and redo.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: VecDeque<Entry>,
    redo: Vec<Entry>,
    /// Grows whenever another entry comes to be the last.
    turn: u64,
}

impl History {
    /// Nothing done yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of a new gesture, before its ops change the board. What was
    /// undone before can no longer be redone.
    pub fn record(&mut self, ops: &[Op], board: &Board, me: ClientId) {
        let entry = taking_back(ops, board, me);
        if entry.0.is_empty() {
            return;
        }
        self.redo.clear();
        self.turn += 1;
        self.undo.push_back(entry);
        if self.undo.len() > MAX_ENTRIES {
            self.undo.pop_front();
        }
    }

    /// Takes note of more ops of the gesture recorded last. What was undone before can
    /// no longer be redone.
    pub fn join(&mut self, ops: &[Op], board: &Board, me: ClientId) {
        self.redo.clear();
        let Some(last) = self.undo.back_mut() else {
            return self.record(ops, board, me);
        };
        let mut entry = taking_back(ops, board, me);
        // Later ops are taken back first.
        entry.0.append(&mut last.0);
        *last = entry;
    }

    /// Whether the last step is about one element alone, and puts it on the board.
    pub(crate) fn has_just_put(&self, id: ElementId) -> bool {
        let last = self.undo.back();
        last.is_some_and(|entry| entry.is_about(id) && entry.puts(id))
    }

    /// Forgets the last step if it is about one element alone: it changed nothing.
    pub(crate) fn forget_last(&mut self, id: ElementId) {
        if self.undo.back().is_some_and(|entry| entry.is_about(id)) {
            self.turn += 1;
            self.undo.pop_back();
        }
    }

    /// Forgets the last steps if they are all that was done to one element, from putting
    /// it on the board on; tells whether they were.
    pub(crate) fn forget(&mut self, id: ElementId) -> bool {
        let about = |entry: &&Entry| entry.is_about(id);
        let last = self.undo.iter().rev().take_while(about);
        let Some(back) = last.into_iter().position(|entry| entry.puts(id)) else {
            return false;
        };
        self.turn += 1;
        self.undo.truncate(self.undo.len() - back - 1);
        true
    }

    /// Whether there may be something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there may be something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Gestures that can be undone, at most [`MAX_ENTRIES`].
    #[must_use]
    pub fn undo_len(&self) -> usize {
        self.undo.len()
    }

    /// Names the last entry: as long as this stays, ops that are joined join the same one.
    pub(crate) const fn turn(&self) -> u64 {
        self.turn
    }

    /// The commits that take back my last gesture which still has an effect to
    /// take back. They must be submitted; the history counts on it.
    pub fn undo(&mut self, board: &Board, me: ClientId) -> Option<Vec<Batch>> {
        self.turn += 1;
        while let Some(entry) = self.undo.pop_back() {
            let played = play(&entry, board, me);
            if !played.ops.is_empty() {
                self.redo.push(played.back);
                return Some(pack(played.ops));
            }
        }
        None
    }

    /// The commits that do again what was undone last.
    pub fn redo(&mut self, board: &Board, me: ClientId) -> Option<Vec<Batch>> {
        self.turn += 1;
        while let Some(entry) = self.redo.pop() {
            let played = play(&entry, board, me);
            if !played.ops.is_empty() {
                self.undo.push_back(played.back);
                return Some(pack(played.ops));
            }
        }
        None
    }
}

/// What playing an entry comes to.
struct Played {
    /// The ops that have an effect.
    ops: Vec<(Op, Guard)>,
    /// How to take them back.
    back: Entry,
}

fn play(entry: &Entry, board: &Board, me: ClientId) -> Played {
    let mut scratch = excerpt(board, &mut entry.0.iter().map(Step::ids));
    let mut ops = Vec::new();
    let mut back = Vec::new();
    for step in &entry.0 {
        let Some((op, guard)) = step.on(&scratch, me) else {
            continue;
        };
        let inverse = inverse_steps(&op, me, &scratch);
        if changes(&mut scratch, me, guard, &op) {
            back.push(inverse);
            ops.push((op, guard));
        }
    }
    Played {
        ops,
        back: backwards(back),
    }
}

fn taking_back(ops: &[Op], board: &Board, me: ClientId) -> Entry {
    let mut scratch = excerpt(board, &mut ops.iter().map(op_ids));
    let mut steps = Vec::new();
    for op in ops {
        steps.push(inverse_steps(op, me, &scratch));
        changes(&mut scratch, me, Guard::Any, op);
    }
    backwards(steps)
}

/// The steps that take back each of several ops, the last op first.
fn backwards(mut steps: Vec<Vec<Step>>) -> Entry {
    let mut entry = Vec::new();
    while let Some(mut last) = steps.pop() {
        entry.append(&mut last);
    }
    Entry(entry)
}

fn inverse_steps(op: &Op, me: ClientId, before: &Board) -> Vec<Step> {
    match op {
        Op::Restore(new) => vec![Step::DeleteAgain(new.clone())],
        Op::Put(_)
        | Op::Extend { .. }
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Cut { .. }
        | Op::Uncut { .. } => invert(op, me, before)
            .into_iter()
            .rev()
            .map(|op| Step::Mine(closed(op)))
            .collect(),
    }
}

/// What is brought back is finished, even if it was deleted while being drawn:
/// the points that came meanwhile are lost, and none after a gap would fit.
fn closed(mut op: Op) -> Op {
    if let Op::Restore(new) = &mut op
        && let Body::Stroke(stroke) = &mut new.body
    {
        stroke.open = false;
    }
    op
}

impl Step {
    /// The op that the step comes to on this board, if any.
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
        | Op::Cut { id, .. }
        | Op::Uncut { id, .. } => vec![*id],
        Op::Delete { ids } => ids.clone(),
    }
}

/// A board with these elements only: enough to try ops out on.
fn excerpt(board: &Board, named: &mut dyn Iterator<Item = Vec<ElementId>>) -> Board {
    let mut excerpt = Board::new();
    excerpt.set_deletions(board.deletions());
    for ids in named {
        for id in ids {
            excerpt.put_slot(id, board.slot(id));
        }
    }
    excerpt
}

/// Applies an op and says whether it changed anything.
fn changes(board: &mut Board, me: ClientId, guard: Guard, op: &Op) -> bool {
    let commit = Commit {
        cno: 0,
        guard,
        ops: vec![op.clone()],
    };
    let undo = apply_commit(board, me, &commit);
    undo.before().any(|(id, before)| board.slot(id) != *before)
}
