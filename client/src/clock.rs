//! The clocks of the browser.
//!
//! Knows time only. Whoever decides by time gets it as an argument from here.

use leptos::prelude::window;
use shared::id::Millis;

/// The steady clock of the page: the same that pointer events and animation
/// frames are stamped with.
#[must_use]
pub(crate) fn now() -> Millis {
    from_page(window().performance().map_or(0.0, |clock| clock.now()))
}

/// A time of the page's steady clock as the browser writes it, in milliseconds.
#[must_use]
pub(crate) const fn from_page(ms: f64) -> Millis {
    // The cast saturates, and a page never lives long enough to lose precision.
    ms as Millis
}

/// Seconds since 1970, as far as this computer knows.
#[must_use]
pub(crate) fn unix_seconds() -> u64 {
    (js_sys::Date::now() / 1_000.0) as u64
}
