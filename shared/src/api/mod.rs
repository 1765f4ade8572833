//! Server functions: requests that the UI sends to a server over HTTP, in MessagePack.
//!
//! The REST API offers these requests in JSON, through the same service. This module holds only the
//! signatures and the types that travel. The server puts its [`BoardService`] into the Leptos
//! context.

mod history;
mod links;

#[cfg(feature = "ssr")]
use std::{pin::Pin, sync::Arc};

use leptos::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::{MsgPack, MsgPackEncoding};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::id::{BoardId, Secret};
use crate::limits::{MAX_LABEL_CHARS, MAX_LINKS, MAX_PEOPLE, MAX_TITLE_CHARS};
use crate::protocol::Role;

pub use history::{
    ElementOrigin, HistoryAnswer, HistoryQuestion, MAX_ORIGINS, Trace, TracedPerson, WorkPart,
};
pub use links::{
    BoardManagement, BoardSettings, ClearedBoard, LinkEnd, LinkEndReason, LinkInfo, ManageRequest,
    MutedPerson, RemovedPerson,
};

/// The full URLs of a board, one for each role. Each ends in `#<secret>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Links {
    /// Allows managing the board as well.
    pub owner: String,
    /// Allows drawing and renaming.
    pub edit: String,
    /// Allows viewing only.
    pub view: String,
}

/// A new board. The server keeps no copy of the links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedBoard {
    /// Its id.
    pub board: BoardId,
    /// Its title.
    pub title: String,
    /// Its links.
    pub links: Links,
}

/// The answer to a request that carries a link: the board and the role of that link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardInfo {
    /// Its id.
    pub board: BoardId,
    /// Its title.
    pub title: String,
    /// The role that the link grants.
    pub role: Role,
}

/// The reason why a server refused a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ApiError {
    /// The board does not exist, or the secret does not open it. Both cases get the same answer, so
    /// that no caller can find out which boards exist.
    #[error("there is no such board, or this link does not open it")]
    NoAccess,
    /// The link is valid, but its role does not allow the request.
    #[error("this link does not allow that")]
    Forbidden,
    /// The page does not come from the address at which the server believes to be reached.
    #[error(
        "this server does not know the address of this page; if it is the right one, its proxy must \
         pass on the Host header with the port, or the server needs --public-url"
    )]
    ForeignOrigin,
    /// A title must have 1 to [`MAX_TITLE_CHARS`] characters.
    #[error("a title has 1 to {MAX_TITLE_CHARS} characters")]
    BadTitle,
    /// The link of the request was revoked.
    #[error("this link was revoked")]
    LinkRevoked,
    /// The time of the request's link is over.
    #[error("this link has expired")]
    LinkExpired,
    /// A request names a link that the board does not have, or that was revoked before.
    #[error("the board has no such link")]
    NoLink,
    /// A label may have at most [`MAX_LABEL_CHARS`] characters.
    #[error("the label of a link has at most {MAX_LABEL_CHARS} characters")]
    BadLabel,
    /// A link must end in the future.
    #[error("a link cannot end in the past")]
    BadExpiry,
    /// A link takes at least one person.
    #[error("a link takes 1 to {MAX_PEOPLE} people")]
    BadPeople,
    /// The board has as many links as a board may have.
    #[error("a board has at most {MAX_LINKS} links; revoke one first")]
    TooManyLinks,
    /// As many people are muted or removed as a board remembers.
    #[error(
        "no more people can be muted or removed; allow some of them again, or replace the link by which they come"
    )]
    TooManyNamed,
    /// Without this link no valid link would be left that is an owner's and does not end.
    #[error("a board needs an owner link that does not end")]
    LastOwner,
    /// A question names more elements than an answer can hold.
    #[error("at most {MAX_ORIGINS} elements can be looked up at once")]
    TooManyElements,
    /// The store lacks commits in the middle of the log of the board, or they are damaged.
    #[error("the history of this board is not complete")]
    HistoryLost,
    /// The board has another title than the one that was typed to confirm that it shall be deleted.
    #[error("the board has another title")]
    OtherTitle,
    /// The caller sent too many requests in a short time.
    #[error("too many requests; try again in {retry_after_s} s")]
    TooMany {
        /// Seconds until the caller may try again.
        retry_after_s: u32,
    },
    /// The server cannot reach its store.
    #[error("the server cannot reach its store at the moment")]
    Unavailable,
    /// The request or the response was lost or damaged on the way.
    #[error("no answer from the server: {0}")]
    Transport(String),
}

