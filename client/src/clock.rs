//! The clocks of the browser.
//!
//! Code that makes decisions gets the time from here as an argument.

use leptos::prelude::window;
use shared::id::Millis;

/// The steady clock of the page, which also stamps pointer events and animation frames.
#[must_use]
pub(crate) fn now() -> Millis {
    from_page(page_ms())
}

/// The steady clock of the page in milliseconds, with fractions.
#[must_use]
pub(crate) fn page_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// A time of the page's steady clock in whole milliseconds.
#[must_use]
pub(crate) const fn from_page(ms: f64) -> Millis {
    // The cast saturates, and a page never lives long enough to lose precision.
    ms as Millis
}

/// Milliseconds since 1970, by the clock of this computer.
#[must_use]
pub(crate) fn unix_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Seconds since 1970, by the clock of this computer.
#[must_use]
pub(crate) fn unix_seconds() -> u64 {
    (js_sys::Date::now() / 1_000.0) as u64
}

/// The number of the day of a time in milliseconds since 1970, by the time zone of this computer.
#[must_use]
pub(crate) fn local_day(unix_ms: u64) -> i64 {
    const DAY_MS: f64 = 86_400_000.0;
    const MINUTE_MS: f64 = 60_000.0;
    let ms = unix_ms as f64;
    let offset = js_sys::Date::new(&ms.into()).get_timezone_offset();
    ((ms - offset * MINUTE_MS) / DAY_MS).floor() as i64
}
