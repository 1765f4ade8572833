//! How fast one session may talk.
//!
//! Live messages beyond the pace are dropped; whatever else waits, which holds
//! the sender up by TCP. Whoever goes on losing live messages for long is not a
//! person drawing. Knows time only as an argument.

use shared::id::Millis;

use super::bucket::{Bucket, Rate};

/// Commits: a fast artist makes a few in a second; a full outbox waits a little.
const COMMITS: Rate = Rate {
    per_second: 30.0,
    burst: 120.0,
};
/// Frames: two a display frame (ink and cursor) on a display of 240 Hz, and
/// commits; what they weigh is bounded by [`BYTES`].
const FRAMES: Rate = Rate {
    per_second: 600.0,
    burst: 1_200.0,
};
/// Bytes.
const BYTES: Rate = Rate {
    per_second: 512.0 * 1024.0,
    burst: 2.0 * 1024.0 * 1024.0,
};
/// Too much for this long ends the session, in milliseconds.
const ABUSE_MS: Millis = 10_000;
/// Without a drop for this long, the time begins anew, in milliseconds.
const CALM_MS: Millis = 1_000;

/// The lane of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// May be dropped.
    Live,
    /// A commit, must not be lost.
    Commit,
    /// Something else that must not be lost.
    Other,
}

/// What to do with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// Take it.
    Take,
    /// Wait so many milliseconds and ask again.
    Wait(Millis),
    /// Drop it.
    Drop,
    /// End the session.
    End,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Pace {
    commits: Bucket,
    frames: Bucket,
    bytes: Bucket,
    /// First and last drop of a spell of too much.
    dropping: Option<(Millis, Millis)>,
}

impl Pace {
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            commits: Bucket::full(COMMITS, now),
            frames: Bucket::full(FRAMES, now),
            bytes: Bucket::full(BYTES, now),
            dropping: None,
        }
    }

    /// Decides about a frame.
    pub(super) fn judge(&mut self, lane: Lane, bytes: usize, now: Millis) -> Advice {
        let taken = self.take(lane, bytes, now);
        match (taken, lane) {
            (Ok(()), _) => Advice::Take,
            (Err(wait), Lane::Commit | Lane::Other) => Advice::Wait(wait),
            (Err(_), Lane::Live) => self.note_drop(now),
        }
    }

    fn take(&mut self, lane: Lane, bytes: usize, now: Millis) -> Result<(), Millis> {
        let before = (self.commits, self.frames, self.bytes);
        #[expect(
            clippy::cast_precision_loss,
            reason = "frames are far smaller than 2^52 bytes"
        )]
        let taken = self
            .frames
            .take(FRAMES, 1.0, now)
            .and_then(|()| self.bytes.take(BYTES, bytes as f64, now))
            .and_then(|()| match lane {
                Lane::Commit => self.commits.take(COMMITS, 1.0, now),
                Lane::Live | Lane::Other => Ok(()),
            });
        if taken.is_err() {
            (self.commits, self.frames, self.bytes) = before;
        }
        taken
    }

    fn note_drop(&mut self, now: Millis) -> Advice {
        let spell = self
            .dropping
            .filter(|(_, last)| now.saturating_sub(*last) < CALM_MS);
        let since = spell.map_or(now, |(since, _)| since);
        self.dropping = Some((since, now));
        if now.saturating_sub(since) > ABUSE_MS {
            Advice::End
        } else {
            Advice::Drop
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_is_dropped_and_commits_wait() {
        let mut pace = Pace::new(0);
        while pace.judge(Lane::Live, 100, 0) == Advice::Take {}
        assert_eq!(pace.judge(Lane::Live, 100, 0), Advice::Drop);
        let Advice::Wait(wait) = pace.judge(Lane::Commit, 100, 0) else {
            panic!("not told to wait")
        };
        assert_eq!(pace.judge(Lane::Commit, 100, wait), Advice::Take);
    }

    #[test]
    fn a_frame_that_has_to_wait_costs_nothing_until_it_is_taken() {
        let mut pace = Pace::new(0);
        while pace.judge(Lane::Commit, 1, 0) == Advice::Take {}
        for _ in 0..1000 {
            assert!(matches!(
                pace.judge(Lane::Commit, 1, 0),
                Advice::Wait(1..=40)
            ));
        }
        assert_eq!(pace.judge(Lane::Live, 1, 0), Advice::Take);
    }

    #[test]
    fn ten_seconds_of_too_much_end_the_session() {
        let mut pace = Pace::new(0);
        let ended = (0..30_000).find(|now| {
            let advice = [
                pace.judge(Lane::Live, 10, *now),
                pace.judge(Lane::Live, 10, *now),
            ];
            advice.contains(&Advice::End)
        });
        assert!(
            ended.is_some_and(|at| (10_000..12_000).contains(&at)),
            "{ended:?}"
        );
    }

    #[test]
    fn drawing_at_display_rate_is_never_held_up() {
        let mut pace = Pace::new(0);
        // Ink and cursor, 240 times a second, for half a minute.
        for frame in 0..14_400_u64 {
            let now = frame * 1000 / 480;
            assert_eq!(pace.judge(Lane::Live, 200, now), Advice::Take);
        }
    }
}
