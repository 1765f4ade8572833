//! What programs do on boards over HTTP, beside managing them: read and change elements, read and
//! write the chat, undo their own work, and follow what happens. A program is a guest on the board
//! ([`crate::guest`]).

mod chat;
mod events;
mod message;
mod undo;
mod visit;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::guest::Guests;
use crate::state::AppState;

/// The routes whose requests end soon.
pub(super) fn calls(guests: &Arc<Guests>) -> Router<Arc<AppState>> {
    Router::new()
        .route(
            "/api/v1/boards/{board}/chat",
            get(chat::read).post(chat::write),
        )
        .route("/api/v1/boards/{board}/undo", post(undo::undo))
        .layer(Extension(Arc::clone(guests)))
}

/// The routes whose answers go on for as long as the program listens.
pub(super) fn streams(guests: &Arc<Guests>) -> Router<Arc<AppState>> {
    Router::new()
        .route("/api/v1/boards/{board}/events", get(events::follow))
        .layer(Extension(Arc::clone(guests)))
}
