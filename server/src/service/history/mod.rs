//! Answers questions about the history of a board from its whole log.

mod answer;
mod log;

use shared::api::{ApiError, HistoryAnswer, HistoryQuestion, MAX_ORIGINS};
use shared::id::{BoardId, Secret};

use super::boards::{Boards, Opened, too_many};
use crate::caller_rate_limit::Caller;
use crate::store::StoreError;
use answer::Known;
use log::WholeLog;

impl Boards {
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
        self.history_questions.take(board).map_err(too_many)?;
        let store = &self.context.store;
        let authors = self.ask_store(board, store.authors(board)).await?;
        let times = self.ask_store(board, store.time_marks(board)).await?;
        let known = Known { authors, times };
        let log = WholeLog::of(board, store, &self.context.replays);
        known.answer(question, log).await.map_err(|error| {
            self.context.store_warnings.failed(board, &error);
            match error {
                StoreError::Corrupt(_) => ApiError::HistoryLost,
                StoreError::Unavailable(_) | StoreError::NeverDurable => ApiError::Unavailable,
            }
        })
    }
}
