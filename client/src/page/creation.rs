//! Creates boards, and goes to other pages.

use futures::future::LocalBoxFuture;
use leptos::prelude::window;
use shared::api::{self, ApiError, CreatedBoard, Links};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::boards;
use crate::chunk::{NotLoaded, in_chunk};
use crate::link::address;

/// Creates a board and stores its links. Returns its id and its address. Without a title the board
/// gets the default title.
///
/// # Errors
/// The server or the network refused; the error says why.
pub(super) async fn create(title: Option<String>) -> Result<(BoardId, String), ApiError> {
    match loaded(title).await {
        Ok(created) => created.await,
        Err(error) => Err(ApiError::Transport(error.to_string())),
    }
}

/// The future of a new board.
type Creating = LocalBoxFuture<'static, Result<(BoardId, String), ApiError>>;

in_chunk! {
    fn loaded(title: Option<String>) -> Result<Creating, NotLoaded> {
        Ok(Box::pin(created(title)))
    }
}

async fn created(title: Option<String>) -> Result<(BoardId, String), ApiError> {
    let CreatedBoard {
        board,
        title,
        links,
    } = api::create_board(title).await?;
    let Links { owner, edit, view } = links;
    let Some(secret) = secret_of(&owner) else {
        return Err(ApiError::Transport(
            "the new board's link is malformed".to_owned(),
        ));
    };
    boards::update(board, |record| {
        record.role = Some(Role::Owner);
        record.secret = Some(secret);
        record.edit = secret_of(&edit);
        record.view = secret_of(&view);
        record.title = title;
    });
    Ok((board, address(board, secret)))
}

/// Opens another page.
pub(super) fn go_to(address: &str) {
    // Addresses of this page are never malformed.
    let _ = window().location().assign(address);
}

/// The secret in a link to a board.
pub(super) fn secret_of(link: &str) -> Option<Secret> {
    link.split_once('#')?.1.parse().ok()
}
