//! Randomness: keys, ids, dice.
//!
//! Knows the browser's random numbers only.

use shared::id::{ClientKey, ElementId};
use uuid::Uuid;

/// A fresh private identity.
#[must_use]
pub fn client_key() -> ClientKey {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // A guessable key would let others speak as this person; better not to start.
        wasm_bindgen::throw_str("this browser has no secure random numbers");
    }
    ClientKey::from_bytes(bytes)
}

/// A fresh id for an element; later ones sort later.
#[must_use]
pub fn element_id() -> ElementId {
    ElementId::from_bytes(*Uuid::now_v7().as_bytes())
}

/// An even throw within `0.0 .. 1.0`, for waits and colours; not for secrets.
#[must_use]
pub fn dice() -> f64 {
    js_sys::Math::random()
}
