//! Server functions: what the UI asks a server over HTTP, in MessagePack.
//!
//! The REST API says the same in JSON, through the same service. Here are only
//! the signatures and what travels; the server finds its [`BoardService`] in the
//! Leptos context. Must not know HTTP.

#[cfg(feature = "ssr")]
use std::{pin::Pin, sync::Arc};

use leptos::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::{MsgPack, MsgPackEncoding};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::id::{BoardId, Secret};
use crate::limits::MAX_TITLE_CHARS;
use crate::protocol::Role;

/// The whole addresses of a board, one for each role; each ends in `#<secret>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Draw, rename, manage.
    pub owner: String,
    /// Draw and rename.
    pub edit: String,
    /// See.
    pub view: String,
}

/// A board that was just made. The server keeps no copy of the links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedBoard {
    /// Its id.
    pub board: BoardId,
    /// Its title.
    pub title: String,
    /// Its links.
    pub links: Links,
}

/// What a link tells about its board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardInfo {
    /// Its id.
    pub board: BoardId,
    /// Its title.
    pub title: String,
    /// What the link allows.
    pub role: Role,
}

/// Why a server did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ApiError {
    /// No such board, or not with this secret: the same for both, so that
    /// nobody learns which boards exist.
    #[error("there is no such board, or this link does not open it")]
    NoAccess,
    /// The link is good, but not for this.
    #[error("this link does not allow that")]
    Forbidden,
    /// A title must have 1 to [`MAX_TITLE_CHARS`] characters.
    #[error("a title has 1 to {MAX_TITLE_CHARS} characters")]
    BadTitle,
    /// Too much in a short time.
    #[error("too many requests; try again in {retry_after_s} s")]
    TooMany {
        /// Seconds to wait.
        retry_after_s: u32,
    },
    /// The server cannot reach its store.
    #[error("the server cannot reach its store at the moment")]
    Unavailable,
    /// The request or the answer did not arrive whole.
    #[error("no answer from the server: {0}")]
    Transport(String),
}

impl FromServerFnError for ApiError {
    type Encoder = MsgPackEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Transport(error.to_string())
    }
}

/// A pending answer.
#[cfg(feature = "ssr")]
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + Send + 'a>>;

/// What a server must be able to do for the functions below, on behalf of one
/// caller.
#[cfg(feature = "ssr")]
pub trait BoardService: Send + Sync {
    /// Makes a board; without a title it gets a usual one.
    fn create(&self, title: Option<String>) -> Answer<'_, CreatedBoard>;
    /// Gives a board another title.
    fn rename(&self, board: BoardId, secret: Secret, title: String) -> Answer<'_, BoardInfo>;
}

#[cfg(feature = "ssr")]
fn service() -> Result<Arc<dyn BoardService>, ApiError> {
    leptos::prelude::use_context().ok_or(ApiError::Unavailable)
}

/// Makes a board. Without a title it gets a usual one.
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

/// Gives a board another title; everybody on it sees it at once.
///
/// # Errors
/// [`ApiError::NoAccess`], [`ApiError::Forbidden`] for viewers,
/// [`ApiError::BadTitle`], [`ApiError::TooMany`], [`ApiError::Unavailable`].
#[server(prefix = "/sfn", endpoint = "rename_board", input = MsgPack, output = MsgPack)]
pub async fn rename_board(
    /// Which board.
    board: BoardId,
    /// The secret of one of its links that allow it.
    secret: Secret,
    /// 1 to [`MAX_TITLE_CHARS`] characters.
    title: String,
) -> Result<BoardInfo, ApiError> {
    service()?.rename(board, secret, title).await
}
