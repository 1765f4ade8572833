//! The wire format: messages, their MessagePack form, close codes.
//!
//! `docs/protocol.md` describes the wire format for authors of clients in other languages. `sync`
//! decides when a client or a server sends which message.

pub mod close;
pub mod codec;
pub mod live;
pub mod message;
pub mod relay;

pub use close::{CloseCode, Reconnect};
pub use codec::{CodecError, decode, encode};
pub use live::{LiveUpdate, Profile, StrokeStyle};
pub use message::{
    ClientMsg, Heartbeat, Hello, PartialSnapshot, PeerNo, Person, Refusal, Role, ServerMsg,
    SnapshotPart, StoreStatus, Welcome,
};
pub use relay::{Relay, RelayMessage, RelayedPerson, StoredCommit};

/// The version of the wire format. A server closes the connection of a client with another version
/// by [`CloseCode::Version`], and the client reloads itself.
pub const PROTOCOL_VERSION: u16 = 4;
