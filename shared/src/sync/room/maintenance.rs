//! Maintenance beside the commits: the room checks the store, waits for durability, compacts the
//! log, and closes sessions that do not go on.

use crate::id::{Millis, Position, Seq};
use crate::limits::MAX_ELEMENTS;
use crate::protocol::{CloseCode, StoreStatus};

use super::fullness::percent;
use super::{Durability, Room, RoomEffect, StoreCall};

impl Room {
    /// Checks the store and compacts the log when that is due.
    pub(super) fn maintain(&mut self, now: Millis) {
        self.compaction.time_passed(now);
        if self.head_check.start(now) {
            self.effects.push_back(RoomEffect::Head);
        }
        self.compact();
        self.measure_fullness();
    }

    /// Measures the board by the limit that is nearest.
    pub(super) fn measure_fullness(&mut self) {
        let elements = percent(self.history.board().len() as u64, MAX_ELEMENTS as u64);
        self.fullness
            .measured(elements.max(self.compaction.percent()));
    }

    /// Closes the sessions whose clients acknowledge nothing although they should.
    pub(super) fn close_stalled(&mut self, now: Millis) {
        let stalled = self.sessions.iter();
        let stalled = stalled.filter(|(_, session)| session.flow.is_stalled(now));
        for no in stalled.map(|(no, _)| *no).collect::<Vec<_>>() {
            self.close(no, CloseCode::Slow);
        }
    }

    /// The store did not answer a request, which the driver goes on repeating.
    pub fn on_store_failed(&mut self, call: StoreCall, now: Millis) {
        self.health.failed(call, now);
    }

    /// The driver knows whether the store keeps commits at present: all sessions are told.
    pub fn on_store_status(&mut self, status: StoreStatus) {
        self.health.reported(status);
    }

    /// Starts waiting for the newest commit to become durable.
    pub(super) fn wait_durable(&mut self) {
        let at = self.at();
        if self.durable.start_waiting(at) {
            self.effects.push_back(RoomEffect::WaitDurable(at));
        }
    }

    /// Answers [`RoomEffect::WaitDurable`] for a position.
    pub fn on_durability(&mut self, asked: Position, answer: Durability) {
        let at = self.at();
        if self.durable.answered(asked, answer, at) {
            self.wait_durable();
        }
    }

    /// Lets the log be compacted soon, because the board took long to replay: the next replay
    /// then begins at a snapshot.
    pub const fn compact_soon(&mut self) {
        self.is_told = true;
        self.compaction.hurry();
    }

    /// Compacts the log when that is due. Pages of the conversation must be stored before, because a
    /// room that opens the board later finds them only in the log.
    pub(super) fn compact(&mut self) {
        if !self.chat_pages.are_stored() {
            return;
        }
        let seq = self.at().seq;
        let kept = self.ring.iter().next();
        let dropped = kept.map_or(seq, |oldest| oldest.seq.saturating_sub(1));
        if let Some(floor) = self.compaction.start(seq, dropped) {
            let snapshot = Box::new(self.state().clone());
            self.effects
                .push_back(RoomEffect::Compact { snapshot, floor });
        }
    }

    /// Notes how many bytes the encoded state has. The driver calls this with the size of the
    /// snapshot of [`RoomEffect::Compact`], before [`Self::on_compacted`].
    pub const fn snapshot_measured(&mut self, bytes: usize) {
        self.compaction.measured(bytes);
        self.is_told = true;
    }

    /// Answers [`RoomEffect::Compact`]: whether the snapshot at `seq` is stored now.
    pub fn on_compacted(&mut self, stored: bool, seq: Seq) {
        let since = self.at().seq.saturating_sub(seq);
        self.compaction.finished(stored.then_some(since));
        self.is_told = true;
    }
}
