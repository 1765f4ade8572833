//! Rooms, and how clients speak in them.

use std::net::{Ipv4Addr, SocketAddrV4};

use shared::id::ClientKey;
use shared::model::Color;
use shared::protocol::{ClientMsg, CodecError, Hello, PROTOCOL_VERSION, Profile, encode};
use testkit::board::Link;

use crate::frame::{self, BINARY};

/// People who share an address.
const SHARING: u32 = 10;

/// What clients speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    /// The protocol of boards.
    Boards,
    /// Binary messages that a relay hands on.
    Relay,
}

/// A room to fill.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    /// Servers; the people take them in turn.
    pub(crate) nodes: Vec<SocketAddrV4>,
    /// The board; relays need none.
    pub(crate) link: Option<Link>,
    /// The number of the room. It also decides the addresses from which its people come.
    pub(crate) number: u32,
    /// How many people are in it.
    pub(crate) people: u32,
    /// How many of them have a pen.
    pub(crate) pens: u32,
}

impl Room {
    /// The address of a person. Servers limit what each address may use, so few people share one.
    pub(super) fn from(&self, person: u32) -> Ipv4Addr {
        let addresses = self.people.div_ceil(SHARING);
        let address = self.number * addresses + person / SHARING;
        let [_, high, middle, low] = address.to_be_bytes();
        Ipv4Addr::new(127, 16 + high, middle, low)
    }

    /// The path of its WebSockets.
    pub(super) fn path(&self) -> String {
        match self.link {
            Some(link) => format!("/ws/{}", link.board),
            None => format!("/{}", self.number),
        }
    }

    /// The first frame of a person; empty for a relay.
    ///
    /// # Errors
    /// Never: a hello can be encoded.
    pub(super) fn hello(&self, key: ClientKey) -> Result<Vec<u8>, CodecError> {
        let mut first = Vec::new();
        if let Some(link) = self.link {
            let hello = Hello {
                version: PROTOCOL_VERSION,
                secret: link.secret,
                key,
                session: 1,
                profile: Profile {
                    name: "Ada".to_owned(),
                    color: Color::default(),
                },
                resume: None,
                view: None,
                partial: None,
                device: None,
                program: None,
            };
            frame::from_client(BINARY, &encode(&ClientMsg::Hello(hello))?, &mut first);
        }
        Ok(first)
    }
}
