//! Locks that show which identities a live tab of this browser uses.
//!
//! A tab holds a Web Lock for its identity, and the browser releases it when the tab ends,
//! however it ends. Pages over plain HTTP from another computer have no Web Locks, and a browser
//! that blocks all site data rejects every request for one. The locks are called through `js-sys`,
//! because stable `web-sys` does not have them, and neither `gloo` nor another maintained crate
//! wraps them.

use std::cell::Cell;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use shared::id::{BoardId, ClientKey};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::recover::Locks;

/// How long a tab that was loaded again waits until its former page has released the lock, in
/// milliseconds. The lock of a copied tab is never released.
const RELOAD_MS: u32 = 500;
/// A browser that has not answered a request after this time cannot tell, in milliseconds: it
/// answers at once if it works.
const ANSWER_MS: u32 = 1_000;

/// Whether this page holds the lock of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// This page holds it until the page ends.
    Ours,
    /// Another tab holds it.
    Taken,
    /// The browser cannot tell.
    Unknown,
}

/// Whether to wait for an identity that is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    None,
    Reload,
}

/// The Web Locks of one board.
#[derive(Clone, Copy, Debug)]
pub(super) struct WebLocks(BoardId);

impl WebLocks {
    pub(super) const fn of(board: BoardId) -> Self {
        Self(board)
    }

    /// Locks a fresh identity, which no other tab can have.
    pub(super) async fn hold_fresh(self, key: ClientKey) {
        // This fails only where the browser has no locks.
        let _ = self.hold(&key, Patience::None).await;
    }
}

impl Locks for WebLocks {
    async fn hold(&self, key: &ClientKey, patience: Patience) -> Hold {
        let name = format!("commonslate:{}:{}", self.0, key.client_id());
        let given_up = Rc::new(Cell::new(false));
        let Some(answer) = request(&name, patience, Rc::clone(&given_up)) else {
            return Hold::Unknown;
        };
        let (limit_ms, at_limit) = match patience {
            Patience::None => (ANSWER_MS, Hold::Unknown),
            Patience::Reload => (RELOAD_MS, Hold::Taken),
        };
        match select(answer, TimeoutFuture::new(limit_ms)).await {
            Either::Left((answer, _)) => answer.unwrap_or(Hold::Unknown),
            Either::Right(_) => {
                given_up.set(true);
                at_limit
            }
        }
    }
}

/// Tells the one who asked for a lock, once.
type Told = Rc<Cell<Option<oneshot::Sender<Hold>>>>;

/// Requests a lock; `None` if the browser cannot.
fn request(
    name: &str,
    patience: Patience,
    given_up: Rc<Cell<bool>>,
) -> Option<oneshot::Receiver<Hold>> {
    let (locks, request) = lock_manager()?;
    let (told, answer) = oneshot::channel();
    let told = Told::new(Cell::new(Some(told)));
    let options = Object::new();
    let at_once = JsValue::from(patience == Patience::None);
    Reflect::set(&options, &"ifAvailable".into(), &at_once).ok()?;
    let on_lock = on_lock(Rc::clone(&told), given_up);
    let requested = request
        .call3(&locks, &name.into(), &options, &on_lock)
        .ok()?;
    spawn_local(tell_rejection(requested, told));
    Some(answer)
}

/// Waits for the end of a request. A browser that rejects it never calls the function with the
/// lock.
async fn tell_rejection(requested: JsValue, told: Told) {
    let ended = JsFuture::from(Promise::resolve(&requested)).await;
    if ended.is_err()
        && let Some(told) = told.take()
    {
        // The receiver is gone if the request was given up.
        let _ = told.send(Hold::Unknown);
    }
}

/// The function that the browser calls with the lock, or with null if it is taken. The browser
/// keeps the lock until the returned promise settles.
fn on_lock(told: Told, given_up: Rc<Cell<bool>>) -> JsValue {
    Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let Some(told) = told.take() else {
            return JsValue::UNDEFINED;
        };
        if lock.is_null() || given_up.get() {
            // The receiver is gone if the request was given up.
            let _ = told.send(Hold::Taken);
            return JsValue::UNDEFINED;
        }
        if told.send(Hold::Ours).is_err() {
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |_, _| {}).into()
    })
}

/// `navigator.locks` and its `request`; not yet part of stable `web-sys`.
fn lock_manager() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    // Reading a property of `undefined` or `null` is an error.
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into::<Function>().ok()?))
}
