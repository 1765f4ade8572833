//! The search for text on the board.

use shared::id::ElementId;
use shared::model::reading_order::in_rows;
use shared::model::{Board, Body, Element};

use super::case_folding::{Decompose, folded};
use super::index::Index;

/// Found elements that are outlined at once.
const MAX_OUTLINED: usize = 500;

/// The search text, and the elements that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Search {
    query: String,
    /// In reading order.
    matches: Vec<ElementId>,
    /// The index of the match that is shown.
    at: usize,
}

/// The result of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many elements match.
    pub count: usize,
    /// The match that is shown, from 1; 0 if there is none.
    pub at: usize,
}

/// Which match is shown next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindStep {
    /// The next one; after the last, the first.
    Next,
    /// The previous one; before the first, the last.
    Previous,
}

impl Search {
    /// Searches texts, notes, shapes, lines and names of frames. If the match that is shown matches the
    /// longer text too, it stays. An empty query ends the search.
    pub(crate) fn start(
        &mut self,
        query: &str,
        decompose: Decompose,
        index: &Index,
        board: &Board,
    ) {
        self.query = folded(query.trim(), decompose);
        let current = self.current();
        self.matches = matches(&self.query, decompose, index, board);
        self.at = self.place_of(current).unwrap_or(0);
    }

    pub(crate) fn step(
        &mut self,
        step: FindStep,
        decompose: Decompose,
        index: &Index,
        board: &Board,
    ) {
        let current = self.current();
        self.matches = matches(&self.query, decompose, index, board);
        let last = self.matches.len().saturating_sub(1);
        self.at = match (self.place_of(current), step) {
            (Some(at), FindStep::Next) if at < last => at + 1,
            (Some(0), FindStep::Previous) => last,
            (Some(at), FindStep::Previous) => at - 1,
            // Another user deleted the match that was shown, so the match after it is shown.
            (None, FindStep::Next | FindStep::Previous) => self.at.min(last),
            (Some(_), FindStep::Next) => 0,
        };
    }

    /// The match that is shown.
    pub(crate) fn current(&self) -> Option<ElementId> {
        self.matches.get(self.at).copied()
    }

    fn place_of(&self, id: Option<ElementId>) -> Option<usize> {
        let id = id?;
        self.matches.iter().position(|found| *found == id)
    }

    pub(crate) fn found(&self) -> Found {
        let count = self.matches.len();
        Found {
            count,
            at: (self.at + 1).min(count),
        }
    }

    /// The elements to be outlined; the match that is shown comes first.
    pub(crate) fn outlined(&self) -> Vec<ElementId> {
        let current = self.current();
        let others = self.matches.iter().filter(|id| Some(**id) != current);
        let all = current.into_iter().chain(others.copied());
        all.take(MAX_OUTLINED).collect()
    }
}

fn matches(query: &str, decompose: Decompose, index: &Index, board: &Board) -> Vec<ElementId> {
    if query.is_empty() {
        return Vec::new();
    }
    let matches = |element: &Element| {
        text_of(element).is_some_and(|text| folded(&text, decompose).contains(query))
    };
    let places = board
        .elements()
        .filter(|element| matches(element))
        .filter_map(|element| Some((index.bounds_of(element.id)?, element.id)));
    in_rows(places.collect())
}

/// The text of an element, or its name.
fn text_of(element: &Element) -> Option<String> {
    match &element.body {
        Body::Frame => Some(element.props.name()),
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => {
            (!element.text.is_empty()).then(|| element.text.plain())
        }
        Body::Stroke(_) | Body::Path(_) | Body::Image => None,
    }
}