impl FromServerFnError for ApiError {
    type Encoder = MsgPackEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Transport(error.to_string())
    }
}

/// The future that a [`BoardService`] returns.
#[cfg(feature = "ssr")]
pub type ServiceFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + Send + 'a>>;

/// The operations behind the server functions below. The server makes one instance for each caller.
#[cfg(feature = "ssr")]
pub trait BoardService: Send + Sync {
    /// Makes a board. Without a title the board gets the default title.
    fn create(&self, title: Option<String>) -> ServiceFuture<'_, CreatedBoard>;
    /// Renames a board.
    fn rename(&self, board: BoardId, secret: Secret, title: String)
    -> ServiceFuture<'_, BoardInfo>;
    /// Answers an owner's request about a board.
    fn manage(
        &self,
        board: BoardId,
        secret: Secret,
        request: ManageRequest,
    ) -> ServiceFuture<'_, BoardManagement>;
    /// Answers a question about the history of a board.
    fn ask_history(
        &self,
        board: BoardId,
        secret: Secret,
        question: HistoryQuestion,
    ) -> ServiceFuture<'_, HistoryAnswer>;
    /// Deletes a board.
    fn delete(&self, board: BoardId, secret: Secret, title: String) -> ServiceFuture<'_, ()>;
}

#[cfg(feature = "ssr")]
fn service() -> Result<Arc<dyn BoardService>, ApiError> {
    leptos::prelude::use_context().ok_or(ApiError::Unavailable)
}

/// Makes a board. Without a title the board gets the default title.
///
/// # Errors
/// [`ApiError::BadTitle`], [`ApiError::TooMany`], [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "create_board", input = MsgPack, output = MsgPack)]
pub async fn create_board(
    /// 1 to [`MAX_TITLE_CHARS`] characters.
    title: Option<String>,
) -> Result<CreatedBoard, ApiError> {
    service()?.create(title).await
}

/// Renames a board. All clients that have it open get the new title at once.
///
/// # Errors
/// [`ApiError::NoAccess`], [`ApiError::Forbidden`] for viewers,
/// [`ApiError::BadTitle`], [`ApiError::TooMany`], [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "rename_board", input = MsgPack, output = MsgPack)]
pub async fn rename_board(
    /// The board.
    board: BoardId,
    /// The secret of an owner link or an edit link.
    secret: Secret,
    /// 1 to [`MAX_TITLE_CHARS`] characters.
    title: String,
) -> Result<BoardInfo, ApiError> {
    service()?.rename(board, secret, title).await
}

/// Answers an owner's request about the links, settings and people of a board. What it changes holds
/// on all servers within 2 s.
///
/// # Errors
/// [`ApiError::Forbidden`] unless `secret` is of an owner link; those that name a fault of the
/// request; [`ApiError::NoAccess`], [`ApiError::TooMany`], [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "manage_board", input = MsgPack, output = MsgPack)]
pub async fn manage_board(
    /// The board.
    board: BoardId,
    /// The secret of an owner link.
    secret: Secret,
    /// The request.
    request: ManageRequest,
) -> Result<BoardManagement, ApiError> {
    service()?.manage(board, secret, request).await
}

/// Answers a question about the history of a board. It reads the whole log of the board, so it takes a
/// while on a large one.
///
/// # Errors
/// [`ApiError::Forbidden`] if only owners may ask that, [`ApiError::TooManyElements`],
/// [`ApiError::HistoryLost`], [`ApiError::NoAccess`], [`ApiError::TooMany`],
/// [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "ask_history", input = MsgPack, output = MsgPack)]
pub async fn ask_history(
    /// The board.
    board: BoardId,
    /// The secret of a link.
    secret: Secret,
    /// The question.
    question: HistoryQuestion,
) -> Result<HistoryAnswer, ApiError> {
    service()?.ask_history(board, secret, question).await
}

/// Deletes a board for good, on all servers. Its links open nothing from then on.
///
/// # Errors
/// [`ApiError::Forbidden`] unless `secret` is of an owner link, [`ApiError::OtherTitle`],
/// [`ApiError::NoAccess`], [`ApiError::TooMany`], [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "delete_board", input = MsgPack, output = MsgPack)]
pub async fn delete_board(
    /// The board.
    board: BoardId,
    /// The secret of an owner link.
    secret: Secret,
    /// The title of the board, typed by the owner.
    title: String,
) -> Result<(), ApiError> {
    service()?.delete(board, secret, title).await
}
