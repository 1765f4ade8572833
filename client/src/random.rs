//! Randomness: keys, ids, dice.
//!
//! Knows the browser's random numbers only.

use std::cell::Cell;

use shared::id::{ClientKey, ElementId};
use uuid::Builder;

/// Bits of the count of ids within one millisecond.
const COUNT_BITS: u32 = 12;

thread_local! {
    /// The time and the count of the latest id.
    static LATEST: Cell<u64> = const { Cell::new(0) };
}

/// A fresh private identity.
#[must_use]
pub fn client_key() -> ClientKey {
    ClientKey::from_bytes(bytes())
}

/// A fresh id for an element, a UUID of version 7; later ones sort later.
#[must_use]
pub fn element_id() -> ElementId {
    let mut bytes: [u8; 10] = bytes();
    let latest = after(LATEST.get(), js_sys::Date::now() as u64);
    LATEST.set(latest);
    let [.., high, low] = latest.to_be_bytes();
    (bytes[0], bytes[1]) = (high, low);
    let id = Builder::from_unix_timestamp_millis(latest >> COUNT_BITS, &bytes);
    ElementId::from_bytes(*id.as_uuid().as_bytes())
}

/// The time and the count of the next id, `now` in milliseconds. A count that leaves its
/// millisecond goes on in the next, and a clock that goes back is not followed.
fn after(latest: u64, now: u64) -> u64 {
    latest.wrapping_add(1).max(now << COUNT_BITS)
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // A guessable key would let others speak as this person; better not to start.
        wasm_bindgen::throw_str("this browser has no secure random numbers");
    }
    bytes
}

/// An even throw within `0.0 .. 1.0`, for waits and colours; not for secrets.
#[must_use]
pub fn dice() -> f64 {
    js_sys::Math::random()
}

#[cfg(test)]
mod tests {
    use super::{COUNT_BITS, after};

    #[test]
    fn ids_grow_within_a_millisecond_and_when_the_clock_goes_back() {
        let mut latest = after(0, 1000);
        assert_eq!(latest >> COUNT_BITS, 1000);
        for now in [1000, 1000, 999, 5] {
            let next = after(latest, now);
            assert!(next > latest);
            latest = next;
        }
        for _ in 0..1 << COUNT_BITS {
            latest = after(latest, 1000);
        }
        assert_eq!(latest >> COUNT_BITS, 1001);
        assert_eq!(after(latest, 2000), 2000 << COUNT_BITS);
    }
}
