//! The requests of a driver to the program around it.

use crate::id::{ClientKey, CommitNo};
use crate::model::BlobHash;
use crate::op::Commit;
use crate::protocol::{CloseCode, Refusal, Rights};
use crate::sync::Change;

use super::Identity;

/// What [`Driver::poll_event`](super::Driver::poll_event) gives: requests to carry out, and news
/// to show.
#[derive(Debug, Clone, PartialEq)]
pub enum DriverEvent {
    /// Connect to the server. [`Driver::on_connected`](super::Driver::on_connected) or
    /// [`Driver::on_disconnected`](super::Driver::on_disconnected) tells the driver how it went.
    Connect,
    /// Close the connection, or stop connecting. The driver ignores all further messages of it.
    Disconnect,
    /// The server refuses this client, and the driver does not connect again.
    GaveUp(CloseCode),
    /// The server has been away for ten seconds; [`Driver::obstacle`](super::Driver::obstacle) says
    /// what is known. This comes once in each outage.
    OutageLasts,
    /// Change the outbox.
    Outbox(OutboxChange),
    /// Keep this identity for the next page of the same tab.
    SaveIdentity(Identity),
    /// The identity cannot go on: call [`Driver::renew`](super::Driver::renew) with a fresh key.
    IdentityLost,
    /// Elements changed on the shown board.
    Changed(Vec<Change>),
    /// Elements of a board that is being loaded are shown now. No commit changed them.
    Loaded(Vec<Change>),
    /// The whole board was replaced.
    Reset,
    /// [`Replica::progress`](crate::sync::Replica::progress) changed.
    Progress,
    /// How full the board is, in percent of its largest size.
    Fullness(u8),
    /// People, cursors or live ink changed.
    Presence,
    /// The conversation changed.
    Chat,
    /// The rights of this person.
    Rights(Rights),
    /// The board's title.
    Title(String),
    /// A blob of the board is complete and can be loaded.
    BlobReady(BlobHash),
    /// The server refused a commit, and the replica took it back.
    Refused(Refusal),
}

/// A change of the outbox, which keeps commits beyond the life of the page until they are durable.
#[derive(Debug, Clone, PartialEq)]
pub enum OutboxChange {
    /// Keep a commit. It replaces one with the same author and number.
    Keep {
        /// The identity that made it.
        author: ClientKey,
        /// The commit.
        commit: Commit,
    },
    /// Drop the commits up to a number, because they are durable.
    Forget {
        /// The identity that made them.
        author: ClientKey,
        /// The last number to drop.
        up_to: CommitNo,
    },
    /// Drop an identity that is no longer used, with all its commits.
    ForgetAuthor(ClientKey),
}
