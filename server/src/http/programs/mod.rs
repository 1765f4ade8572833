//! What programs do on boards over HTTP, beside managing them: read and change elements, read and
//! write the chat, undo their own work, and follow what happens. A program is a guest on the board
//! ([`crate::guest`]).

mod changes;
mod chat;
mod elements;
mod events;
mod undo;
mod visit;

use std::sync::Arc;

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::MAX_WORK_BYTES;
use crate::guest::Guests;
use crate::state::AppState;

/// The routes whose requests end soon.
pub(super) fn calls(guests: &Arc<Guests>) -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::new()
        .routes(routes!(chat::read, chat::write))
        .routes(routes!(undo::undo))
        .merge(elements())
        .layer(Extension(Arc::clone(guests)))
}

/// The routes that read and change elements. Their bodies may be larger.
fn elements() -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::new()
        .routes(routes!(elements::list, changes::create))
        .routes(routes!(
            elements::read,
            changes::change_one,
            changes::delete_one
        ))
        .routes(routes!(changes::change))
        .routes(routes!(changes::arrange))
        .layer(DefaultBodyLimit::max(MAX_WORK_BYTES))
}

/// The routes whose answers go on for as long as the program listens.
pub(super) fn streams(guests: &Arc<Guests>) -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::new()
        .routes(routes!(events::follow))
        .layer(Extension(Arc::clone(guests)))
}
