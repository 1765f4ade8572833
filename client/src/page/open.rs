//! Opens a session from a link.

use editor::{Camera, ScreenSize};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::window;
use shared::geometry::BoardPoint;
use shared::id::{BoardId, Secret};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::link::LinkedView;
use crate::orphans::send_orphans;
use crate::outbox::{OrphanedOutbox, Outbox, RecoveredIdentity};
use crate::session::Session;
use crate::{boards, link, profile};

/// How long to wait for the database and the locks of the browser, in milliseconds. After that the
/// page works without an outbox: a browser may never answer.
const BROWSER_TIMEOUT_MS: u32 = 3_000;

/// The secret for a board: the one in the address, or the one that this browser knows.
///
/// The address bar shows the plain link afterwards, because people copy it from there.
pub(super) fn secret_for(
    board: BoardId,
    given: Option<Secret>,
    view: Option<LinkedView>,
) -> Option<Secret> {
    let secret = given.or_else(|| boards::load(board).secret)?;
    if (given.is_none() || view.is_some())
        && let Ok(history) = window().history()
    {
        let address = link::address(board, secret);
        // A browser that refuses goes on showing the address as it was.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    Some(secret)
}

/// Opens a board: loads the identity of this tab and the commits that wait to be sent, and moves
/// the view to the part of the board in the link.
pub(super) async fn open(board: BoardId, secret: Secret, view: Option<LinkedView>) -> Session {
    let recovery = std::pin::pin!(recover(board));
    let recovered = select(recovery, TimeoutFuture::new(BROWSER_TIMEOUT_MS)).await;
    let (outbox, recovered, orphans) = match recovered {
        Either::Left((recovered, _)) => recovered,
        Either::Right(_) => (Outbox::none(board), RecoveredIdentity::fresh(), Vec::new()),
    };
    if !orphans.is_empty() {
        let (profile, outbox) = (profile::load(), outbox.clone());
        spawn_local(send_orphans(board, secret, profile, outbox, orphans));
    }
    let session = Session::open(board, secret, outbox, recovered);
    if let Some(view) = view {
        session.set_camera(camera_at(view));
    }
    session
}

async fn recover(board: BoardId) -> (Outbox, RecoveredIdentity, Vec<OrphanedOutbox>) {
    let outbox = Outbox::open(board).await;
    let (recovered, orphans) = outbox.recover().await;
    (outbox, recovered, orphans)
}

/// The camera that shows a part of the board in the middle of the window. The board fills the
/// window, and its own size is not known yet when a page begins.
fn camera_at(view: LinkedView) -> Camera {
    let length = |side: Result<JsValue, JsValue>| {
        let side = side.ok().and_then(|side| side.as_f64());
        side.unwrap_or_default()
    };
    let window = window();
    let size = ScreenSize::new(length(window.inner_width()), length(window.inner_height()));
    Camera::new(size)
        .zoomed_about(size.middle(), view.zoom)
        .centred_on(BoardPoint::new(view.x, view.y))
}
