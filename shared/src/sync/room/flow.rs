//! Flow control of one session: how many bytes it may be sent ahead of what its client has
//! acknowledged.
//!
//! A proxy between server and client may hold many seconds of data. Whatever is queued there delays
//! pings and heartbeats, and then both sides take the connection for dead. So the window follows the
//! rate at which the client receives, and is about two seconds of it.

use std::collections::VecDeque;

use crate::id::Millis;
use crate::limits::ACKNOWLEDGE_BYTES;

/// The window before the rate is known, in bytes: less than a second of a slow link.
const FIRST_WINDOW: u64 = 64 * 1024;
/// The smallest window in bytes. It is larger than [`ACKNOWLEDGE_BYTES`], so the client always
/// acknowledges before the window is used up. A link of 5 KiB a second takes 7 s for it, which is less
/// than a server waits for a pong.
const MIN_WINDOW: u64 = 2 * ACKNOWLEDGE_BYTES;
/// The largest window in bytes: a client 100 ms away can receive 5 MiB a second.
pub(super) const MAX_WINDOW: u64 = 512 * 1024;
/// The window holds what the client receives within this time, in milliseconds.
const WINDOW_MS: u64 = 2_000;
/// Live updates may fill this part of the window: one in so many.
const LIVE_DIVISOR: u64 = 4;
/// A session that acknowledges nothing for so long is closed, in milliseconds. Even on a link of
/// 5 KiB a second an acknowledgement comes every 4 s.
pub(super) const STALLED_MS: Millis = 30_000;

/// Frames that were handed out together.
#[derive(Debug, Clone, Copy)]
struct Handout {
    /// The bytes that were sent up to and including these frames.
    sent: u64,
    /// The bytes that were acknowledged at that moment.
    acknowledged: u64,
    at: Millis,
}

/// The client acknowledged more bytes than it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

/// The bytes on the way to one client.
#[derive(Debug)]
pub(super) struct Flow {
    sent: u64,
    acknowledged: u64,
    window: u64,
    /// Frames on the way, oldest first.
    handouts: VecDeque<Handout>,
    /// When the client acknowledged something last, or had no reason to.
    progress: Millis,
}

impl Flow {
    pub(super) const fn new(now: Millis) -> Self {
        Self {
            sent: 0,
            acknowledged: 0,
            window: FIRST_WINDOW,
            handouts: VecDeque::new(),
            progress: now,
        }
    }

    /// The bytes that were sent and not acknowledged.
    pub(super) const fn in_flight(&self) -> u64 {
        self.sent - self.acknowledged
    }

    /// The bytes that may be sent now; a frame that begins within them may be longer.
    pub(super) const fn room(&self) -> u64 {
        self.window.saturating_sub(self.in_flight())
    }

    /// The bytes that may be sent now within an allowance. One frame is always allowed if nothing is on
    /// the way.
    pub(super) const fn room_within(&self, allowance: u64) -> u64 {
        let room = self.room();
        if allowance < room {
            let least = (self.in_flight() < ACKNOWLEDGE_BYTES) as u64;
            return if allowance > least { allowance } else { least };
        }
        room
    }

    /// The bytes of live updates that may be sent now: so few that commits, which come behind them on
    /// the way, wait for half a second, or longer on links of less than 64 KiB a second.
    pub(super) fn room_for_live(&self) -> u64 {
        let most = (self.window / LIVE_DIVISOR).max(MIN_WINDOW);
        most.saturating_sub(self.in_flight())
    }

    /// How long the client takes to receive so many bytes, in milliseconds, as far as its rate is
    /// known.
    pub(super) const fn time_for(&self, bytes: u64) -> Millis {
        bytes.saturating_mul(WINDOW_MS) / self.window
    }

    /// Notes that frames were handed out.
    pub(super) fn sent(&mut self, bytes: u64, now: Millis) {
        if self.in_flight() < ACKNOWLEDGE_BYTES {
            self.progress = now;
        }
        self.sent += bytes;
        self.handouts.push_back(Handout {
            sent: self.sent,
            acknowledged: self.acknowledged,
            at: now,
        });
    }

    /// The client has received so many bytes on this connection.
    pub(super) fn acknowledge(&mut self, bytes: u64, now: Millis) -> Result<(), TooMuch> {
        if bytes > self.sent {
            return Err(TooMuch);
        }
        if bytes <= self.acknowledged {
            return Ok(());
        }
        self.acknowledged = bytes;
        self.progress = now;
        let mut newest = None;
        while let Some(handout) = self.handouts.pop_front_if(|it| it.sent <= bytes) {
            newest = Some(handout);
        }
        if let Some(handout) = newest {
            self.adapt(bytes - handout.acknowledged, now.saturating_sub(handout.at));
        }
        Ok(())
    }

