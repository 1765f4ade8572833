//! Commits of a large change, which are submitted one after the other in several frames, so that the
//! page does not stand still.

use std::collections::VecDeque;

use shared::id::Millis;
use shared::op::{Guard, Op};

/// Changed elements after which the next commit waits for a frame: a tenth of a second for a phone.
const CHANGES_A_FRAME: usize = 600;
/// A page that shows no frames goes on after this time, in milliseconds.
const LONGEST_WAIT_MS: Millis = 500;

/// The ops of a commit, and the condition under which each takes effect.
type Ops = (Vec<Op>, Guard);

/// Commits in the order in which they must be submitted.
#[derive(Debug, Default)]
pub(super) struct CommitQueue {
    waiting: VecDeque<Ops>,
    /// Changes that were submitted since the last frame, and when the first of them was.
    submitted: usize,
    since: Millis,
}

impl CommitQueue {
    pub(super) fn push(&mut self, ops: Vec<Op>, guard: Guard) {
        self.waiting.push_back((ops, guard));
    }

    /// Whether commits wait for a frame.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// A frame begins.
    pub(super) const fn begin_frame(&mut self) {
        self.submitted = 0;
    }

    /// The commit to submit now, if any.
    pub(super) fn next(&mut self, now: Millis) -> Option<Ops> {
        if now >= self.since + LONGEST_WAIT_MS {
            self.submitted = 0;
        }
        if self.submitted >= CHANGES_A_FRAME {
            return None;
        }
        let (ops, guard) = self.waiting.pop_front()?;
        if self.submitted == 0 {
            self.since = now;
        }
        // A delete has many ids.
        let changes = ops.iter().map(|op| op.deleted_ids().len().max(1));
        self.submitted += changes.sum::<usize>();
        Some((ops, guard))
    }

    /// All commits that wait. The next ones need not wait for them.
    pub(super) fn take_all(&mut self) -> VecDeque<Ops> {
        self.submitted = 0;
        std::mem::take(&mut self.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::id::ElementId;

    fn deletes(count: u8) -> Vec<Op> {
        let delete = |number| Op::Delete {
            ids: vec![ElementId::from_bytes([number; 16])],
        };
        (0..count).map(delete).collect()
    }

    #[test]
    fn commits_beyond_a_number_of_ops_wait_for_a_frame_or_for_some_time() {
        let mut queue = CommitQueue::default();
        for _ in 0..9 {
            queue.push(deletes(200), Guard::Any);
        }
        let taken = |queue: &mut CommitQueue, now| std::iter::from_fn(|| queue.next(now)).count();
        assert_eq!(taken(&mut queue, 1_000), 3);
        assert_eq!(taken(&mut queue, 1_100), 0);
        queue.begin_frame();
        assert_eq!(taken(&mut queue, 1_116), 3);
        assert_eq!(taken(&mut queue, 1_116 + LONGEST_WAIT_MS), 3);
        assert!(queue.is_empty());
    }
}
