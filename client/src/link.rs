//! Capability links: where a board is and what opens it.
//!
//! Knows addresses. It must not know what a role may do.

use shared::id::{BoardId, Secret};

/// The path under which boards live.
const BOARDS: &str = "/b/";

/// What the address bar asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The start page.
    Start,
    /// A board, with the secret if the address has one.
    Board(BoardId, Option<Secret>),
    /// Neither.
    Nowhere,
}

impl Place {
    /// Reads the path and the fragment (with or without `#`) of an address.
    #[must_use]
    pub fn parse(path: &str, fragment: &str) -> Self {
        let Some(board) = path.strip_prefix(BOARDS) else {
            return if matches!(path, "/" | "") {
                Self::Start
            } else {
                Self::Nowhere
            };
        };
        match board.trim_end_matches('/').parse() {
            Ok(board) => Self::Board(board, fragment.trim_start_matches('#').parse().ok()),
            Err(_) => Self::Nowhere,
        }
    }
}

/// The path and fragment that open a board.
#[must_use]
pub fn address(board: BoardId, secret: Secret) -> String {
    format!("{BOARDS}{board}#{}", secret.reveal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_board() {
        let (board, secret) = (BoardId::from_bytes([3; 16]), Secret::from_bytes([9; 16]));
        let address = address(board, secret);
        let (path, fragment) = address.split_once('#').unwrap();
        assert_eq!(
            Place::parse(path, fragment),
            Place::Board(board, Some(secret))
        );
        assert_eq!(Place::parse(path, ""), Place::Board(board, None));
    }

    #[test]
    fn other_paths_lead_nowhere() {
        assert_eq!(Place::parse("/", ""), Place::Start);
        assert_eq!(Place::parse("/b/short", ""), Place::Nowhere);
        assert_eq!(Place::parse("/else", ""), Place::Nowhere);
    }
}
