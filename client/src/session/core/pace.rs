//! How much of a large change is committed in a frame, so that the page does not stand still.

use shared::id::Millis;
use shared::op::Op;

/// Changed elements after which the next commit waits for a frame: a tenth of a second for a phone.
const CHANGES_A_FRAME: usize = 600;
/// A page that shows no frames goes on after this time, in milliseconds.
const LONGEST_WAIT_MS: Millis = 500;

/// Counts what was committed since the last frame.
#[derive(Debug, Default)]
pub(super) struct Pace {
    submitted: usize,
    /// When the first of it was.
    since: Millis,
}

impl Pace {
    /// A frame begins.
    pub(super) const fn begin_frame(&mut self) {
        self.submitted = 0;
    }

    /// Whether the next part of a large change can be committed now.
    pub(super) fn allows(&mut self, now: Millis) -> bool {
        if now >= self.since + LONGEST_WAIT_MS {
            self.submitted = 0;
        }
        self.submitted < CHANGES_A_FRAME
    }

    /// Ops are committed.
    pub(super) fn count(&mut self, ops: &[Op], now: Millis) {
        if self.submitted == 0 {
            self.since = now;
        }
        // A delete has many ids.
        let changes = ops.iter().map(|op| op.deleted_ids().len().max(1));
        self.submitted += changes.sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::id::ElementId;

    #[test]
    fn commits_beyond_a_number_of_ops_wait_for_a_frame_or_for_some_time() {
        let delete = Op::Delete {
            ids: vec![ElementId::from_bytes([1; 16]); 200],
        };
        let mut pace = Pace::default();
        let taken = |pace: &mut Pace, now| {
            let take = |_: &usize| {
                let allows = pace.allows(now);
                if allows {
                    pace.count(std::slice::from_ref(&delete), now);
                }
                allows
            };
            (0..9).take_while(take).count()
        };
        assert_eq!(taken(&mut pace, 1_000), 3);
        assert_eq!(taken(&mut pace, 1_100), 0);
        pace.begin_frame();
        assert_eq!(taken(&mut pace, 1_116), 3);
        assert_eq!(taken(&mut pace, 1_116 + LONGEST_WAIT_MS), 3);
    }
}
