//! The name under which a program is on a board.

use axum::http::{HeaderMap, StatusCode};
use sha2::{Digest as _, Sha256};
use shared::chat::ASSISTANT_NAME;
use shared::id::{BoardId, DeviceKey, Secret};
use shared::limits::MAX_NAME_CHARS;
use shared::model::Color;
use shared::name::is_clean_name;
use shared::protocol::Profile;

use crate::request::Problem;

/// The name of programs that give none.
const DEFAULT_NAME: &str = "Script";
/// The name of agents that give none.
const AGENT_NAME: &str = "Agent";
/// The header with the name of a program.
const PROGRAM: &str = "commonslate-program";
/// The colour of all programs: people are given other colours.
const COLOR: Color = Color::Grey;

/// The name of a program, as people on the board see it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct GuestName(String);

impl Default for GuestName {
    fn default() -> Self {
        Self(DEFAULT_NAME.to_owned())
    }
}

impl GuestName {
    /// The name of an agent that gives none.
    pub(crate) fn agent() -> Self {
        Self(AGENT_NAME.to_owned())
    }

    /// The name of the assistant.
    pub(crate) fn assistant() -> Self {
        Self(ASSISTANT_NAME.to_owned())
    }

    /// The name that a program gives in the headers of a request.
    ///
    /// # Errors
    /// It is no name.
    pub(crate) fn in_headers(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let Some(name) = headers.get(PROGRAM) else {
            return Ok(None);
        };
        let name = std::str::from_utf8(name.as_bytes()).ok();
        let name = name.and_then(Self::parse).ok_or_else(|| {
            let detail = format!(
                "the name in Commonslate-Program is 1 to {MAX_NAME_CHARS} letters of UTF-8"
            );
            Problem::new(StatusCode::BAD_REQUEST, detail)
        });
        name.map(Some)
    }

    /// Reads a name; `None` if it is empty, too long, or has characters that names cannot have.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        let is_short = name.chars().count() <= MAX_NAME_CHARS;
        (!name.is_empty() && is_short && is_clean_name(name)).then(|| Self(name.to_owned()))
    }

    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// How the guest shows itself.
    pub(crate) fn profile(&self) -> Profile {
        Profile {
            name: self.0.clone(),
            color: COLOR,
        }
    }

    /// The key by which the guest is the same person on each server and after each restart: a
    /// program that uses the same link under the same name.
    pub(crate) fn device(&self, board: BoardId, secret: &Secret) -> DeviceKey {
        let hash = Sha256::new_with_prefix(b"commonslate program")
            .chain_update(secret.as_bytes())
            .chain_update(self.0.as_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        DeviceKey::from_bytes(bytes).for_board(board)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_of_some_letters() {
        assert_eq!(GuestName::parse(" plans ").unwrap().as_str(), "plans");
        for bad in [
            "",
            "  ",
            "a\nb",
            "a\u{202e}b",
            &"x".repeat(MAX_NAME_CHARS + 1),
        ] {
            assert_eq!(GuestName::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_program_is_another_person_by_another_link_name_or_board() {
        let [one, two] = [1, 2].map(|byte| Secret::from_bytes([byte; 16]));
        let [here, there] = [1, 2].map(|byte| BoardId::from_bytes([byte; 16]));
        let [ada, ben] = ["ada", "ben"].map(|name| GuestName::parse(name).unwrap());
        let person = |name: &GuestName, board, secret| name.device(board, secret).device_id();
        let known = person(&ada, here, &one);
        assert_eq!(known, person(&ada.clone(), here, &one));
        for other in [
            person(&ben, here, &one),
            person(&ada, there, &one),
            person(&ada, here, &two),
        ] {
            assert_ne!(known, other);
        }
    }
}
