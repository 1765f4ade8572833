//! Whether a client is alive, judged by the bytes that arrive while the session waits for a message.
//!
//! Bytes count, not messages: over a slow link a large commit takes longer than the limit of
//! silence, and nothing else can be sent meanwhile, not even a pong.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

use super::frames::Incomplete;
use super::watch::FrameWatch;

/// A client that sends nothing for this long is closed; a client that is alive answers pings.
const SILENCE_LIMIT: Duration = Duration::from_secs(9);
/// A message that has begun must grow or end within this.
const GROWTH_WINDOW: Duration = Duration::from_secs(10);
/// Bytes by which it must grow: a slow mobile network carries several times as much.
const LEAST_GROWTH: u64 = 10 * 1024;
/// How often progress is judged at least while nothing arrives.
const CHECK_EVERY: Duration = Duration::from_millis(4_500);

/// What a client has sent while the session waited. Time in which the session does not read, because
/// the client is rate limited or the room is busy, does not count.
#[derive(Debug)]
pub(super) struct Progress {
    watch: FrameWatch,
    /// When to judge the progress although nothing arrives. It stays as it is while messages arrive, so
    /// that these cost no timer.
    check: Pin<Box<Sleep>>,
    bytes: u64,
    silent_for: Duration,
    /// The incomplete message at the begin of the window, and the time in the window.
    window: Option<(Incomplete, Duration)>,
}

/// The client is not alive, or sends a message too slowly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stalled;

impl Progress {
    pub(super) fn new(watch: FrameWatch) -> Self {
        Self {
            watch,
            check: Box::pin(sleep(CHECK_EVERY)),
            bytes: 0,
            silent_for: Duration::ZERO,
            window: None,
        }
    }

    /// Waits until [`Self::waited`] should be called.
    pub(super) async fn due(&mut self) {
        self.check.as_mut().await;
    }

    /// Notes that the session waited so long, and that no message arrived.
    ///
    /// # Errors
    /// [`Stalled`]: the session should end.
    pub(super) fn waited(&mut self, time: Duration) -> Result<(), Stalled> {
        let bytes = self.watch.bytes();
        self.silent_for = if bytes == self.bytes {
            self.silent_for + time
        } else {
            Duration::ZERO
        };
        self.bytes = bytes;
        if self.silent_for >= SILENCE_LIMIT {
            return Err(Stalled);
        }
        let next = CHECK_EVERY.min(SILENCE_LIMIT - self.silent_for);
        self.check.as_mut().reset(Instant::now() + next);
        self.grown(time)
    }

    /// Notes that the session waited so long until a message or a control frame arrived.
    ///
    /// # Errors
    /// [`Stalled`]: it was a control frame, and the message that has begun does not grow.
    pub(super) fn arrived(&mut self, time: Duration) -> Result<(), Stalled> {
        self.silent_for = Duration::ZERO;
        self.bytes = self.watch.bytes();
        self.grown(time)
    }

    fn grown(&mut self, time: Duration) -> Result<(), Stalled> {
        let Some(now) = self.watch.incomplete() else {
            self.window = None;
            return Ok(());
        };
        let begun = self.window.filter(|(begun, _)| begun.number == now.number);
        let Some((begun, waited)) = begun else {
            let begin = Incomplete { bytes: 0, ..now };
            self.window = Some((begin, Duration::ZERO));
            return Ok(());
        };
        let waited = waited + time;
        self.window = if waited < GROWTH_WINDOW {
            Some((begun, waited))
        } else if now.bytes - begun.bytes < LEAST_GROWTH {
            return Err(Stalled);
        } else {
            Some((now, Duration::ZERO))
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A masked binary frame of 200,000 bytes, of which a test delivers a part.
    fn begun() -> (FrameWatch, Progress) {
        let watch = FrameWatch::default();
        watch.take(&[0x82, 0x82, 0, 0, 0, 0, 1, 2]).unwrap();
        watch
            .take(&[0x82, 0xff, 0, 0, 0, 0, 0, 3, 13, 64, 0, 0, 0, 0])
            .unwrap();
        (watch.clone(), Progress::new(watch))
    }

    /// The seconds until the progress is a stall, if so many bytes arrive in each.
    fn stalls_after(bytes: usize) -> Option<usize> {
        let (watch, mut progress) = begun();
        (1..=40).find(|_| {
            watch.take(&vec![0; bytes]).unwrap();
            progress.waited(SECOND).is_err()
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_must_grow_and_may_be_slow() {
        assert_eq!(stalls_after(0), Some(10));
        assert_eq!(stalls_after(1), Some(11));
        assert_eq!(stalls_after(500), Some(11));
        assert_eq!(stalls_after(1_100), None);
        assert_eq!(stalls_after(4_000), None);
    }

    #[tokio::test(start_paused = true)]
    async fn control_frames_are_signs_of_life_but_no_growth() {
        let (watch, mut progress) = begun();
        watch.take(&vec![0; 200_000]).unwrap();
        assert!(
            (0..100).all(|_| progress.arrived(SECOND).is_ok()),
            "nothing is incomplete"
        );
        watch.take(&[0x02, 0x81, 0, 0, 0, 0, 7]).unwrap();
        let stalled = (1..100).find(|_| progress.arrived(SECOND).is_err());
        assert_eq!(stalled, Some(11));
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_measured_in_bytes() {
        let (watch, mut progress) = begun();
        watch.take(&vec![0; 200_000]).unwrap();
        for _ in 0..20 {
            // Each second a whole pong.
            watch.take(&[0x8a, 0x80, 0, 0, 0, 0]).unwrap();
            progress.waited(SECOND).unwrap();
        }
        let silent = (1..100).find(|_| progress.waited(SECOND).is_err());
        assert_eq!(silent, Some(9));
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_noticed_after_nine_seconds_whenever_it_begins() {
        for tenths in 0..60 {
            let watch = FrameWatch::default();
            let mut progress = Progress::new(watch.clone());
            sleep(tenths * SECOND / 10).await;
            watch.take(&[0x8a, 0x80, 0, 0, 0, 0]).unwrap();
            progress.arrived(tenths * SECOND / 10).unwrap();
            let began = Instant::now();
            let mut since = began;
            loop {
                progress.due().await;
                let time = since.elapsed();
                since = Instant::now();
                if progress.waited(time).is_err() {
                    break;
                }
            }
            let took = began.elapsed().as_millis();
            assert!((9_000..9_010).contains(&took), "{tenths}: {took}");
        }
    }
}
