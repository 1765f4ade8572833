//! The link of a board, which an agent gives as its credential.

use shared::id::{BoardId, Secret};

/// What stands between the address of a server and the id of a board in a link.
const BOARDS: &str = "/b/";
/// What separates the secret in a link from the view that the link leads to.
const VIEW: char = '&';

/// The link of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BoardLink {
    /// The board.
    pub(super) board: BoardId,
    /// The secret.
    pub(super) secret: Secret,
}

/// Why there is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum LinkFault {
    /// The request has none.
    #[error(
        "no board: give its link as the argument `board` of this tool, or send it with each request \
         as `Authorization: Bearer <link>`. A link looks like https://host/b/<board>#<secret>; \
         people copy it in the Share dialog of the board"
    )]
    Missing,
    /// It is none.
    #[error(
        "this is not the link of a board: a link looks like https://host/b/<board>#<secret>, with \
         all that stands after the #. Instead, <board>.<secret> can be given"
    )]
    Malformed,
}

impl BoardLink {
    /// Reads `https://…/b/<board>#<secret>` or `<board>.<secret>`.
    pub(super) fn parse(text: &str) -> Result<Self, LinkFault> {
        let text = text.trim();
        let parts = match text.split_once(BOARDS) {
            Some((_, rest)) => rest.split_once('#'),
            None => text.split_once('.'),
        };
        let (board, secret) = parts.ok_or(LinkFault::Malformed)?;
        let secret = secret.split(VIEW).next().unwrap_or_default();
        Self::of(board.trim_end_matches('/'), secret)
    }

    /// The link of a board with a secret.
    pub(super) fn of(board: &str, secret: &str) -> Result<Self, LinkFault> {
        let fault = LinkFault::Malformed;
        Ok(Self {
            board: board.parse().map_err(|_| fault)?,
            secret: secret.parse().map_err(|_| fault)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_in_all_its_forms() {
        let link = BoardLink {
            board: BoardId::from_bytes([3; 16]),
            secret: Secret::from_bytes([9; 16]),
        };
        let (board, secret) = (link.board.to_string(), link.secret.reveal());
        for text in [
            format!("https://board.example/b/{board}#{secret}"),
            format!(" http://127.0.0.1:3000/white/b/{board}/#{secret}\n"),
            format!("https://board.example/b/{board}#{secret}&at=-12.5,40,0.25"),
            format!("{board}.{secret}"),
        ] {
            assert_eq!(BoardLink::parse(&text), Ok(link), "{text}");
        }
        assert_eq!(BoardLink::of(&board, &secret), Ok(link));
    }

    #[test]
    fn anything_else_is_no_link() {
        let board = BoardId::from_bytes([3; 16]);
        for text in [
            "",
            "hello",
            "https://board.example/",
            &format!("https://board.example/b/{board}"),
            &format!("https://board.example/b/{board}#"),
            &format!("https://board.example/b/{board}#short"),
            &format!("{board}.."),
            &format!("{board}.{board}.{board}"),
        ] {
            assert_eq!(BoardLink::parse(text), Err(LinkFault::Malformed), "{text}");
        }
    }
}
