//! Managing the board: the requests of owners, and the lines of the chat about them.

use futures::future::LocalBoxFuture;
use shared::api::{self, ApiError, BoardManagement, ManageRequest};
use shared::chat::{ChatChange, ChatOp, ChatStamp, Notice};
use shared::id::{BoardId, ClientId, PersonId, Secret};
use shared::op::{Guard, Op};

use super::handle::Session;
use crate::chunk::{NotLoaded, in_chunk};
use crate::{clock, device, random};

/// The future of an answer to an owner.
type Managing = LocalBoxFuture<'static, Result<BoardManagement, ApiError>>;

/// The future of a deletion.
type Deletion = LocalBoxFuture<'static, Result<(), ApiError>>;

in_chunk! {
    fn loaded(board: BoardId, secret: Secret, request: ManageRequest) -> Result<Managing, NotLoaded> {
        Ok(Box::pin(api::manage_board(board, secret, request)))
    }
}

in_chunk! {
    fn deletion(board: BoardId, secret: Secret, title: String) -> Result<Deletion, NotLoaded> {
        Ok(Box::pin(api::delete_board(board, secret, title)))
    }
}

impl Session {
    /// Deletes the board, for an owner who typed its title.
    ///
    /// # Errors
    /// The server or the network refused; the error says why.
    pub(crate) async fn delete(self, title: String) -> Result<(), ApiError> {
        match deletion(self.board(), self.secret(), title).await {
            Ok(answer) => answer.await,
            Err(error) => Err(ApiError::Transport(error.to_string())),
        }
    }

    /// Carries out a request of an owner.
    ///
    /// # Errors
    /// The server or the network refused; the error says why.
    pub(crate) async fn manage(self, request: ManageRequest) -> Result<BoardManagement, ApiError> {
        match loaded(self.board(), self.secret(), request).await {
            Ok(answer) => answer.await,
            Err(error) => Err(ApiError::Transport(error.to_string())),
        }
    }

    /// Writes a line into the chat about what this owner did. Undo does not take it back.
    pub(crate) fn post_notice(self, notice: Notice) {
        let inner = self.inner();
        let id = random::message_id();
        let change = ChatChange::Notice { id, notice };
        let mut core = inner.core.borrow_mut();
        let device = device::key_for(inner.board).map(|key| key.device_id());
        let profile = inner.profile.borrow().clone();
        // The server puts its own stamp in the place of this one.
        let stamp = ChatStamp {
            person: PersonId::of(core.replica().me(), device),
            as_owner: true,
            name: profile.name,
            color: profile.color,
            at_ms: clock::unix_seconds() * 1_000,
        };
        let op = ChatOp { stamp, change };
        core.drive(clock::now(), &mut |driver, now| {
            driver.submit(vec![Op::Chat(Box::new(op.clone()))], Guard::Any, now);
        });
        drop(core);
        inner.settle();
    }

    /// The person behind an entry of the list of people, and one of their clients.
    pub(crate) fn person_behind(self, entry: &str) -> Option<(PersonId, ClientId)> {
        let inner = self.inner();
        let core = inner.core.borrow();
        let people = core.replica().presence().people();
        let person = people.iter().find(|it| it.peer.0.to_string() == entry)?;
        let id = PersonId::of(person.client, person.device);
        Some((id, person.client))
    }
}
