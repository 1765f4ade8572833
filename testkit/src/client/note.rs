//! What happens to a roaming client.

use shared::id::{ClientId, CommitNo, Position, Seq};
use shared::protocol::{CloseCode, Refusal};
use shared::sync::Status;
use tokio::time::Instant;

/// A note and its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// When it happened, on the clock that all clients of a test share.
    pub when: Instant,
    /// What happened.
    pub note: Note,
}

/// Something that happened to a client.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// The user changed the board.
    Submitted(CommitNo),
    /// A commit was sent, perhaps again.
    Sent(CommitNo),
    /// The commit at a position came, or the acknowledgement of the client's own one.
    Placed {
        /// Its place.
        seq: Seq,
        /// Its author.
        author: ClientId,
        /// Its number.
        cno: CommitNo,
    },
    /// The client was told that its commits up to a number are durable, and forgot them.
    Durable(CommitNo),
    /// The server let the client in. Without `delta` a snapshot follows.
    Welcomed {
        /// The board's position.
        at: Position,
        /// Whether only the missing commits follow.
        delta: bool,
    },
    /// The history continues in another epoch; a snapshot follows.
    NewEpoch,
    /// A snapshot was loaded.
    Loaded(Position),
    /// The board at a position, as a digest.
    Board(Position, u64),
    /// The people on the board.
    People(Vec<ClientId>),
    /// The status that the user sees.
    Status(Status),
    /// The connection is open.
    Connected,
    /// The connection ended, or could not be made.
    Disconnected(Option<u16>),
    /// The server refused a commit.
    Refused(Refusal),
    /// The client connects no more.
    GaveUp(CloseCode),
    /// The server knows less of the client's commits than the client has forgotten.
    IdentityLost,
}
