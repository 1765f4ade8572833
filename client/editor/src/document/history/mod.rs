//! Undo and redo of this user's own gestures.
//!
//! Each gesture is one entry. Later changes by others stay: ops go out with `Guard::MineOnly`, and
//! an entry that would change nothing any more is skipped.

mod entry;
mod large_change;
mod repeatable_change;

use std::collections::VecDeque;
use std::rc::Rc;

use shared::id::ElementId;
use shared::op::{Batch, Guard, Op, pack};

use crate::selection::Selection;
use crate::update::Update;
use entry::Entry;
use large_change::LargeChange;
use repeatable_change::LastChange;
pub(crate) use repeatable_change::RepeatableChange;

/// Gestures that can be undone. A thousand is more than users go back, and the entries share their
/// ink with the board.
pub const MAX_ENTRIES: usize = 1_000;

/// Elements of a selection that an undo step remembers. A larger selection is not restored: the
/// ids of all steps must stay below some 50 MB.
const MAX_REMEMBERED: usize = 2_000;

/// The undo step that ops belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UndoStep {
    /// They begin a step of their own.
    New,
    /// They belong to the step before.
    Same,
}

/// A gesture that can be undone or redone.
#[derive(Clone, Debug)]
struct UndoableGesture {
    entry: Entry,
    /// The selection before it.
    selected: Rc<Selection>,
}

/// Whether a gesture is taken back, or done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Undo,
    Redo,
}

/// The undo and redo steps of one user.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: VecDeque<UndoableGesture>,
    redo: VecDeque<UndoableGesture>,
    /// Grows whenever another entry becomes the last one.
    revision: u64,
    last_repeatable: Option<LastChange>,
    /// The changes whose parts are not all committed yet, the earliest first.
    waiting: VecDeque<LargeChange>,
}

impl History {
    /// An empty history.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all steps, because the person has another identity now. Parts that are not committed yet
    /// are still committed.
    pub(crate) fn clear(&mut self) {
        self.undo.clear();
        self.redo.clear();
        self.last_repeatable = None;
        self.revision += 1;
    }

    /// Records a gesture, or more ops of the last one, before the ops change the board. Gestures
    /// that were undone can no longer be redone. Returns whether the ops belong to the last step.
    fn record(
        &mut self,
        batch: &Batch,
        step: UndoStep,
        selected: &Rc<Selection>,
        update: &Update<'_>,
    ) -> bool {
        let entry = Entry::of(&batch.ops, &batch.guard, update.board, update.me);
        let joins = step == UndoStep::Same && !self.undo.is_empty();
        if entry.is_empty() && !joins {
            return false;
        }
        if !joins {
            self.revision += 1;
        }
        self.redo.clear();
        add(&mut self.undo, entry, step, selected);
        if self.undo.len() > MAX_ENTRIES {
            self.undo.pop_front();
        }
        true
    }

    /// Whether the last step is about one element alone, and puts it on the board.
    pub(crate) fn has_just_put(&self, id: ElementId) -> bool {
        let last = self.undo.back();
        last.is_some_and(|last| last.entry.is_about(id) && last.entry.puts(id))
    }

    /// Drops the last step if it is about one element alone, because it changed nothing.
    pub(crate) fn forget_last(&mut self, id: ElementId) {
        let last = self.undo.back();
        if last.is_some_and(|last| last.entry.is_about(id)) {
            self.revision += 1;
            self.undo.pop_back();
        }
    }

    /// Drops the last steps if they are all steps of one element, from putting it on the board on.
    /// Returns whether they were.
    pub(crate) fn forget(&mut self, id: ElementId) -> bool {
        let about = |gesture: &&UndoableGesture| gesture.entry.is_about(id);
        let last = self.undo.iter().rev().take_while(about);
        let Some(back) = last.into_iter().position(|gesture| gesture.entry.puts(id)) else {
            return false;
        };
        self.revision += 1;
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

    /// The number of the last entry. While it stays the same, joined ops join the same entry.
    pub(crate) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Records ops and sends them as commits. Ops that are out of the limits, such as those beyond
    /// the edge of the board, are left out: the server would refuse the whole commit.
    pub(crate) fn submit(&mut self, ops: Vec<Op>, step: UndoStep, update: &mut Update<'_>) {
        self.submit_guarded(ops, &Guard::Any, step, update);
    }

    /// Records ops that have a guard as one step, and sends them as few commits.
    pub(crate) fn submit_guarded(
        &mut self,
        mut ops: Vec<Op>,
        guard: &Guard,
        step: UndoStep,
        update: &mut Update<'_>,
    ) {
        ops.retain(|op| op.validate().is_ok());
        // A tool that was active when the person became a viewer may still finish.
        if ops.is_empty() || !update.may_edit() {
            return;
        }
        let ops = ops.into_iter().map(|op| (op, guard.clone())).collect();
        self.begin(pack(ops), step, update);
    }

    /// Submits ops of a change that is repeated quickly, such as by a key that is held: they join
    /// the undo step of the change before, if that was of the same kind a moment ago.
    pub(crate) fn repeat(
        &mut self,
        change: RepeatableChange,
        selection: &Selection,
        ops: Vec<Op>,
        update: &mut Update<'_>,
    ) {
        if ops.is_empty() {
            return;
        }
        let goes_on = self.last_repeatable.as_ref().is_some_and(|last| {
            last.merges_with(change, selection, self.revision, update.now)
                && ops.iter().all(|op| is_mine(op, update))
        });
        let step = if goes_on {
            UndoStep::Same
        } else {
            UndoStep::New
        };
        self.submit(ops, step, update);
        self.last_repeatable = Some(LastChange::new(
            change,
            selection,
            self.revision,
            update.now,
        ));
    }

    /// Undoes the last gesture. Returns the selection before it.
    pub(crate) fn send_undo(&mut self, update: &mut Update<'_>) -> Option<Rc<Selection>> {
        self.replay(Direction::Undo, update)
    }

    /// Redoes the gesture that was undone last. Returns the selection before it was undone.
    pub(crate) fn send_redo(&mut self, update: &mut Update<'_>) -> Option<Rc<Selection>> {
        self.replay(Direction::Redo, update)
    }
}

/// Adds an entry to a stack, or to the last gesture there.
fn add(
    stack: &mut VecDeque<UndoableGesture>,
    entry: Entry,
    step: UndoStep,
    selected: &Rc<Selection>,
) {
    match stack.back_mut().filter(|_| step == UndoStep::Same) {
        Some(last) => last.entry.join(entry),
        None => stack.push_back(UndoableGesture {
            entry,
            selected: remembered(selected),
        }),
    }
}

/// The selection as an undo step remembers it.
fn remembered(selected: &Rc<Selection>) -> Rc<Selection> {
    if selected.ids.len() <= MAX_REMEMBERED {
        Rc::clone(selected)
    } else {
        Rc::default()
    }
}

/// Sends commits that the history knows about already.
pub(crate) fn send(batches: Vec<Batch>, update: &mut Update<'_>) {
    for Batch { ops, guard } in batches {
        update.commit(ops, guard);
    }
}

/// Whether this user was the last to set the property that an op sets.
fn is_mine(op: &Op, update: &Update<'_>) -> bool {
    let Op::Set { id, prop } = op else {
        return true;
    };
    let element = update.board.get(*id);
    element.is_none_or(|element| element.writer(prop.key()) == update.me)
}
