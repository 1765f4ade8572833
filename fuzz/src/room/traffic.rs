//! What goes between the clients, the room and its store.

use shared::id::{ClientKey, Secret};
use shared::protocol::{ClientMsg, CloseCode, Hello, Role, ServerMsg, decode};
use shared::sync::{CutSizes, DriverEvent, Durability, EncodedSnapshot, RoomEffect, SessionNo};
use testkit::fixtures::hello;

use super::world::{HOSTILE, World, replayed};

impl World {
    /// Carries everything that waits to where it goes, until nothing waits.
    pub(super) fn settle(&mut self) {
        for _ in 0..64 {
            let mut is_quiet = self.carry_out();
            for at in 0..self.clients.len() {
                is_quiet &= self.follow(at);
            }
            if is_quiet {
                return;
            }
        }
    }

    /// Takes the events and messages of a client; whether there were none.
    fn follow(&mut self, at: usize) -> bool {
        let mut is_quiet = true;
        while let Some(event) = self.clients[at].driver.poll_event() {
            is_quiet = false;
            match event {
                DriverEvent::Connect => self.connect(at),
                DriverEvent::Disconnect => self.leave(at),
                DriverEvent::IdentityLost => self.renew(at),
                DriverEvent::GaveUp(code) => panic!("an honest client was refused: {code:?}"),
                _ => {}
            }
        }
        while let Some(message) = self.clients[at].driver.poll_send(0) {
            is_quiet = false;
            self.receive(at, message);
        }
        let Some(session) = self.clients[at].session else {
            return is_quiet;
        };
        if self.room.has_output(session, self.now) {
            for frame in self.room.transmit(session, self.now, u64::MAX) {
                is_quiet = false;
                self.clients[at].driver.on_frame(&frame, self.now);
            }
        }
        is_quiet
    }

    fn connect(&mut self, at: usize) {
        self.sessions += 1;
        self.clients[at].session = Some(SessionNo(self.sessions));
        self.clients[at].driver.on_connected(self.now);
    }

    fn receive(&mut self, at: usize, message: ClientMsg) {
        let Some(session) = self.clients[at].session else {
            return;
        };
        match message {
            ClientMsg::Hello(hello) => self.join(session, &hello, self.clients[at].role),
            other => self.room.receive(session, other, self.now),
        }
    }

    fn join(&mut self, session: SessionNo, hello: &Hello, role: Role) {
        self.room.join(session, hello, role, self.now);
    }

    fn leave(&mut self, at: usize) {
        if let Some(session) = self.clients[at].session.take() {
            self.room.leave(session, self.now);
        }
    }

    pub(super) fn disconnect(&mut self, at: usize, code: Option<CloseCode>) {
        self.leave(at);
        let code = code.map(CloseCode::number);
        self.clients[at].driver.on_disconnected(code, self.now);
    }

    fn renew(&mut self, at: usize) {
        let client = &mut self.clients[at];
        client.renewals += 1;
        let key = ClientKey::from_bytes([100 + 10 * at as u8 + client.renewals; 16]);
        client.driver.renew(key, self.now);
    }

    pub(super) fn join_hostile(&mut self) {
        let hello = hello(Secret::from_bytes([1; 16]), 66);
        self.join(HOSTILE, &hello, Role::Edit);
    }

    /// Carries out the requests of the room; whether there were none.
    fn carry_out(&mut self) -> bool {
        while self.room.apply_next().is_some() {}
        for frame in self.room.transmit(HOSTILE, self.now, u64::MAX) {
            let message = decode::<ServerMsg>(&frame, usize::MAX);
            assert!(message.is_ok(), "a room sends messages");
        }
        let mut effects = std::mem::take(&mut self.waiting);
        effects.extend(std::iter::from_fn(|| self.room.poll_effect()));
        let before = effects.len();
        for effect in effects {
            self.carry_out_one(effect);
        }
        before == self.waiting.len()
    }

    fn carry_out_one(&mut self, effect: RoomEffect) {
        match effect {
            RoomEffect::Publish(_)
            | RoomEffect::NoteAuthor(_)
            | RoomEffect::Asked(_)
            | RoomEffect::ReadRecord
            | RoomEffect::PeopleByLink { .. } => {}
            RoomEffect::Close { session, code } => self.closed(session, code),
            RoomEffect::Encode(snapshot) => {
                let sizes = CutSizes {
                    section: 500,
                    part: 200,
                };
                self.room
                    .on_encoded(EncodedSnapshot::cut(&snapshot, sizes).ok());
            }
            other if !self.is_store_up => self.waiting.push(other),
            RoomEffect::Commit(batch) => self.room.on_batch(self.store.commit(&batch)),
            RoomEffect::ReadAfter(after) => self.room.on_tail(after, self.store.read_after(after)),
            RoomEffect::Load => self.room.on_loaded(Some(replayed(self.store.load()))),
            RoomEffect::Head => self.room.on_head(Some(self.store.head()), self.now),
            RoomEffect::WaitDurable(at) => self.room.on_durability(at, Durability::Confirmed),
            RoomEffect::Compact { snapshot, .. } => {
                let stored = self.store.keep(&snapshot);
                self.room.on_compacted(stored, snapshot.at.seq);
            }
            RoomEffect::StoreChatPage { number, packed, .. } => {
                self.store.chat_pages.insert(number, packed);
                self.room.on_chat_page_stored(number);
            }
            RoomEffect::ReadChatPage(number) => {
                let page = self.store.chat_pages.get(&number).cloned();
                self.room.on_chat_page(number, page);
            }
            RoomEffect::Restore { .. } => panic!("this store loses nothing"),
        }
    }

    fn closed(&mut self, session: SessionNo, code: CloseCode) {
        match self
            .clients
            .iter()
            .position(|it| it.session == Some(session))
        {
            Some(at) => self.disconnect(at, Some(code)),
            None => {
                self.room.leave(session, self.now);
                if session == HOSTILE {
                    self.join_hostile();
                }
            }
        }
    }
}
