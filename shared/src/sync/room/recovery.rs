//! Recovery: the room and the store agree again after one of them missed or lost something.

use crate::id::Millis;
use crate::protocol::StoredCommit;

use super::super::confirmed_state::ConfirmedState;
use super::super::log::Head;
use super::{Replayed, Room, RoomEffect, StoreCall};

impl Room {
    /// Asks for the whole board again; until it is loaded nothing is applied.
    pub(super) fn reload(&mut self) {
        if !self.pipeline.is_suspended() {
            self.pipeline.suspend();
            self.effects.push_back(RoomEffect::Load);
        }
    }

    /// Restores the board in a store that has lost it altogether.
    pub(super) fn restore(&mut self) {
        self.pipeline.suspend();
        let snapshot = Box::new(self.state().clone());
        self.effects.push_back(RoomEffect::Restore { snapshot });
    }

    /// The board's history continues in another epoch.
    pub fn on_epoch_changed(&mut self) {
        self.reload();
    }

    /// The connection to the broker was lost and is back: any message may have been missed.
    pub fn on_resubscribed(&mut self, now: Millis) {
        self.request_people();
        self.head_check.hurry(now);
        self.maintain(now);
    }

    /// Answers [`RoomEffect::Load`], also after [`RoomEffect::Restore`]: the replayed board, or
    /// `None` if the store does not know the board.
    pub fn on_loaded(&mut self, replayed: Option<Replayed>) {
        self.health.answered(StoreCall::Read);
        let Some(replayed) = replayed else {
            self.restore();
            return;
        };
        let Replayed {
            history,
            ring,
            deleted,
            compaction: _,
            chat_pages,
            record_version,
        } = replayed;
        if self.head_check.is_other(record_version) {
            self.effects.push_back(RoomEffect::ReadRecord);
        }
        self.pipeline.resume();
        let before = self.at();
        if history.at().epoch == before.epoch && history.at().seq < before.seq {
            // A store that has less than this room has lost its tail. The next
            // batch makes it begin a new epoch.
            self.begin_new_epoch();
            return;
        }
        let lost = self.missing_from(&history);
        self.history = history;
        self.ring = ring;
        self.deleted = deleted;
        self.store_chat_pages(chat_pages);
        if self.at().epoch != before.epoch {
            self.durable.reset();
            self.pipeline.enqueue_first(lost);
            self.restart_sessions();
        }
        self.wait_durable();
        self.start_batch();
    }

    /// Commits that this room knows and a history lacks, in the order they had.
    fn missing_from(&self, history: &ConfirmedState) -> Vec<StoredCommit> {
        let entries = self.ring.iter().map(|entry| &entry.stored);
        entries
            .filter(|commit| commit.cno > history.last_cno(commit.author))
            .cloned()
            .collect()
    }

    /// Answers [`RoomEffect::Head`].
    pub fn on_head(&mut self, head: Option<Head>, now: Millis) {
        self.head_check.answered();
        self.compaction.time_passed(now);
        self.health.answered(StoreCall::Head);
        let Some(head) = head else {
            // A load or restore that is under way finds this out by itself.
            if !self.pipeline.is_suspended() {
                self.restore();
            }
            return;
        };
        self.compaction.store_counts(head.bytes);
        self.is_told = true;
        if self.head_check.is_other(head.record_version) {
            self.effects.push_back(RoomEffect::ReadRecord);
        }
        let at = self.at();
        if self.pipeline.is_suspended() {
            return;
        }
        if head.at.epoch != at.epoch {
            self.reload();
        } else if head.at.seq < at.seq {
            self.begin_new_epoch();
        } else if head.at.seq > at.seq {
            self.read_gap();
        }
    }

    /// The store answers again, and has what this room has.
    pub fn on_same_head(&mut self) {
        self.health.answered(StoreCall::Head);
    }

    /// The store did not tell where it stands in time; it will be asked again.
    pub fn on_head_failed(&mut self, now: Millis) {
        self.head_check.answered();
        self.on_store_failed(StoreCall::Head, now);
    }
}