    /// Adapts the window to a measurement: so many bytes arrived within so many milliseconds. A
    /// measurement of few bytes says nothing, because more could have been sent.
    fn adapt(&mut self, bytes: u64, within_ms: Millis) {
        if 2 * bytes < self.window {
            return;
        }
        let wanted = bytes.saturating_mul(WINDOW_MS) / within_ms.max(1);
        let wanted = wanted.clamp(MIN_WINDOW, MAX_WINDOW);
        self.window = (3 * self.window + wanted) / 4;
    }

    /// When the session stalls if the client acknowledges nothing; `None` if it need not.
    pub(super) fn stalled_at(&self) -> Option<Millis> {
        (self.in_flight() >= ACKNOWLEDGE_BYTES).then_some(self.progress + STALLED_MS)
    }

    /// Whether the client should have acknowledged something long ago.
    pub(super) fn is_stalled(&self, now: Millis) -> bool {
        self.stalled_at().is_some_and(|at| now >= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends over a link of so many bytes a millisecond for so long; the client acknowledges at
    /// once. Returns the window and the most bytes that were ever on the way.
    fn run(flow: &mut Flow, rate: u64, from: Millis, to: Millis) -> (u64, u64) {
        let (mut arrived, mut most) = (flow.acknowledged, 0);
        for now in from..to {
            arrived = flow.sent.min(arrived + rate);
            if arrived >= flow.acknowledged + ACKNOWLEDGE_BYTES {
                flow.acknowledge(arrived, now).unwrap();
            }
            if flow.room() > 0 {
                flow.sent(16 * 1024, now);
            }
            most = most.max(flow.in_flight());
        }
        (flow.window, most)
    }

    #[test]
    fn the_window_becomes_two_seconds_of_the_link() {
        for rate in [20, 50, 100, 200] {
            let (window, most) = run(&mut Flow::new(0), rate, 0, 60_000);
            let wanted = rate * WINDOW_MS;
            assert!(
                (wanted / 2..=wanted * 3 / 2).contains(&window),
                "{rate}: {window}"
            );
            assert!(
                most <= wanted * 2 + FIRST_WINDOW,
                "{rate}: {most} on the way"
            );
        }
    }

    #[test]
    fn live_updates_fill_half_a_second_of_a_slow_link() {
        let mut flow = Flow::new(0);
        run(&mut flow, 200, 0, 60_000);
        flow.acknowledge(flow.sent, 60_000).unwrap();
        let room = flow.room_for_live();
        assert!((50 * 1024..150 * 1024).contains(&room), "{room}");
        flow.sent(room, 60_000);
        assert_eq!(flow.room_for_live(), 0);
        assert!(flow.room() > room, "commits have more");
    }

    #[test]
    fn the_window_has_bounds() {
        assert!(run(&mut Flow::new(0), 5, 0, 60_000).0 <= 2 * MIN_WINDOW);
        assert_eq!(
            run(&mut Flow::new(0), 10_000, 0, 1_000).0.div_ceil(1024),
            512
        );
    }

    #[test]
    fn the_window_follows_a_link_that_becomes_slow() {
        let mut flow = Flow::new(0);
        run(&mut flow, 10_000, 0, 1_000);
        let (window, _) = run(&mut flow, 50, 1_000, 60_000);
        assert!(window < 200 * 1024, "{window}");
    }

    #[test]
    fn a_client_that_acknowledges_nothing_gets_only_the_first_window_and_stalls() {
        let mut flow = Flow::new(0);
        while flow.room() > 0 {
            flow.sent(16 * 1024, 0);
        }
        assert_eq!(flow.in_flight(), FIRST_WINDOW);
        assert!(!flow.is_stalled(STALLED_MS - 1) && flow.is_stalled(STALLED_MS));
        flow.acknowledge(ACKNOWLEDGE_BYTES, STALLED_MS).unwrap();
        assert!(!flow.is_stalled(2 * STALLED_MS - 1));
    }

    #[test]
    fn without_allowance_one_frame_is_on_the_way_at_a_time() {
        let mut flow = Flow::new(0);
        assert_eq!(flow.room_within(1_000), 1_000);
        assert_eq!(flow.room_within(0), 1);
        flow.sent(ACKNOWLEDGE_BYTES, 0);
        assert_eq!(flow.room_within(0), 0);
        flow.acknowledge(ACKNOWLEDGE_BYTES, 1).unwrap();
        assert_eq!(flow.room_within(0), 1);
        assert_eq!(flow.room_within(u64::MAX), FIRST_WINDOW);
    }

    #[test]
    fn a_quiet_client_does_not_stall() {
        let mut flow = Flow::new(0);
        flow.sent(ACKNOWLEDGE_BYTES - 1, 0);
        assert!(!flow.is_stalled(Millis::MAX));
    }

    #[test]
    fn nobody_acknowledges_more_than_was_sent() {
        let mut flow = Flow::new(0);
        flow.sent(100, 0);
        assert_eq!(flow.acknowledge(101, 0), Err(TooMuch));
        assert_eq!(flow.acknowledge(100, 0), Ok(()));
        assert_eq!(
            flow.acknowledge(40, 0),
            Ok(()),
            "an older number changes nothing"
        );
        assert_eq!(flow.in_flight(), 0);
    }
}
