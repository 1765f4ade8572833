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
pub use live::{LiveRight, LiveUpdate, Profile, StrokeStyle};
pub use message::{
    ClientMsg, Heartbeat, Hello, PartialSnapshot, PeerNo, Person, ProgramKind, Refusal, Rights,
    Role, ServerMsg, SnapshotPart, StoreStatus, Welcome,
};
pub use relay::{Relay, RelayMessage, RelayedPerson, StoredCommit};

/// The version of the wire format.
pub const PROTOCOL_VERSION: u16 = 7;
/// The oldest version whose clients a server still serves. It closes the connections of all others
/// by [`CloseCode::Version`], and the client asks its user to load the page again.
pub const OLDEST_PROTOCOL_VERSION: u16 = 5;
