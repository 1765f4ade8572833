//! What programs do on boards over HTTP, beside managing them: read and change elements, read and
//! write the chat, undo their own work, and follow what happens. A program is a guest on the board
//! ([`crate::guest`]).

mod chat;
mod events;
mod message;
mod undo;
mod visit;

use std::sync::Arc;

use axum::Extension;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guest::Guests;
use crate::state::AppState;

pub(super) use events::{CommitEvent, PeopleEvent, StartEvent};

/// The routes whose requests end soon.
pub(super) fn calls(guests: &Arc<Guests>) -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::new()
        .routes(routes!(chat::read, chat::write))
        .routes(routes!(undo::undo))
        .layer(Extension(Arc::clone(guests)))
}

/// The routes whose answers go on for as long as the program listens.
pub(super) fn streams(guests: &Arc<Guests>) -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::new()
        .routes(routes!(events::follow))
        .layer(Extension(Arc::clone(guests)))
}
