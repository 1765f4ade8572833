//! What rooms and people share: time, counters, the store, and who has subscribed to which board.

use std::rc::Rc;

use bytes::Bytes;
use shared::id::{Millis, Position, Seq};
use shared::protocol::{ClientMsg, CloseCode, StoredCommit};
use shared::sync::log::{BatchReply, Head};
use shared::sync::{Durability, SessionNo};

use crate::tally::{Counts, Kind};

use super::store::{Appended, StoredBoard};
use super::wheel::Wheel;

/// From a client to its node or back, in milliseconds.
const LINK_MS: Millis = 15;
/// Until a connection is open: name, TCP, TLS and the upgrade.
const CONNECT_MS: Millis = 4 * LINK_MS;
/// A call of the store.
const STORE_MS: Millis = 2;
/// From one node over the broker to another.
const BROKER_MS: Millis = 1;
/// Until stored commits are on the disk: half of the time from one `fsync` to the next.
const DURABLE_MS: Millis = 500;

/// Where the name of a message is in its frame: a map of one entry begins with `81 a1`.
pub(super) const NAME: usize = 2;

/// Something that happens at a time.
#[derive(Debug)]
pub(super) enum Event {
    /// A person's connection reaches the load balancer.
    Connect(usize),
    /// A message of a person reaches its node.
    Up(usize, SessionNo, Box<ClientMsg>),
    /// Frames reach a person.
    Down(usize, SessionNo, Vec<Bytes>),
    /// A person learns that its connection ended.
    Closed(usize, SessionNo, Option<CloseCode>),
    /// A room learns that a connection ended.
    Left(usize, SessionNo),
    /// A node asks the store where its boards stand.
    Heads(usize),
    /// The driver of a person has something to do.
    PersonDue(usize),
    /// A person draws the next piece.
    Draw(usize),
    /// A room takes its turn, because something arrived.
    Run(usize),
    /// A room has something to do.
    RoomDue(usize),
    /// A room hears of commits.
    Log(usize, Rc<Appended>),
    /// A room hears another one.
    Relay(usize, Bytes),
    /// The store answers a room.
    Answer(usize, Answer),
}

/// An answer of the store.
#[derive(Debug)]
pub(super) enum Answer {
    Opened,
    Batch(BatchReply),
    Head(Head),
    Durability(Position, Durability),
    Tail(Position, Option<Vec<(Seq, StoredCommit)>>),
    Compacted(bool, Seq),
    Record,
}

/// A board in the store, and the rooms that have subscribed to its channels.
#[derive(Debug)]
pub(super) struct Board {
    pub(super) stored: StoredBoard,
    pub(super) subscribers: Vec<usize>,
}

/// What rooms and people share.
#[derive(Debug)]
pub(super) struct Net {
    pub(super) wheel: Wheel<Event>,
    pub(super) counts: Counts,
    pub(super) boards: Vec<Board>,
}

impl Net {
    pub(super) const fn now(&self) -> Millis {
        self.wheel.now()
    }

    pub(super) fn count(&mut self, kind: Kind, more: usize) {
        self.counts[kind] += more as u64;
    }

    pub(super) fn connect(&mut self, person: usize) {
        let at = self.now() + CONNECT_MS;
        self.wheel.at(at, Event::Connect(person));
    }

    /// A person sends a message.
    pub(super) fn up(&mut self, person: usize, session: SessionNo, message: ClientMsg) {
        self.count(
            match &message {
                ClientMsg::Hello(_) => Kind::Hello,
                ClientMsg::Commit(_) => Kind::CommitUp,
                ClientMsg::Live(_) => Kind::LiveUp,
                ClientMsg::Received(_) | ClientMsg::Profile(_) | ClientMsg::ChatPage(_) => {
                    Kind::Receipt
                }
            },
            1,
        );
        let at = self.now() + LINK_MS;
        self.wheel
            .at(at, Event::Up(person, session, Box::new(message)));
    }

