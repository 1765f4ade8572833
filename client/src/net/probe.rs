//! One plain request to the server, to find out why no WebSocket opens.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::window;
use shared::id::BoardId;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response};

use super::address::health_address;

/// How long to wait for the answer, in milliseconds.
const TIMEOUT_MS: u32 = 3_000;
/// The beginning of what a server of ours answers.
const ALIVE: &str = "alive";

/// Whether the browser has a network, as far as it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// It may have one.
    Online,
    /// It has none.
    Offline,
}

/// The answer to a plain request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HttpAnswer {
    /// The server says that it is alive.
    Alive,
    /// Something answers with success that is no server of ours.
    Foreign,
    /// An answer with another status than success.
    Status(u16),
    /// There is no answer in time.
    None,
}

/// Whether the browser has a network.
#[must_use]
pub(crate) fn network() -> Network {
    if window().navigator().on_line() {
        Network::Online
    } else {
        Network::Offline
    }
}

/// Asks the server whether it is alive.
pub(crate) async fn ask_server(board: BoardId) -> HttpAnswer {
    let address = health_address(board);
    let controller = AbortController::new().ok();
    let asked = std::pin::pin!(ask(&address, controller.as_ref()));
    match select(asked, TimeoutFuture::new(TIMEOUT_MS)).await {
        Either::Left((answer, _)) => answer.unwrap_or(HttpAnswer::None),
        Either::Right(_) => {
            if let Some(controller) = &controller {
                controller.abort();
            }
            HttpAnswer::None
        }
    }
}

async fn ask(address: &str, controller: Option<&AbortController>) -> Result<HttpAnswer, JsValue> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    if let Some(controller) = controller {
        options.set_signal(Some(&controller.signal()));
    }
    let request = window().fetch_with_str_and_init(address, &options);
    let response: Response = JsFuture::from(request).await?.dyn_into()?;
    if !response.ok() {
        return Ok(HttpAnswer::Status(response.status()));
    }
    let text = JsFuture::from(response.text()?).await?.as_string();
    Ok(match text {
        Some(text) if text.starts_with(ALIVE) => HttpAnswer::Alive,
        Some(_) | None => HttpAnswer::Foreign,
    })
}
