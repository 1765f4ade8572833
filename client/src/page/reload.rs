//! Loads the page again when its version is too old for the server.

use leptos::prelude::window;

use crate::clock;
use crate::storage::Area;

/// The storage key of the time of the last reload.
const RELOADED_KEY: &str = "reloaded";
/// A second reload within this time would not help, in seconds.
const RELOAD_SECONDS: u64 = 300;

/// Loads the page again, unless it did so a short while ago. Returns whether it does.
pub(super) fn reload_once() -> bool {
    let now = clock::unix_seconds();
    let last = Area::Tab.get::<u64>(RELOADED_KEY).unwrap_or(0);
    // The clock may have been set back meanwhile.
    if now.abs_diff(last) < RELOAD_SECONDS {
        return false;
    }
    Area::Tab.set(RELOADED_KEY, &now);
    window().location().reload().is_ok()
}
