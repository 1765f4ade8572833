//! What the store answers and tells.

use shared::protocol::StoreStatus;

use super::super::board_store::StoreReply;
use super::super::head_watch::HeadNews;
use super::{Actor, Failure};

impl Actor {
    pub(super) fn on_store(&mut self, reply: StoreReply) -> Result<(), Failure> {
        let now = self.clock.now();
        match reply {
            StoreReply::Batch(reply) => self.room.on_batch(reply),
            StoreReply::Tail(after, tail) => self.room.on_tail(after, tail),
            StoreReply::Loaded(loaded) => self.room.on_loaded(loaded?.map(|replayed| *replayed)),
            StoreReply::Head(head) => self.room.on_head(head, now),
            StoreReply::HeadFailed => self.room.on_head_failed(now),
            StoreReply::Durability(at, answer) => self.room.on_durability(at, answer),
            StoreReply::Compacted { stored, seq, bytes } => {
                if let Some(bytes) = bytes {
                    self.room.snapshot_measured(bytes);
                }
                self.room.on_compacted(stored, seq);
            }
            StoreReply::Encoded(encoded) => self.room.on_encoded(encoded),
            StoreReply::ChatPageStored(number) => self.room.on_chat_page_stored(number),
            StoreReply::ChatPage(number, page) => self.room.on_chat_page(number, page),
            StoreReply::AuthorNoted | StoreReply::Record(None) => {}
            StoreReply::Record(Some((record, version))) => self.on_record(record, version),
            StoreReply::Deleted => return Err(self.delete()),
            StoreReply::Failed(call) => self.room.on_store_failed(call, now),
        }
        Ok(())
    }

    pub(super) fn on_head_news(&mut self, news: HeadNews) {
        let now = self.clock.now();
        match news {
            HeadNews::Same => self.room.on_same_head(),
            HeadNews::Other(head) => self.room.on_head(head, now),
            HeadNews::Failed => self.room.on_head_failed(now),
        }
    }

    pub(super) fn on_store_health(&mut self) {
        let status = if self.store_health.borrow_and_update().is_down() {
            StoreStatus::Down
        } else {
            StoreStatus::Up
        };
        self.room.on_store_status(status);
    }
}
