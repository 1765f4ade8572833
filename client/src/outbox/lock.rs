//! Which identities are in use by a live tab of this browser.
//!
//! A tab holds a Web Lock for its identity; the browser lets go of it when the
//! tab ends, however it ends. Knows names of locks only. Web Locks are missing
//! on pages from plain http elsewhere than this computer. They are called by hand:
//! stable `web-sys` does not have them, and neither `gloo` nor another kept crate
//! wraps them.

use std::cell::Cell;
use std::rc::Rc;

use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use shared::id::{BoardId, ClientKey};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

/// How long a tab that was loaded again waits for its former self to let go, in
/// milliseconds. A copy of a tab waits in vain.
const RELOAD_MS: u32 = 500;

/// Whether an identity is ours now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is, until this page ends.
    Ours,
    /// Another tab has it.
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

/// Holds an identity that nobody else can have.
pub async fn hold_fresh(board: BoardId, key: ClientKey) -> Hold {
    hold(board, &key, Patience::None).await
}

/// Tries to hold an identity for as long as this page lives.
pub(super) async fn hold(board: BoardId, key: &ClientKey, patience: Patience) -> Hold {
    let name = format!("commonslate:{board}:{}", key.client_id());
    let Some((locks, request)) = lock_manager() else {
        return Hold::Unknown;
    };
    let (told, answer) = oneshot::channel();
    let given_up = Rc::new(Cell::new(false));
    let on_lock = on_lock(told, Rc::clone(&given_up));
    let options = Object::new();
    let at_once = JsValue::from(patience == Patience::None);
    if Reflect::set(&options, &"ifAvailable".into(), &at_once).is_err()
        || request
            .call3(&locks, &name.into(), &options, &on_lock)
            .is_err()
    {
        return Hold::Unknown;
    }
    match patience {
        Patience::None => answer.await.unwrap_or(Hold::Unknown),
        Patience::Reload => {
            let hold = futures::future::select(answer, TimeoutFuture::new(RELOAD_MS)).await;
            match hold {
                futures::future::Either::Left((answer, _)) => answer.unwrap_or(Hold::Unknown),
                futures::future::Either::Right(_) => {
                    given_up.set(true);
                    Hold::Taken
                }
            }
        }
    }
}

/// What the browser calls with the lock, or with null if it is taken. It keeps
/// the lock until the promise that is returned settles.
fn on_lock(told: oneshot::Sender<Hold>, given_up: Rc<Cell<bool>>) -> JsValue {
    Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() || given_up.get() {
            // Nobody listens any more if it was given up.
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
