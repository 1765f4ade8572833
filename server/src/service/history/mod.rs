//! Answers questions about the history of a board from its whole log.

mod answer;
mod log;

use shared::api::{ApiError, HistoryAnswer, HistoryQuestion, MAX_ORIGINS, WorkPart};
use shared::id::{BoardId, PersonId, Secret};

use super::boards::{Boards, Opened, too_many};
use crate::caller_rate_limit::Caller;
use crate::store::StoreError;
pub(crate) use answer::{After, Undo};
use answer::{Known, MessageCommit};
use log::WholeLog;

impl Boards {
    /// What undoes the work of a person after a position, for the person. Others need an owner link for
    /// that, which [`Self::ask_history`] checks.
    pub(crate) async fn undo_own_work(
        &self,
        board: BoardId,
        person: PersonId,
        after: After,
    ) -> Result<Undo, ApiError> {
        let (known, log) = self.history(board).await?;
        let after = match after {
            After::Commit(seq) => Ok(seq),
            After::Message(message) => {
                let (store, turns) = (&self.context.store, &self.context.replays);
                MessageCommit::find(message, WholeLog::of(board, store, turns)).await
            }
        };
        let after = after.map_err(|error| self.history_failed(board, &error))?;
        let undo = known.undo(person, &WorkPart::All, after, log).await;
        undo.map_err(|error| self.history_failed(board, &error))
    }

    /// Answers a question of a person who came by the link of a secret.
    pub(super) async fn ask_history(
        &self,
        board: BoardId,
        secret: &Secret,
        question: HistoryQuestion,
        caller: Caller,
    ) -> Result<HistoryAnswer, ApiError> {
        let Opened { link, .. } = self.open(board, secret, caller).await?;
        match &question {
            HistoryQuestion::Origins(ids) if ids.len() > MAX_ORIGINS => {
                return Err(ApiError::TooManyElements);
            }
            HistoryQuestion::Origins(_) => {}
            HistoryQuestion::WorkOf { .. } | HistoryQuestion::LostSince(_) => {
                if !link.role.may_manage() {
                    return Err(ApiError::Forbidden);
                }
            }
        }
        let (known, log) = self.history(board).await?;
        let answer = known.answer(question, log).await;
        answer.map_err(|error| self.history_failed(board, &error))
    }

    /// What the store knows of the past of a board.
    async fn history(&self, board: BoardId) -> Result<(Known, WholeLog<'_>), ApiError> {
        self.history_questions.take(board).map_err(too_many)?;
        let store = &self.context.store;
        let authors = self.ask_store(board, store.authors(board)).await?;
        let times = self.ask_store(board, store.time_marks(board)).await?;
        let log = WholeLog::of(board, store, &self.context.replays);
        Ok((Known { authors, times }, log))
    }

    fn history_failed(&self, board: BoardId, error: &StoreError) -> ApiError {
        self.context.store_warnings.failed(board, error);
        match error {
            StoreError::Corrupt(_) => ApiError::HistoryLost,
            StoreError::Unavailable(_) | StoreError::NeverDurable => ApiError::Unavailable,
        }
    }
}
