//! How fast the new elements of one request appear: at once, or one after the other, so that people
//! can follow with their eyes.

use std::ops::RangeInclusive;
use std::time::Duration;

use shared::model::Body;
use shared::op::Op;
use tokio::sync::mpsc::UnboundedSender;

/// The time between two elements if none is asked for.
const USUAL_STEP: Duration = Duration::from_millis(120);
/// The times between two elements that can be asked for, in milliseconds: from a frame or so to what a
/// teacher needs who explains each.
pub(crate) const STEPS_MS: RangeInclusive<u64> = 20..=2_000;
/// The most steps: further elements share steps, so that a request usually takes 4 s at most.
const MAX_STEPS: usize = 33;

/// How far a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// The elements that are on the board.
    pub(crate) done: usize,
    /// All elements.
    pub(crate) all: usize,
}

/// How fast elements appear.
#[derive(Debug, Clone)]
pub(crate) enum Pace {
    /// All at once, in one commit.
    AtOnce,
    /// One after the other, each in a commit.
    Watchable {
        /// The time between two of them.
        every: Duration,
        /// Where each step is told.
        steps: UnboundedSender<Step>,
    },
}

impl Pace {
    /// One after the other, as fast as eyes follow.
    pub(crate) const fn watchable(steps: UnboundedSender<Step>) -> Self {
        let every = USUAL_STEP;
        Self::Watchable { every, steps }
    }

    /// The ops of each commit, in order. Lines come after the elements that they join.
    pub(super) fn commits(&self, mut ops: Vec<Op>) -> Vec<Vec<Op>> {
        let only_creates = ops.iter().all(|op| matches!(op, Op::Put(_)));
        match self {
            Self::Watchable { .. } if only_creates && !ops.is_empty() => {
                ops.sort_by_key(is_line);
                let each = ops.len().div_ceil(MAX_STEPS);
                ops.chunks(each).map(<[Op]>::to_vec).collect()
            }
            Self::Watchable { .. } | Self::AtOnce => vec![ops],
        }
    }

    /// The time before each further commit.
    pub(super) const fn step(&self) -> Duration {
        match self {
            Self::AtOnce => Duration::ZERO,
            Self::Watchable { every, .. } => *every,
        }
    }

    /// Whether people follow with their eyes.
    pub(super) const fn is_watchable(&self) -> bool {
        matches!(self, Self::Watchable { .. })
    }

    /// Tells how far a request is.
    pub(super) fn tell(&self, step: Step) {
        if let Self::Watchable { steps, .. } = self
            && steps.send(step).is_err()
        {
            tracing::trace!("a step of a request is told to no one");
        }
    }
}

fn is_line(op: &Op) -> bool {
    matches!(op, Op::Put(new) if new.body == Body::Line)
}

#[cfg(test)]
mod tests {
    use shared::id::ElementId;
    use testkit::fixtures::{element_id, ink, put, stroke};
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    fn puts(count: u64) -> Vec<Op> {
        let new = |number| put(stroke(element_id(number), ink([(0.0, 0.0)])));
        (0..count).map(new).collect()
    }

    #[test]
    fn elements_appear_one_by_one_in_a_bounded_number_of_steps() {
        let (sender, _steps) = unbounded_channel();
        let pace = Pace::watchable(sender);
        assert_eq!(pace.commits(puts(3)).len(), 3);
        let many = pace.commits(puts(200));
        assert!(many.len() <= MAX_STEPS);
        assert_eq!(many.concat(), puts(200));
        assert_eq!(Pace::AtOnce.commits(puts(3)).len(), 1);
        assert_eq!(pace.commits(Vec::new()).len(), 1);
    }

    #[test]
    fn changes_of_elements_take_effect_at_once() {
        let (sender, _steps) = unbounded_channel();
        let mut ops = puts(2);
        let ids = vec![ElementId::from_bytes([9; 16])];
        ops.push(Op::Delete { ids });
        assert_eq!(Pace::watchable(sender).commits(ops).len(), 1);
    }
}
