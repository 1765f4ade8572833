//! Random keys, ids and seeds, from the browser.

use shared::id::{ClientKey, DeviceKey, ElementId};
use uuid::Uuid;

/// A new client key: 128 random bits.
#[must_use]
pub(crate) fn client_key() -> ClientKey {
    ClientKey::from_bytes(bytes())
}

/// A new key of a browser profile: 128 random bits.
#[must_use]
pub(crate) fn device_key() -> DeviceKey {
    DeviceKey::from_bytes(bytes())
}

/// A new id for an element, a UUID of version 7. Later ids sort after earlier ones, also within a
/// millisecond and after the clock was set back.
#[must_use]
pub(crate) fn element_id() -> ElementId {
    ElementId::from_bytes(Uuid::now_v7().into_bytes())
}

/// The bytes of the id of a new message: 128 random bits.
#[must_use]
pub(crate) fn message_id() -> [u8; 16] {
    bytes()
}

/// A seed for a generator of pseudo-random numbers.
#[must_use]
pub(crate) fn seed() -> u64 {
    u64::from_le_bytes(bytes())
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // With a guessable key others could act as this person, so the page does not start.
        wasm_bindgen::throw_str("this browser has no secure random numbers");
    }
    bytes
}

/// A random number within `0.0 .. 1.0`, for names and colours, not for secrets.
#[must_use]
pub(crate) fn fraction() -> f64 {
    js_sys::Math::random()
}

#[cfg(test)]
mod tests {
    use super::element_id;

    #[test]
    fn later_ids_sort_later() {
        let ids: Vec<_> = (0..10_000).map(|_| element_id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
    }
}
