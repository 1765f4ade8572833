//! The address of the server, below which everything of this page is: its files, the boards, the
//! WebSocket and the server functions.
//!
//! A server can be at a path that it shares an origin with, such as
//! `https://example.org/whiteboard/`. The client is built once for all paths; the server writes its
//! path into the `<base>` of the page.

use leptos::prelude::{document, window};

/// The address of the server, with a slash at the end.
#[must_use]
pub(crate) fn base() -> String {
    match document().base_uri() {
        Ok(Some(base)) => base,
        Ok(None) | Err(_) => format!("{}/", origin()),
    }
}

/// The path of this page below the server's address, with a slash at the beginning.
#[must_use]
pub(crate) fn path() -> String {
    let path = window().location().pathname().unwrap_or_default();
    below(&path, base().strip_prefix(&origin()).unwrap_or("/")).to_owned()
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The part of a path below a base, which ends in a slash. The slash may be missing in the path
/// that is the base itself.
fn below<'a>(path: &'a str, base: &str) -> &'a str {
    let base = base.trim_end_matches('/');
    let rest = path.strip_prefix(base).unwrap_or(path);
    if rest.is_empty() { "/" } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_below_the_base_begins_with_a_slash() {
        for (path, base, expected) in [
            ("/", "/", "/"),
            ("/b/x", "/", "/b/x"),
            ("/white/board/b/x", "/white/board/", "/b/x"),
            ("/white/board/", "/white/board/", "/"),
            ("/white/board", "/white/board/", "/"),
        ] {
            assert_eq!(below(path, base), expected);
        }
    }
}
