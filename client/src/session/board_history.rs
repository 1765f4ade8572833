//! Questions about the history of the board, and changes that follow from the answers.

use futures::future::LocalBoxFuture;
use shared::api::{self, ApiError, HistoryAnswer, HistoryQuestion};
use shared::id::{BoardId, ClientId, PersonId, Secret};
use shared::op::{Guard, Op};

use super::handle::Session;
use crate::chunk::{NotLoaded, in_chunk};
use crate::clock;

/// The future of an answer.
type Asking = LocalBoxFuture<'static, Result<HistoryAnswer, ApiError>>;

in_chunk! {
    fn loaded(board: BoardId, secret: Secret, question: HistoryQuestion) -> Result<Asking, NotLoaded> {
        Ok(Box::pin(api::ask_history(board, secret, question)))
    }
}

impl Session {
    /// Asks the server about the history of the board.
    ///
    /// # Errors
    /// The server or the network refused; the error says why.
    pub(crate) async fn ask_history(
        self,
        question: HistoryQuestion,
    ) -> Result<HistoryAnswer, ApiError> {
        match loaded(self.board(), self.secret(), question).await {
            Ok(answer) => answer.await,
            Err(error) => Err(ApiError::Transport(error.to_string())),
        }
    }

    /// Changes the board by ops that the server made, as one step of undo.
    pub(crate) fn apply(self, ops: Vec<Op>, guard: &Guard) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.with_editor(clock::now(), |editor, context| {
            editor.apply(ops, guard, context)
        });
        drop(core);
        inner.settle();
    }

    /// Deletes all elements, as one step of undo. Returns how many there were.
    pub(crate) fn clear_board(self) -> usize {
        let inner = self.inner();
        let core = inner.core.borrow();
        let elements = core.replica().board().elements();
        let deletions = elements.map(|element| Op::Delete {
            ids: vec![element.id],
        });
        let deletions: Vec<Op> = deletions.collect();
        drop(core);
        let count = deletions.len();
        self.apply(deletions, &Guard::Any);
        count
    }

    /// The number of elements on the board, and whether the server has all that this page changed.
    pub(crate) fn size_and_saved(self) -> (usize, bool) {
        let inner = self.inner();
        let core = inner.core.borrow();
        let replica = core.replica();
        (replica.board().len(), replica.pending() == 0)
    }

    /// The name of this person.
    pub(crate) fn my_name(self) -> String {
        self.inner().profile.borrow().name.clone()
    }

    /// The clients by which a person is on the board now.
    pub(crate) fn clients_of(self, person: PersonId) -> Vec<ClientId> {
        let inner = self.inner();
        let core = inner.core.borrow();
        let people = core.replica().presence().people().iter();
        let theirs = people.filter(|one| PersonId::of(one.client, one.device) == person);
        theirs.map(|one| one.client).collect()
    }
}
