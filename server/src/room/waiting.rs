//! Sessions that wait while their board is opened.

use shared::protocol::{ClientMsg, CloseCode, ServerMsg, encode};
use shared::sync::SessionNo;

use super::connection_writer::WriterState;
use super::message::RoomMsg;

/// Messages of one session that are kept for the room. A client waits for its welcome before it
/// sends more than a changed profile.
const MAX_KEPT: usize = 8;

/// The messages for a room that is not there yet, in order.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    messages: Vec<RoomMsg>,
}

impl Waiting {
    /// Takes a message of a session.
    pub(super) fn take(&mut self, message: RoomMsg) {
        match message {
            RoomMsg::Join { .. } | RoomMsg::Look(_) => self.messages.push(message),
            RoomMsg::Receive { session, message } => self.receive(session, message),
            RoomMsg::ReceiveUnreadableCommit { session, .. } => self.keep(session, message),
            RoomMsg::Leave(session) => self.forget(session),
            // The room reads the record after it was opened, and finds itself who lacks what. It has
            // no people to count.
            RoomMsg::Ready(_)
            | RoomMsg::RecordChanged
            | RoomMsg::BlobReady(_)
            | RoomMsg::CountPeople(_)
            | RoomMsg::PermitUndo { .. } => {}
        }
    }

    /// Whether no session waits.
    pub(super) const fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// All messages, for the room.
    pub(super) fn into_messages(self) -> Vec<RoomMsg> {
        self.messages
    }

    /// Tells every session how far the opening is. One that has not taken the last report yet is
    /// not told.
    pub(super) fn report(&mut self, progress: u16) {
        let Ok(frame) = encode(&ServerMsg::Opening(progress)) else {
            return;
        };
        for message in &mut self.messages {
            if let RoomMsg::Join { handle, sent, .. } = message
                && handle.writer.state() == WriterState::Ready
            {
                handle.writer.send(vec![frame.clone()]);
                *sent += frame.len() as u64;
            }
        }
    }

    /// Closes every session.
    pub(super) fn close_all(&mut self, code: CloseCode) {
        for message in self.messages.drain(..) {
            close(message, code);
        }
    }

    fn receive(&mut self, session: SessionNo, message: Box<ClientMsg>) {
        match *message {
            // No live update can be shown yet, and the reports are too few to fill a window.
            ClientMsg::Live(_) | ClientMsg::Received(_) => {}
            ClientMsg::Hello(_)
            | ClientMsg::Commit(_)
            | ClientMsg::Profile(_)
            | ClientMsg::ChatPage(_) => {
                self.keep(session, RoomMsg::Receive { session, message });
            }
        }
    }

    fn keep(&mut self, session: SessionNo, message: RoomMsg) {
        let of_session = |kept: &&RoomMsg| is_of(kept, session);
        if self.messages.iter().filter(of_session).count() <= MAX_KEPT {
            self.messages.push(message);
        } else {
            self.refuse(session);
        }
    }

    fn refuse(&mut self, session: SessionNo) {
        for message in self.messages.extract_if(.., |kept| is_of(kept, session)) {
            close(message, CloseCode::TooFast);
        }
    }

    fn forget(&mut self, session: SessionNo) {
        self.messages.retain(|kept| !is_of(kept, session));
    }
}

fn is_of(message: &RoomMsg, wanted: SessionNo) -> bool {
    match message {
        RoomMsg::Join { session, .. }
        | RoomMsg::Receive { session, .. }
        | RoomMsg::ReceiveUnreadableCommit { session, .. }
        | RoomMsg::Leave(session) => *session == wanted,
        RoomMsg::Ready(_)
        | RoomMsg::RecordChanged
        | RoomMsg::BlobReady(_)
        | RoomMsg::CountPeople(_)
        | RoomMsg::Look(_)
        | RoomMsg::PermitUndo { .. } => false,
    }
}

/// Closes the session of a join.
fn close(message: RoomMsg, code: CloseCode) {
    if let RoomMsg::Join { handle, .. } = message
        && handle.closer.send(code).is_err()
    {
        tracing::debug!("the session ended before it was closed");
    }
}
