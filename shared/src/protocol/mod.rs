//! What travels: messages, their MessagePack form, close codes.
//!
//! `docs/protocol.md` describes the same for people who write a client in
//! another language. Knows model and ops; must not know sockets, nor who answers what:
//! that is `sync`.

pub mod close;
pub mod codec;
pub mod live;
pub mod message;
pub mod relay;

pub use close::{CloseCode, Reconnect};
pub use codec::{CodecError, decode, encode};
pub use live::{LiveItem, Profile, StrokeStyle};
pub use message::{
    ClientMsg, Heartbeat, Hello, PeerNo, Person, Refusal, Role, ServerMsg, Storing, Welcome,
};
pub use relay::{Guest, Relay, StoredCommit, Word};

/// Version of the wire format. A client of another version is turned away with
/// [`CloseCode::Version`] and reloads itself.
pub const PROTOCOL_VERSION: u16 = 2;
