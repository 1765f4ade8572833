//! The rate limits of one session: commits, frames and bytes in a second.
//!
//! Live updates beyond a limit are dropped; other frames wait, which slows the sender down by TCP.
//! A session that sends too many live updates or control frames for long is closed: a person who
//! draws sends fewer.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{InsufficientCapacity, Quota, RateLimiter};
use tokio::time::{Instant, sleep};

use crate::clock::Clock;

/// Commits: a fast artist makes a few in a second; a full outbox waits a little.
const COMMIT_RATE: Quota = quota(30, 120);
/// Frames: two a display frame (ink and cursor) on a display of 240 Hz, and
/// commits; their size is limited by [`BYTE_RATE`].
const FRAME_RATE: Quota = quota(600, 1_200);
/// Changed profiles: each is told to everybody on the board.
const PROFILE_RATE: Quota = quota(2, 20);
/// Bytes of all frames.
const BYTE_RATE: Quota = quota(512 * 1024, 2 * 1024 * 1024);
/// A session that exceeds its limits for this long is closed.
const MAX_OVERLOAD: Duration = Duration::from_secs(10);
/// Without a frame beyond a limit for this long, the overload is over.
const OVERLOAD_GAP: Duration = Duration::from_secs(1);

/// A quota of so many in a second, and so many at once.
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

/// The content of a frame, which decides whether it may be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// May be dropped.
    Live,
    /// A ping or a pong.
    Control,
    /// A commit, must not be lost.
    Commit,
    /// A changed profile, must not be lost.
    Profile,
    /// Any other message; it must not be lost.
    Other,
}

/// The treatment of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Pass it on.
    Accept,
    /// Drop it.
    Drop,
    /// Close the session.
    Close,
}

/// The limits of one session and how much of them is used.
#[derive(Debug)]
pub(super) struct SessionRateLimit {
    commits: Limit,
    profiles: Limit,
    frames: Limit,
    bytes: Limit,
    /// First and last frame of an overload that was beyond a limit.
    overload: Option<(Instant, Instant)>,
}

