//! From a link to a session.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::window;
use shared::id::{BoardId, Secret};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::link::Spot;
use crate::orphans::send_orphans;
use crate::outbox::Outbox;
use crate::session::{Session, kept_theme};
use crate::{boards, link, profile};

/// A browser that does not open its database within so long is done without, in
/// milliseconds.
const DATABASE_MS: u32 = 3_000;

/// The secret for a board: that of the address, or the one this browser knows.
///
/// The address bar then shows the plain link: people copy what it shows.
pub(super) fn secret_for(
    board: BoardId,
    given: Option<Secret>,
    spot: Option<Spot>,
) -> Option<Secret> {
    let secret = given.or_else(|| boards::known(board).secret)?;
    if (given.is_none() || spot.is_some())
        && let Ok(history) = window().history()
    {
        let address = link::address(board, secret);
        let shown = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        debug_assert!(shown.is_ok(), "the address is of this page's own origin");
    }
    Some(secret)
}

/// Opens a board: finds out who this tab is and what waits to be sent.
pub(super) async fn open(board: BoardId, secret: Secret, spot: Option<Spot>) -> Session {
    let outbox = open_outbox(board).await;
    let (recovered, orphans) = outbox.recover().await;
    if !orphans.is_empty() {
        let (profile, outbox) = (profile::load(), outbox.clone());
        spawn_local(send_orphans(board, secret, profile, outbox, orphans));
    }
    let session = Session::open(board, secret, outbox, recovered, kept_theme());
    if let Some(spot) = spot {
        session.go_to(spot);
    }
    session
}

async fn open_outbox(board: BoardId) -> Outbox {
    let opening = std::pin::pin!(Outbox::open(board));
    match select(opening, TimeoutFuture::new(DATABASE_MS)).await {
        Either::Left((outbox, _)) => outbox,
        Either::Right(_) => Outbox::none(board),
    }
}
