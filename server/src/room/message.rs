//! The messages between the hub, sessions and rooms.

use std::fmt;
use std::sync::Arc;

use shared::id::{ClientId, CommitNo, LinkId, PersonId};
use shared::model::BlobHash;
use shared::protocol::{ClientMsg, CloseCode, Hello, Role};
use shared::sync::{SessionNo, Snapshot};
use tokio::sync::oneshot;

use super::connection_writer::ConnectionWriter;
use super::people_by_link::PeopleByLink;
use crate::caller_rate_limit::Caller;
use crate::cpu_budget::CpuAccount;
use crate::metrics::OpenGuard;
use crate::transfer_budget::SessionBudget;

/// The handle by which a room reaches a session.
#[derive(Debug)]
pub struct SessionHandle {
    /// Where frames are sent. One batch at a time: the room keeps no queue for a session, and sends the
    /// next batch when this one is written.
    pub writer: Arc<dyn ConnectionWriter>,
    /// Ends the session after the frames sent before. Dropping it means that
    /// the room has ended.
    pub closer: oneshot::Sender<CloseCode>,
    /// What the room charges for its work for the session.
    pub cpu: CpuAccount,
    /// The session's share of the bytes on the way to clients.
    pub transfer: SessionBudget,
    /// Counts the person.
    pub person: OpenGuard,
    /// By what the client is on the board.
    pub admission: Admission,
}

/// By what a client is on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Its link.
    pub link: LinkId,
    /// The client.
    pub client: ClientId,
    /// The person behind it.
    pub person: PersonId,
    /// The revision of the record by which it was admitted.
    pub revision: u64,
    /// Whether it is a program that may use only links for programs.
    pub is_program: bool,
    /// The person for whom this server itself is on the board: it leaves when the person must, and takes
    /// no place of people.
    pub on_behalf_of: Option<PersonId>,
    /// The caller.
    pub caller: Caller,
}

/// A message to a room.
#[derive(Debug)]
pub enum RoomMsg {
    /// An authenticated client joins.
    Join {
        /// The number of its session.
        session: SessionNo,
        /// Its first message.
        hello: Box<Hello>,
        /// The role that its link grants.
        role: Role,
        /// How to reach it.
        handle: Box<SessionHandle>,
        /// Bytes of the frames that it was sent before it joins.
        sent: u64,
    },
    /// A client sent a message.
    Receive {
        /// Its session.
        session: SessionNo,
        /// The message.
        message: Box<ClientMsg>,
    },
    /// A client sent a commit of which only the number can be read.
    ReceiveUnreadableCommit {
        /// Its session.
        session: SessionNo,
        /// The number of the commit.
        cno: CommitNo,
    },
    /// A session whose connection was busy has written its batch.
    Ready(SessionNo),
    /// A session ended.
    Leave(SessionNo),
    /// This server changed the board's record.
    RecordChanged,
    /// A blob of the board is complete on this server.
    BlobReady(BlobHash),
    /// An owner asks who came by which link.
    CountPeople(oneshot::Sender<PeopleByLink>),
    /// A program reads the board.
    Look(Look),
    /// A guest may undo the work of other clients of the same person.
    PermitUndo {
        /// The client of the guest.
        client: ClientId,
        /// The clients of its person, in ascending order.
        own_clients: Vec<ClientId>,
    },
}

/// A short look at the board. The room has it in its own turn, so it sees one position.
pub struct Look {
    pub(super) cpu: CpuAccount,
    pub(super) at: Box<dyn FnOnce(&Snapshot) + Send>,
}

impl fmt::Debug for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Look").finish_non_exhaustive()
    }
}

/// Whether a room without clients may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retired {
    /// No session can reach it any more.
    Yes,
    /// A session is about to join.
    No,
}
