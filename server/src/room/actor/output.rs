//! Sends each session the messages that it lacks.

use std::time::{Duration, Instant};

use shared::id::Millis;
use shared::sync::SessionNo;
use tokio::task::yield_now;

use super::super::connection_writer::WriterState;
use super::Actor;

/// How long frames are sent before other tasks run: many people on one board must not hold up others.
const SEND_LIMIT: Duration = Duration::from_millis(1);
/// When a session is looked at again that may be sent nothing, because too much is on the way to
/// other clients, in milliseconds.
const AGAIN_MS: Millis = 200;

impl Actor {
    /// Sends the sessions that are ready the messages that they lack.
    pub(super) async fn send_output(&mut self) {
        let now = self.clock.now();
        let mark = self.room.output_mark();
        let touched = std::mem::take(&mut self.outputs.touched);
        let visited: Vec<SessionNo> = if self.outputs.mark == Some(mark) && now < self.outputs.due {
            touched.into_iter().collect()
        } else {
            (self.outputs.mark, self.outputs.due) = (Some(mark), Millis::MAX);
            self.sessions.keys().copied().collect()
        };
        let mut until = None;
        for session in visited {
            let due = self.serve(session, now);
            self.outputs.due = self.outputs.due.min(due);
            if Instant::now() > *until.get_or_insert_with(|| Instant::now() + SEND_LIMIT) {
                yield_now().await;
                until = None;
            }
        }
        let (frames, bytes) = (self.outputs.frames, self.outputs.bytes);
        if frames > 0 {
            self.metrics.fan_out.frames_sent(frames, bytes);
            (self.outputs.frames, self.outputs.bytes) = (0, 0);
        }
    }

    /// Sends a session what it lacks. Returns when it lacks more although nothing happens.
    fn serve(&mut self, session: SessionNo, now: Millis) -> Millis {
        while let Some(handle) = self.sessions.get_mut(&session) {
            handle.transfer.set_used(self.room.in_flight(session));
            if !self.room.has_output(session, now) {
                return self.room.output_due(session);
            }
            match handle.writer.state() {
                WriterState::Ready => {}
                // It says when it is ready.
                WriterState::Busy => return Millis::MAX,
                WriterState::Ended => {
                    self.leave(session);
                    return Millis::MAX;
                }
            }
            let frames = self.room.transmit(session, now, handle.transfer.left());
            if frames.is_empty() {
                return now + AGAIN_MS;
            }
            self.outputs.frames += frames.len() as u64;
            self.outputs.bytes += frames.iter().map(|frame| frame.len() as u64).sum::<u64>();
            handle.writer.send(frames);
        }
        Millis::MAX
    }
}
