//! Changes of more elements than one commit takes. Their parts are recorded and committed one after
//! the other, so that the page does not stand still; together they are one step.

use std::collections::VecDeque;
use std::rc::Rc;

use shared::limits::MAX_OPS_PER_COMMIT;
use shared::op::{Batch, Op, pack};

use super::entry::Entry;
use super::{Direction, History, UndoStep, UndoableGesture, add, send};
use crate::selection::Selection;
use crate::update::Update;

/// Steps of a gesture that are played at a time: as many as one commit takes.
const STEPS_AT_ONCE: usize = MAX_OPS_PER_COMMIT;

/// What is left of a change.
#[derive(Clone, Debug)]
pub(super) struct LargeChange {
    rest: Rest,
    /// Where the next part is recorded.
    step: UndoStep,
    /// The selection before the change.
    selected: Rc<Selection>,
}

#[derive(Clone, Debug)]
enum Rest {
    /// Commits that are not recorded yet.
    Batches(VecDeque<Batch>),
    /// Steps of a gesture that is undone or redone.
    Steps(Entry, Direction),
}

impl LargeChange {
    fn is_done(&self) -> bool {
        match &self.rest {
            Rest::Batches(batches) => batches.is_empty(),
            Rest::Steps(entry, _) => entry.is_empty(),
        }
    }
}

impl History {
    /// Whether parts of a change wait. They come before all other changes.
    pub(crate) fn is_committing(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Records and sends the first of these commits. The others wait.
    pub(super) fn begin(&mut self, batches: Vec<Batch>, step: UndoStep, update: &mut Update<'_>) {
        let ops = batches.iter().flat_map(|batch| &batch.ops);
        update.expect(ops.filter_map(Op::put_id));
        let selected = Rc::clone(&update.selected);
        let rest = Rest::Batches(batches.into());
        let is_first = self.waiting.is_empty();
        self.waiting.push_back(LargeChange {
            rest,
            step,
            selected,
        });
        if is_first {
            self.go_on(update);
        }
    }

    /// Records and sends the next part of what waits.
    pub(crate) fn go_on(&mut self, update: &mut Update<'_>) {
        if let Some(mut change) = self.waiting.pop_front() {
            self.send_part(&mut change, update);
            if !change.is_done() {
                self.waiting.push_front(change);
            }
        }
    }

    /// Undoes or redoes the last gesture that still has an effect; later parts of it wait. Returns the
    /// selection before it. While another change is under way, nothing happens.
    pub(super) fn replay(
        &mut self,
        direction: Direction,
        update: &mut Update<'_>,
    ) -> Option<Rc<Selection>> {
        if self.is_committing() {
            return None;
        }
        self.revision += 1;
        while let Some(gesture) = self.stack(direction).pop_back() {
            let mut change = LargeChange {
                rest: Rest::Steps(gesture.entry, direction),
                step: UndoStep::New,
                selected: Rc::clone(&update.selected),
            };
            if self.send_part(&mut change, update) {
                if let Rest::Steps(entry, _) = &change.rest {
                    update.expect(entry.restored());
                }
                if !change.is_done() {
                    self.waiting.push_back(change);
                }
                return Some(gesture.selected);
            }
        }
        None
    }

    /// Sends the next part of a change. Returns whether something was left that has an effect.
    fn send_part(&mut self, change: &mut LargeChange, update: &mut Update<'_>) -> bool {
        match &mut change.rest {
            Rest::Batches(batches) => {
                let Some(batch) = batches.pop_front() else {
                    return false;
                };
                if self.record(&batch, change.step, &change.selected, update) {
                    change.step = UndoStep::Same;
                }
                send(vec![batch], update);
                true
            }
            Rest::Steps(entry, direction) => {
                while !entry.is_empty() {
                    let played = entry
                        .take_first(STEPS_AT_ONCE)
                        .play(update.board, update.me);
                    if !played.ops.is_empty() {
                        let back = self.stack(direction.back());
                        add(back, played.back, change.step, &change.selected);
                        change.step = UndoStep::Same;
                        send(pack(played.ops), update);
                        return true;
                    }
                }
                false
            }
        }
    }

    fn stack(&mut self, direction: Direction) -> &mut VecDeque<UndoableGesture> {
        match direction {
            Direction::Undo => &mut self.undo,
            Direction::Redo => &mut self.redo,
        }
    }
}

impl Direction {
    const fn back(self) -> Self {
        match self {
            Self::Undo => Self::Redo,
            Self::Redo => Self::Undo,
        }
    }
}
