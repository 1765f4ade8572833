//! The service on behalf of one caller.

use std::sync::Arc;

use shared::api::{Answer, ApiError, BoardInfo, BoardService, CreatedBoard};
use shared::id::{BoardId, Secret};

use super::boards::Boards;
use crate::rate::Caller;

/// The service on behalf of one caller, who counts for the rate limits.
#[derive(Debug, Clone)]
pub struct CallerBoards {
    /// The service.
    pub boards: Arc<Boards>,
    /// The beginning of links, without a slash at the end.
    pub base: String,
    /// Who calls.
    pub caller: Caller,
}

impl CallerBoards {
    /// Reads a board's title, and the role that a secret gives.
    ///
    /// # Errors
    /// Those of [`Boards::role_of`].
    pub async fn info(&self, board: BoardId, secret: Secret) -> Result<BoardInfo, ApiError> {
        self.boards.info(board, &secret, self.caller).await
    }
}

impl BoardService for CallerBoards {
    fn create(&self, title: Option<String>) -> Answer<'_, CreatedBoard> {
        Box::pin(self.boards.create(title, &self.base, self.caller))
    }

    fn rename(&self, board: BoardId, secret: Secret, title: String) -> Answer<'_, BoardInfo> {
        Box::pin(async move {
            self.boards
                .rename(board, &secret, &title, self.caller)
                .await
        })
    }
}
