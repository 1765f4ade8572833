//! How an agent is called on a board.
//!
//! A client says its name in each request (version 2026-07-28) or only once, in `initialize`. For the
//! latter the server writes the name into the session id that it answers, which the client sends with
//! each later request. The id is no credential and needs no server that remembers it.

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rmcp::model::Implementation;
use shared::limits::MAX_NAME_CHARS;

use crate::clock::random16;
use crate::guest::GuestName;

/// What separates the name in a session id from a random number, which makes the id unique.
const UNIQUE: char = '.';

/// The name of a client, as far as a name on a board can have it.
pub(super) fn of_client(client: &Implementation) -> Option<GuestName> {
    let names = [client.title.as_deref(), Some(&client.name)];
    let short = |name: &str| name.chars().take(MAX_NAME_CHARS).collect::<String>();
    let mut names = names.into_iter().flatten();
    names.find_map(|name| GuestName::parse(&short(name.trim())))
}

/// A session id that says how a client is called.
pub(super) fn session_id(name: &GuestName) -> Option<HeaderValue> {
    let name = BASE64_URL_SAFE_NO_PAD.encode(name.as_str());
    let unique = BASE64_URL_SAFE_NO_PAD.encode(random16().ok()?);
    HeaderValue::try_from(format!("{name}{UNIQUE}{unique}")).ok()
}

/// The name in a session id.
pub(super) fn in_session_id(id: &HeaderValue) -> Option<GuestName> {
    let (name, _) = id.to_str().ok()?.split_once(UNIQUE)?;
    let name = BASE64_URL_SAFE_NO_PAD.decode(name).ok()?;
    GuestName::parse(std::str::from_utf8(&name).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_id_says_the_name_of_the_client() {
        let client = Implementation::new("claude-code", "1").with_title("Klod \u{1f916} é");
        let name = of_client(&client).unwrap();
        assert_eq!(name.as_str(), "Klod \u{1f916} é");
        let id = session_id(&name).unwrap();
        assert_eq!(in_session_id(&id), Some(name.clone()));
        assert_ne!(session_id(&name), Some(id));
    }

    #[test]
    fn names_that_a_board_cannot_show_are_cut_or_left_out() {
        let long = of_client(&Implementation::new("x".repeat(500), "1")).unwrap();
        assert_eq!(long.as_str().len(), MAX_NAME_CHARS);
        let blank = Implementation::new("cursor", "1").with_title(" \n");
        assert_eq!(of_client(&blank).unwrap().as_str(), "cursor");
        assert_eq!(of_client(&Implementation::new("a\nb", "1")), None);
        for id in ["", "x", "%%.a", "AAAA.b"] {
            assert_eq!(in_session_id(&HeaderValue::from_static(id)), None, "{id}");
        }
    }
}
