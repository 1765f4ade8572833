//! How fast one session may talk.
//!
//! Live messages beyond the pace are dropped; whatever else waits, which holds
//! the sender up by TCP. A session that loses live messages for long is ended: people who
//! draw do not send so many.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{InsufficientCapacity, Quota, RateLimiter};
use tokio::time::{Instant, sleep};

use crate::clock::Clock;

/// Commits: a fast artist makes a few in a second; a full outbox waits a little.
const COMMITS: Quota = quota(30, 120);
/// Frames: two a display frame (ink and cursor) on a display of 240 Hz, and
/// commits; what they weigh is bounded by [`BYTES`].
const FRAMES: Quota = quota(600, 1_200);
/// Bytes.
const BYTES: Quota = quota(512 * 1024, 2 * 1024 * 1024);
/// Too much for this long ends the session.
const ABUSE: Duration = Duration::from_secs(10);
/// Without a drop for this long, the time begins anew.
const CALM: Duration = Duration::from_secs(1);

/// So many in a second, and so many at once.
const fn quota(per_second: u32, burst: u32) -> Quota {
    Quota::per_second(count(per_second)).allow_burst(count(burst))
}

/// A number of at least one.
const fn count(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

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
    /// Drop it.
    Drop,
    /// End the session.
    End,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Pace {
    commits: Limit,
    frames: Limit,
    bytes: Limit,
    /// First and last drop of a spell of too much.
    dropping: Option<(Instant, Instant)>,
}

impl Pace {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            commits: Limit::new(COMMITS, clock),
            frames: Limit::new(FRAMES, clock),
            bytes: Limit::new(BYTES, clock),
            dropping: None,
        }
    }

    /// Decides about a frame, and waits until a frame that must not be lost may be taken.
    pub(super) async fn judge(&mut self, lane: Lane, bytes: usize) -> Advice {
        let bytes = count(u32::try_from(bytes).unwrap_or(u32::MAX));
        match lane {
            Lane::Live => {
                let one = NonZeroU32::MIN;
                let taken = self.frames.take(one).and_then(|()| self.bytes.take(bytes));
                return taken.map_or_else(|_| self.note_drop(), |()| Advice::Take);
            }
            Lane::Commit => self.commits.wait(NonZeroU32::MIN).await,
            Lane::Other => {}
        }
        self.frames.wait(NonZeroU32::MIN).await;
        self.bytes.wait(bytes).await;
        Advice::Take
    }

    fn note_drop(&mut self) -> Advice {
        let now = Instant::now();
        let spell = self
            .dropping
            .filter(|(_, last)| now.duration_since(*last) < CALM);
        let since = spell.map_or(now, |(since, _)| since);
        self.dropping = Some((since, now));
        if now.duration_since(since) > ABUSE {
            Advice::End
        } else {
            Advice::Drop
        }
    }
}

/// One quota of one session.
#[derive(Debug)]
struct Limit {
    burst: NonZeroU32,
    governor: RateLimiter<NotKeyed, InMemoryState, Clock, NoOpMiddleware<Duration>>,
}

impl Limit {
    fn new(quota: Quota, clock: Clock) -> Self {
        Self {
            burst: quota.burst_size(),
            governor: RateLimiter::direct_with_clock(quota, clock),
        }
    }

    /// Takes so many if they are left; more than the burst counts as the burst.
    fn take(&self, count: NonZeroU32) -> Result<(), Duration> {
        let now = governor::clock::Clock::now(self.governor.clock());
        match self.governor.check_n(count.min(self.burst)) {
            // More than the burst is never asked for.
            Ok(Ok(())) | Err(InsufficientCapacity(_)) => Ok(()),
            Ok(Err(until)) => Err(until.wait_time_from(now)),
        }
    }

    /// Waits until so many are left and takes them. governor would wait on a timer of its own,
    /// which tests cannot stop.
    async fn wait(&self, count: NonZeroU32) {
        while let Err(wait) = self.take(count) {
            sleep(wait).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn live_is_dropped_and_commits_wait() {
        let mut pace = Pace::new(Clock::start());
        while pace.judge(Lane::Live, 100).await == Advice::Take {}
        assert_eq!(pace.judge(Lane::Live, 100).await, Advice::Drop);
        let before = Instant::now();
        assert_eq!(pace.judge(Lane::Commit, 100).await, Advice::Take);
        assert!(before.elapsed() > Duration::ZERO, "it did not wait");
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_that_has_to_wait_costs_nothing_until_it_is_taken() {
        let mut pace = Pace::new(Clock::start());
        while pace.judge(Lane::Commit, 1).now_or_never() == Some(Advice::Take) {}
        for _ in 0..2_000 {
            assert_eq!(pace.judge(Lane::Commit, 1).now_or_never(), None);
        }
        assert_eq!(pace.judge(Lane::Live, 1).await, Advice::Take);
        let before = Instant::now();
        assert_eq!(pace.judge(Lane::Commit, 1).await, Advice::Take);
        let waited = before.elapsed();
        assert!(waited > Duration::ZERO && waited <= Duration::from_millis(40));
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_are_bounded_whatever_the_number_of_frames() {
        let mut pace = Pace::new(Clock::start());
        let before = Instant::now();
        for _ in 0..16 {
            assert_eq!(pace.judge(Lane::Other, 256 * 1024).await, Advice::Take);
        }
        // 2 MiB at once, and 2 MiB more by half a MiB a second.
        let waited = before.elapsed().as_secs_f64();
        assert!((3.9..4.1).contains(&waited), "{waited}");
    }

    #[tokio::test(start_paused = true)]
    async fn ten_seconds_of_too_much_end_the_session() {
        let mut pace = Pace::new(Clock::start());
        let mut ended = None;
        for at in 0..30_000 {
            let advice = [
                pace.judge(Lane::Live, 10).await,
                pace.judge(Lane::Live, 10).await,
            ];
            if advice.contains(&Advice::End) {
                ended = Some(at);
                break;
            }
            advance(Duration::from_millis(1)).await;
        }
        assert!(
            ended.is_some_and(|at| (10_000..12_000).contains(&at)),
            "{ended:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn drawing_at_display_rate_is_never_held_up() {
        let mut pace = Pace::new(Clock::start());
        // Ink and cursor, 240 times a second, for half a minute.
        for frame in 0..14_400_u64 {
            let next = Duration::from_millis((frame + 1) * 1000 / 480 - frame * 1000 / 480);
            assert_eq!(pace.judge(Lane::Live, 200).await, Advice::Take);
            advance(next).await;
        }
    }
}
