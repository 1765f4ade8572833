//! Locks that show which identities a live tab of this browser uses.
//!
//! A tab holds a Web Lock for its identity, and the browser releases it when the tab ends,
//! however it ends. Pages over plain HTTP from another computer have no Web Locks. The locks are
//! called through `js-sys`, because stable `web-sys` does not have them, and neither `gloo` nor
//! another maintained crate wraps them.

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

use super::recover::Locks;

/// How long a tab that was loaded again waits until its former page has released the lock, in
/// milliseconds. The lock of a copied tab is never released.
const RELOAD_MS: u32 = 500;

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
        match patience {
            Patience::None => answer.await.unwrap_or(Hold::Unknown),
            Patience::Reload => match select(answer, TimeoutFuture::new(RELOAD_MS)).await {
                Either::Left((answer, _)) => answer.unwrap_or(Hold::Unknown),
                Either::Right(_) => {
                    given_up.set(true);
                    Hold::Taken
                }
            },
        }
    }
}

/// Requests a lock; `None` if the browser cannot.
fn request(
    name: &str,
    patience: Patience,
    given_up: Rc<Cell<bool>>,
) -> Option<oneshot::Receiver<Hold>> {
    let (locks, request) = lock_manager()?;
    let (told, answer) = oneshot::channel();
    let options = Object::new();
    let at_once = JsValue::from(patience == Patience::None);
    Reflect::set(&options, &"ifAvailable".into(), &at_once).ok()?;
    let on_lock = on_lock(told, given_up);
    request
        .call3(&locks, &name.into(), &options, &on_lock)
        .ok()?;
    Some(answer)
}

/// The function that the browser calls with the lock, or with null if it is taken. The browser
/// keeps the lock until the returned promise settles.
fn on_lock(told: oneshot::Sender<Hold>, given_up: Rc<Cell<bool>>) -> JsValue {
    Closure::once_into_js(move |lock: JsValue| -> JsValue {
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
    if locks.is_undefined() {
        return None;
    }
    let request = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    Some((locks, request))
}
