//! Chromium, which the browser tests drive.

use super::{Found, Tool, apt, locate};
use anyhow::Result;

/// The browser; the environment variable `CHROMIUM` names another one.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium",
    why: "test in a real browser",
    usually: "1 minute",
    by_hand: "install Chromium or Chrome (Debian: `apt-get install chromium`) or set CHROMIUM to its path",
    find,
    install: || apt::install("chromium"),
};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

fn find() -> Result<Option<Found>> {
    match locate::from_environment("CHROMIUM")? {
        Some(found) => Ok(Some(found)),
        None => Ok(locate::search(&NAMES, |_| true)),
    }
}