impl SessionRateLimit {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            commits: Limit::new(COMMIT_RATE, clock),
            profiles: Limit::new(PROFILE_RATE, clock),
            frames: Limit::new(FRAME_RATE, clock),
            bytes: Limit::new(BYTE_RATE, clock),
            overload: None,
        }
    }

    /// Decides about a message that came in so many frames, and waits until a message that must not
    /// be lost may be taken.
    pub(super) async fn check(&mut self, kind: FrameKind, frames: u64, bytes: usize) -> Decision {
        let frames = count(u32::try_from(frames).unwrap_or(u32::MAX));
        let bytes = count(u32::try_from(bytes).unwrap_or(u32::MAX));
        match kind {
            FrameKind::Live => {
                let taken = self
                    .frames
                    .take(frames)
                    .and_then(|()| self.bytes.take(bytes));
                return taken.map_or_else(|_| self.note_overload(), |()| Decision::Accept);
            }
            FrameKind::Control => {
                if self.frames.take(frames).is_err() {
                    if self.note_overload() == Decision::Close {
                        return Decision::Close;
                    }
                    self.frames.wait(frames).await;
                }
            }
            FrameKind::Commit => {
                self.commits.wait(NonZeroU32::MIN).await;
                self.frames.wait(frames).await;
            }
            FrameKind::Profile => {
                self.profiles.wait(NonZeroU32::MIN).await;
                self.frames.wait(frames).await;
            }
            FrameKind::Other => self.frames.wait(frames).await,
        }
        self.bytes.wait(bytes).await;
        Decision::Accept
    }

    fn note_overload(&mut self) -> Decision {
        let now = Instant::now();
        let ongoing = self
            .overload
            .filter(|(_, last)| now.duration_since(*last) < OVERLOAD_GAP);
        let since = ongoing.map_or(now, |(since, _)| since);
        self.overload = Some((since, now));
        if now.duration_since(since) > MAX_OVERLOAD {
            Decision::Close
        } else {
            Decision::Drop
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

    /// Takes so many if the quota allows it; more than the burst counts as the burst.
    fn take(&self, count: NonZeroU32) -> Result<(), Duration> {
        let now = governor::clock::Clock::now(self.governor.clock());
        match self.governor.check_n(count.min(self.burst)) {
            // More than the burst is never requested.
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
        let mut limit = SessionRateLimit::new(Clock::start());
        while limit.check(FrameKind::Live, 1, 100).await == Decision::Accept {}
        assert_eq!(limit.check(FrameKind::Live, 1, 100).await, Decision::Drop);
        let before = Instant::now();
        assert_eq!(
            limit.check(FrameKind::Commit, 1, 100).await,
            Decision::Accept
        );
        assert!(before.elapsed() > Duration::ZERO, "it did not wait");
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_that_has_to_wait_costs_nothing_until_it_is_taken() {
        let mut limit = SessionRateLimit::new(Clock::start());
        while limit.check(FrameKind::Commit, 1, 1).now_or_never() == Some(Decision::Accept) {}
        for _ in 0..2_000 {
            assert_eq!(limit.check(FrameKind::Commit, 1, 1).now_or_never(), None);
        }
        assert_eq!(limit.check(FrameKind::Live, 1, 1).await, Decision::Accept);
        let before = Instant::now();
        assert_eq!(limit.check(FrameKind::Commit, 1, 1).await, Decision::Accept);
        let waited = before.elapsed();
        assert!(waited > Duration::ZERO && waited <= Duration::from_millis(40));
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_are_bounded_whatever_the_number_of_frames() {
        let mut limit = SessionRateLimit::new(Clock::start());
        let before = Instant::now();
        for _ in 0..16 {
            assert_eq!(
                limit.check(FrameKind::Other, 1, 256 * 1024).await,
                Decision::Accept
            );
        }
        // 2 MiB at once, and 2 MiB more by half a MiB a second.
        let waited = before.elapsed().as_secs_f64();
        assert!((3.9..4.1).contains(&waited), "{waited}");
    }

    #[tokio::test(start_paused = true)]
    async fn ten_seconds_of_too_much_end_the_session() {
        let mut limit = SessionRateLimit::new(Clock::start());
        let mut ended = None;
        for at in 0..30_000 {
            let advice = [
                limit.check(FrameKind::Live, 1, 10).await,
                limit.check(FrameKind::Live, 1, 10).await,
            ];
            if advice.contains(&Decision::Close) {
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
    async fn a_flood_of_control_frames_is_slowed_down_and_ends_the_session() {
        let mut limit = SessionRateLimit::new(Clock::start());
        let begun = Instant::now();
        let mut frames = 0;
        while limit.check(FrameKind::Control, 1, 125).await == Decision::Accept {
            frames += 1;
        }
        let lasted = begun.elapsed().as_secs();
        assert!((10..12).contains(&lasted), "{lasted}");
        assert!(frames < 9_000, "{frames}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_ping_a_second_and_many_at_once_after_a_pause_are_allowed() {
        let mut limit = SessionRateLimit::new(Clock::start());
        for _ in 0..60 {
            for _ in 0..500 {
                let decision = limit.check(FrameKind::Control, 1, 125).await;
                assert_eq!(decision, Decision::Accept);
            }
            advance(Duration::from_secs(1)).await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn each_fragment_of_a_message_counts() {
        let mut limit = SessionRateLimit::new(Clock::start());
        let begun = Instant::now();
        for _ in 0..30 {
            limit.check(FrameKind::Other, 200, 1).await;
        }
        // 1,200 at once and 4,800 more by 600 a second.
        assert!(begun.elapsed() >= Duration::from_millis(7_900));
    }

    #[tokio::test(start_paused = true)]
    async fn drawing_at_display_rate_is_never_held_up() {
        let mut limit = SessionRateLimit::new(Clock::start());
        // Ink and cursor, 240 times a second, for half a minute.
        for frame in 0..14_400_u64 {
            let next = Duration::from_millis((frame + 1) * 1000 / 480 - frame * 1000 / 480);
            assert_eq!(limit.check(FrameKind::Live, 1, 200).await, Decision::Accept);
            advance(next).await;
        }
    }
}
