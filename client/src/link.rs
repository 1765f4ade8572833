//! Addresses of boards. The address of a board contains the secret that opens it.
//!
//! This module parses addresses itself instead of using a router: there are two routes, and
//! the secret in the fragment becomes a [`Secret`] at once, which no log can show.

use shared::id::{BoardId, Secret};
use shared::number::decimal;

/// The path of boards below the address of the server. The id follows.
const BOARDS: &str = "b/";
/// What separates the secret from the view in a link.
const AT: &str = "&at=";

/// The view that a link leads to: its centre in board units, and the zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LinkedView {
    /// The x of the centre.
    pub(crate) x: f64,
    /// The y of the centre.
    pub(crate) y: f64,
    /// CSS pixels per board unit.
    pub(crate) zoom: f64,
}

impl LinkedView {
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|number| number.parse::<f64>().ok());
        let (x, y, zoom) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let all_finite = x.is_finite() && y.is_finite() && zoom.is_finite();
        all_finite.then_some(Self { x, y, zoom })
    }
}

/// The page that an address asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Route {
    /// The start page.
    Start,
    /// A board, with the secret and the view if the address has them.
    Board(BoardId, Option<Secret>, Option<LinkedView>),
    /// There is no such page.
    NotFound,
}

impl Route {
    /// Reads the path below the address of the server and the fragment (with or without `#`).
    #[must_use]
    pub(crate) fn parse(path: &str, fragment: &str) -> Self {
        let path = path.trim_start_matches('/');
        let Some(board) = path.strip_prefix(BOARDS) else {
            return if path.is_empty() {
                Self::Start
            } else {
                Self::NotFound
            };
        };
        let fragment = fragment.trim_start_matches('#');
        let (secret, view) = fragment.split_once(AT).unwrap_or((fragment, ""));
        match board.trim_end_matches('/').parse() {
            Ok(board) => Self::Board(board, secret.parse().ok(), LinkedView::parse(view)),
            Err(_) => Self::NotFound,
        }
    }
}

/// The address that opens a board, relative to the address of the server: path and fragment.
#[must_use]
pub(crate) fn address(board: BoardId, secret: Secret) -> String {
    format!("{BOARDS}{board}#{}", secret.reveal())
}

/// A link that leads to a view. The view is rounded to what can be seen.
#[must_use]
pub(crate) fn with_view(link: &str, view: LinkedView) -> String {
    let LinkedView { x, y, zoom } = view;
    let (x, y, zoom) = (decimal(x, 1), decimal(y, 1), decimal(zoom, 3));
    format!("{link}{AT}{x},{y},{zoom}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changed_text::changes;

    #[test]
    fn an_address_is_parsed_into_its_board_and_secret() {
        let (board, secret) = (BoardId::from_bytes([3; 16]), Secret::from_bytes([9; 16]));
        let address = address(board, secret);
        let (path, fragment) = address.split_once('#').unwrap();
        assert_eq!(
            Route::parse(path, fragment),
            Route::Board(board, Some(secret), None)
        );
        assert_eq!(Route::parse(path, ""), Route::Board(board, None, None));
    }

    #[test]
    fn a_link_to_a_view_is_parsed_into_secret_and_view() {
        let (board, secret) = (BoardId::from_bytes([3; 16]), Secret::from_bytes([9; 16]));
        let view = LinkedView {
            x: -12.5,
            y: 4000.0,
            zoom: 0.25,
        };
        let link = with_view(&address(board, secret), view);
        let (path, fragment) = link.split_once('#').unwrap();
        assert_eq!(
            Route::parse(path, fragment),
            Route::Board(board, Some(secret), Some(view))
        );
        let invalid = format!("{}&at=1,NaN,2", secret.reveal());
        assert_eq!(
            Route::parse(path, &invalid),
            Route::Board(board, Some(secret), None)
        );
    }

    #[test]
    fn a_changed_link_leads_to_a_finite_view_or_nowhere() {
        let link = "b/AwMDAwMDAwMDAwMDAwMDAw#CQkJCQkJCQkJCQkJCQkJCQ&at=-12.5,4e3,0.25";
        for changed in changes(link) {
            let (path, fragment) = changed.split_once('#').unwrap_or((&changed, ""));
            if let Route::Board(_, _, Some(view)) = Route::parse(path, fragment) {
                let finite = [view.x, view.y, view.zoom].map(f64::is_finite);
                assert_eq!(finite, [true; 3], "{changed}");
            }
        }
    }

    #[test]
    fn other_paths_are_not_found() {
        assert_eq!(Route::parse("/", ""), Route::Start);
        assert_eq!(Route::parse("/b/short", ""), Route::NotFound);
        assert_eq!(Route::parse("/else", ""), Route::NotFound);
    }
}
