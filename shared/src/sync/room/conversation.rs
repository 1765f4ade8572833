//! The conversation beside the log: pages between the room, its store and its clients, and questions to
//! the assistant.

use bytes::Bytes;

use crate::chat::{ASSISTANT, ChatChange, ChatPage, question};
use crate::protocol::{ServerMsg, StoredCommit};

use super::super::confirmed_state::decode_commit;
use super::super::packed::pack;
use super::effect::Asked;
use super::{Room, RoomEffect, SessionNo};

/// Commits with a message are smaller. Of larger ones not even the bytes are searched.
const MAX_QUESTION_BYTES: usize = 64 * 1024;

impl Room {
    /// Has pages stored that commits have filled.
    pub(super) fn store_chat_pages(&mut self, pages: Vec<ChatPage>) {
        let epoch = self.at().epoch;
        for page in pages {
            let number = page.number;
            let Ok(packed) = pack(&page) else { continue };
            let packed = Bytes::from(packed);
            self.chat_pages.filled(number, packed.clone());
            self.effects.push_back(RoomEffect::StoreChatPage {
                epoch,
                number,
                packed,
            });
        }
    }

    /// Passes on the question to the assistant in a commit that this server has stored: the first one, as
    /// pages send no more in one commit.
    pub(super) fn note_question(&mut self, stored: &StoredCommit) {
        if !may_ask(&stored.payload) {
            return;
        }
        let authored = decode_commit(stored);
        let asks = authored.commit.chat_ops().find_map(|op| match &op.change {
            ChatChange::Post(message) if question(&message.text).is_some() => Some((op, message)),
            _ => None,
        });
        self.effects.extend(asks.map(|(op, message)| {
            RoomEffect::Asked(Box::new(Asked {
                client: authored.author,
                stamp: op.stamp.clone(),
                message: (**message).clone(),
            }))
        }));
    }

    /// Answers [`RoomEffect::StoreChatPage`].
    pub fn on_chat_page_stored(&mut self, number: u64) {
        self.chat_pages.stored(number);
        self.is_told = true;
    }

    /// A client asks for a page. It is not asked for a second one until the first was sent.
    pub(super) fn receive_chat_page_request(&mut self, no: SessionNo, number: u64) {
        let exists = number < self.state().chat.pages;
        let Some(session) = self.sessions.get_mut(&no) else {
            return;
        };
        if session.chat_page.is_some() {
            return;
        }
        session.chat_page = Some(number);
        let unstored = self.chat_pages.find(number).cloned();
        match (exists, unstored) {
            (true, None) => self.effects.push_back(RoomEffect::ReadChatPage(number)),
            (true, packed) => self.on_chat_page(number, packed),
            (false, _) => self.on_chat_page(number, None),
        }
    }

    /// Answers [`RoomEffect::ReadChatPage`]; `None` if the store does not have the page, or cannot be
    /// reached.
    pub fn on_chat_page(&mut self, number: u64, packed: Option<Bytes>) {
        let packed = packed.map(|packed| packed.to_vec()).unwrap_or_default();
        let waiting = self.sessions.values_mut();
        for session in waiting.filter(|session| session.chat_page == Some(number)) {
            session.chat_page = None;
            session.control.push(ServerMsg::ChatPage {
                number,
                packed: packed.clone().into(),
            });
        }
    }
}

/// Whether the bytes of a commit name the assistant. Most commits need no more than this search.
fn may_ask(payload: &[u8]) -> bool {
    let name = ASSISTANT.as_bytes();
    let mut parts = payload.windows(name.len());
    payload.len() <= MAX_QUESTION_BYTES && parts.any(|part| part.eq_ignore_ascii_case(name))
}
