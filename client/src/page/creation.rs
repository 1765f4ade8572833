//! Creates a board and opens it.

use leptos::prelude::window;
use shared::api::{self, ApiError, CreatedBoard, Links};
use shared::id::Secret;
use shared::protocol::Role;

use crate::boards;
use crate::link::address;

/// Creates a board, stores its links and opens it.
///
/// # Errors
/// The server or the network refused; the error says why.
pub(super) async fn create() -> Result<(), ApiError> {
    let CreatedBoard {
        board,
        title,
        links,
    } = api::create_board(None).await?;
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
    go_to(&address(board, secret));
    Ok(())
}

/// Opens another page.
pub(super) fn go_to(address: &str) {
    // Addresses of this page are never malformed.
    let _ = window().location().assign(address);
}

fn secret_of(link: &str) -> Option<Secret> {
    link.split_once('#')?.1.parse().ok()
}