    /// A room sends a person frames.
    pub(super) fn down(&mut self, person: usize, session: SessionNo, frames: Vec<Bytes>) {
        for frame in &frames {
            self.count_frame(frame);
        }
        let at = self.now() + LINK_MS;
        self.wheel.at(at, Event::Down(person, session, frames));
    }

    /// Counts a frame by the name of its message.
    fn count_frame(&mut self, frame: &[u8]) {
        self.count(Kind::BytesDown, frame.len());
        let kind = match frame.get(NAME) {
            Some(b'l') => Kind::LiveFrame,
            Some(b'b') => Kind::Heartbeat,
            Some(b'c') => Kind::CommitDown,
            Some(b'a') => Kind::Ack,
            Some(b'p') => Kind::PeopleList,
            Some(b'w') => Kind::Welcome,
            Some(b's') => Kind::SnapshotPart,
            _ => Kind::OtherDown,
        };
        self.count(kind, 1);
        if kind == Kind::LiveFrame {
            let items = array_length(frame.get(NAME + 1..).unwrap_or_default());
            self.count(Kind::LiveItem, items);
        }
    }

    /// A connection ends; the person learns it.
    pub(super) fn close(&mut self, person: usize, session: SessionNo, code: Option<CloseCode>) {
        let at = self.now() + LINK_MS;
        self.wheel.at(at, Event::Closed(person, session, code));
    }

    /// A connection ends; the room learns it.
    pub(super) fn leave(&mut self, slot: usize, session: SessionNo) {
        let at = self.now() + LINK_MS;
        self.wheel.at(at, Event::Left(slot, session));
    }

    pub(super) fn answer(&mut self, slot: usize, answer: Answer) {
        let wait = match &answer {
            Answer::Durability(..) => DURABLE_MS,
            _ => STORE_MS,
        };
        let at = self.now() + wait;
        self.wheel.at(at, Event::Answer(slot, answer));
    }

    /// Publishes a relay to the rooms of a board. Its sender gets it too, and ignores it.
    pub(super) fn publish(&mut self, board: usize, sender: usize, relay: &Bytes) {
        let (published, received) = relay_kinds(relay);
        self.count(published, 1);
        let subscribers = self.subscribers(board);
        self.count(received, subscribers.len());
        let at = self.now() + BROKER_MS;
        for other in subscribers.into_iter().filter(|other| *other != sender) {
            self.wheel.at(at, Event::Relay(other, relay.clone()));
        }
    }

    /// Publishes commits to all rooms of a board.
    pub(super) fn publish_log(&mut self, board: usize, appended: Appended) {
        self.count(Kind::PublishedLog, 1);
        let subscribers = self.subscribers(board);
        self.count(Kind::ReceivedLog, subscribers.len());
        let (at, appended) = (self.now() + BROKER_MS, Rc::new(appended));
        for slot in subscribers {
            self.wheel.at(at, Event::Log(slot, Rc::clone(&appended)));
        }
    }

    fn subscribers(&self, board: usize) -> Vec<usize> {
        let board = self.boards.get(board);
        board.map_or_else(Vec::new, |board| board.subscribers.clone())
    }
}

/// What to count for a relay: `92`, the node as `bin 16`, then the message by its name, which is in a map
/// of one entry unless it is alone.
fn relay_kinds(relay: &[u8]) -> (Kind, Kind) {
    const NODE: usize = 19;
    let name = match relay.get(NODE) {
        Some(0x81) => relay.get(NODE + 2),
        _ => relay.get(NODE + 1),
    };
    match name {
        Some(b'l' | b'm') => (Kind::PublishedLive, Kind::ReceivedLive),
        Some(b'p' | b'n') => (Kind::PublishedLease, Kind::ReceivedLease),
        _ => (Kind::PublishedOther, Kind::ReceivedOther),
    }
}

/// The length of an array in MessagePack; 0 for anything else.
fn array_length(bytes: &[u8]) -> usize {
    match bytes {
        [short @ 0x90..=0x9f, ..] => usize::from(short & 0x0f),
        [0xdc, high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    }
}
