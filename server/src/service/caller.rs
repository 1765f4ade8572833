//! The service on behalf of one caller.

use std::sync::Arc;

use shared::api::{
    ApiError, BoardInfo, BoardManagement, BoardService, CreatedBoard, HistoryAnswer,
    HistoryQuestion, ManageRequest, ServiceFuture,
};
use shared::id::{BoardId, Secret};

use super::blobs::Blobs;
use super::boards::Boards;
use super::links::Managing;
use crate::caller_rate_limit::Caller;

/// The service on behalf of one caller, to whom the rate limits apply.
#[derive(Debug, Clone)]
pub struct CallerBoards {
    /// The service.
    pub boards: Arc<Boards>,
    /// The pictures of boards.
    pub blobs: Arc<Blobs>,
    /// The beginning of links, without a slash at the end.
    pub base: String,
    /// The caller.
    pub caller: Caller,
}

impl CallerBoards {
    /// Reads a board's title, and the role that a secret grants.
    ///
    /// # Errors
    /// Those of [`Boards::grant_of`].
    pub async fn info(&self, board: BoardId, secret: Secret) -> Result<BoardInfo, ApiError> {
        self.boards.info(board, &secret, self.caller).await
    }

    /// Deletes a board with its pictures. `title` is what an owner typed to confirm it.
    ///
    /// # Errors
    /// Those of [`Boards::grant_of`], [`ApiError::Forbidden`], [`ApiError::OtherTitle`].
    pub async fn delete_board(
        &self,
        board: BoardId,
        secret: Secret,
        title: Option<String>,
    ) -> Result<(), ApiError> {
        let title = title.as_deref();
        self.boards
            .delete(board, &secret, title, self.caller)
            .await?;
        self.blobs.purge(board).await;
        Ok(())
    }
}

impl BoardService for CallerBoards {
    fn create(&self, title: Option<String>) -> ServiceFuture<'_, CreatedBoard> {
        Box::pin(self.boards.create(title, &self.base, self.caller))
    }

    fn rename(
        &self,
        board: BoardId,
        secret: Secret,
        title: String,
    ) -> ServiceFuture<'_, BoardInfo> {
        Box::pin(async move {
            self.boards
                .rename(board, &secret, &title, self.caller)
                .await
        })
    }

    fn manage(
        &self,
        board: BoardId,
        secret: Secret,
        request: ManageRequest,
    ) -> ServiceFuture<'_, BoardManagement> {
        Box::pin(async move {
            let managing = Managing {
                board,
                secret: &secret,
                request: &request,
                base: &self.base,
                caller: self.caller,
            };
            self.boards.manage(managing).await
        })
    }

    fn ask_history(
        &self,
        board: BoardId,
        secret: Secret,
        question: HistoryQuestion,
    ) -> ServiceFuture<'_, HistoryAnswer> {
        Box::pin(async move {
            let boards = &self.boards;
            boards
                .ask_history(board, &secret, question, self.caller)
                .await
        })
    }

    fn delete(&self, board: BoardId, secret: Secret, title: String) -> ServiceFuture<'_, ()> {
        Box::pin(self.delete_board(board, secret, Some(title)))
    }
}
