//! Capability links: where a board is and what opens it.
//!
//! This module parses addresses itself instead of using a router: there are two routes, and
//! the secret in the fragment becomes a [`Secret`] at once, which no log can show.

use shared::id::{BoardId, Secret};
use shared::number::decimal;

/// The path under which boards live.
const BOARDS: &str = "/b/";
/// What stands between the secret and the part of the board that is linked to.
const AT: &str = "&at=";

/// A part of a board: its middle in board units, and the zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// From left to right.
    pub(crate) x: f64,
    /// From top to bottom.
    pub(crate) y: f64,
    /// CSS pixels per board unit.
    pub(crate) zoom: f64,
}

impl Spot {
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|number| number.parse::<f64>().ok());
        let (x, y, zoom) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let all_finite = x.is_finite() && y.is_finite() && zoom.is_finite();
        all_finite.then_some(Self { x, y, zoom })
    }
}

/// What the address bar asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// The start page.
    Start,
    /// A board, with the secret and the part to look at if the address has them.
    Board(BoardId, Option<Secret>, Option<Spot>),
    /// Neither.
    Nowhere,
}

impl Place {
    /// Reads the path and the fragment (with or without `#`) of an address.
    #[must_use]
    pub(crate) fn parse(path: &str, fragment: &str) -> Self {
        let Some(board) = path.strip_prefix(BOARDS) else {
            return if matches!(path, "/" | "") {
                Self::Start
            } else {
                Self::Nowhere
            };
        };
        let fragment = fragment.trim_start_matches('#');
        let (secret, spot) = fragment.split_once(AT).unwrap_or((fragment, ""));
        match board.trim_end_matches('/').parse() {
            Ok(board) => Self::Board(board, secret.parse().ok(), Spot::parse(spot)),
            Err(_) => Self::Nowhere,
        }
    }
}

/// The path and fragment that open a board.
#[must_use]
pub(crate) fn address(board: BoardId, secret: Secret) -> String {
    format!("{BOARDS}{board}#{}", secret.reveal())
}

/// A link with a part of the board to look at, rounded to what the eye can tell.
#[must_use]
pub(crate) fn with_spot(link: &str, spot: Spot) -> String {
    let Spot { x, y, zoom } = spot;
    let (x, y, zoom) = (decimal(x, 1), decimal(y, 1), decimal(zoom, 3));
    format!("{link}{AT}{x},{y},{zoom}")
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
            Place::Board(board, Some(secret), None)
        );
        assert_eq!(Place::parse(path, ""), Place::Board(board, None, None));
    }

    #[test]
    fn a_link_to_a_part_of_a_board_keeps_its_secret() {
        let (board, secret) = (BoardId::from_bytes([3; 16]), Secret::from_bytes([9; 16]));
        let spot = Spot {
            x: -12.5,
            y: 4000.0,
            zoom: 0.25,
        };
        let link = with_spot(&address(board, secret), spot);
        let (path, fragment) = link.split_once('#').unwrap();
        assert_eq!(
            Place::parse(path, fragment),
            Place::Board(board, Some(secret), Some(spot))
        );
        let rubbish = format!("{}&at=1,NaN,2", secret.reveal());
        assert_eq!(
            Place::parse(path, &rubbish),
            Place::Board(board, Some(secret), None)
        );
    }

    #[test]
    fn other_paths_lead_nowhere() {
        assert_eq!(Place::parse("/", ""), Place::Start);
        assert_eq!(Place::parse("/b/short", ""), Place::Nowhere);
        assert_eq!(Place::parse("/else", ""), Place::Nowhere);
    }
}
