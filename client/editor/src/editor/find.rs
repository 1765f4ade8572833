//! Looking for text on the board.
//!
//! Knows what elements say. It must not know the field that the words are typed into.

use crate::tool_kind::ToolKind;
use shared::id::{ElementId, Millis};
use shared::model::{Board, Body, Element};

use super::route::World;
use super::{Access, Editor};
use crate::document::outline::in_rows;
use crate::document::selection;
use crate::fold::{Decompose, folded};
use crate::output::Effect;

/// Found elements that are outlined at once.
const MOST_OUTLINED: usize = 500;
/// What must be around a found element to see it in its place, in CSS pixels.
const AROUND_PX: f64 = 40.0;

/// What is looked for, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    query: String,
    found: Vec<ElementId>,
    at: usize,
}

/// What a search came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many elements have the words.
    pub count: usize,
    /// The one that is shown, from 1; 0 if there is none.
    pub at: usize,
}

/// Which match is looked at next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindStep {
    /// The one after this one; after the last, the first.
    Next,
    /// The one before.
    Previous,
}

impl Editor {
    /// Looks for words in texts, notes, shapes and names of frames, and goes to the
    /// first match in reading order. Nothing to look for ends the search.
    pub fn find(
        &mut self,
        query: &str,
        decompose: Decompose,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let query = folded(query.trim(), decompose);
        let found = self.matches(&query, decompose, board);
        let search = &mut self.memory.search;
        // More letters of the same word: stay where one is, if that still fits.
        let current = search.found.get(search.at);
        let at = current.and_then(|current| found.iter().position(|id| id == current));
        *search = Search {
            query,
            found,
            at: at.unwrap_or(0),
        };
        self.show_match(World::new(now, ids, board))
    }

    /// Goes to the next match, or the one before.
    pub fn find_step(
        &mut self,
        step: FindStep,
        decompose: Decompose,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let found = self.matches(&self.memory.search.query, decompose, board);
        let search = &mut self.memory.search;
        let current = search.found.get(search.at);
        let at = current.and_then(|current| found.iter().position(|id| id == current));
        let last = found.len().saturating_sub(1);
        search.at = match (at, step) {
            (Some(at), FindStep::Next) if at < last => at + 1,
            (Some(0), FindStep::Previous) => last,
            (Some(at), FindStep::Previous) => at - 1,
            // Somebody took it away: the one that stood behind it.
            (None, FindStep::Next | FindStep::Previous) => search.at.min(last),
            (Some(_), FindStep::Next) => 0,
        };
        search.found = found;
        self.show_match(World::new(now, ids, board))
    }

    /// What the search came to.
    #[must_use]
    pub fn found(&self) -> Found {
        let search = &self.memory.search;
        let count = search.found.len();
        Found {
            count,
            at: (search.at + 1).min(count),
        }
    }

    /// What is to be outlined; the match that is looked at stands first.
    pub(super) fn outlined(&self) -> Vec<ElementId> {
        let search = &self.memory.search;
        let current = search.found.get(search.at);
        let others = search.found.iter().filter(|id| Some(*id) != current);
        current
            .into_iter()
            .chain(others)
            .take(MOST_OUTLINED)
            .copied()
            .collect()
    }

    /// Selects elements with their groups and brings them into view: what was chosen
    /// from a list.
    pub fn show(
        &mut self,
        wanted: &[ElementId],
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        let mut there = wanted.to_vec();
        there.retain(|id| board.get(*id).is_some());
        let chosen = selection::units(board, there, None);
        if let Some(first) = chosen.ids.first().copied() {
            if self.access == Access::Edit {
                self.pick(ToolKind::Select, &mut world);
            }
            self.reach_all(first, chosen, &mut world);
        }
        world.effects
    }

    fn matches(&self, query: &str, decompose: Decompose, board: &Board) -> Vec<ElementId> {
        if query.is_empty() {
            return Vec::new();
        }
        let has_it = |element: &Element| {
            says(element).is_some_and(|text| folded(&text, decompose).contains(query))
        };
        let places = board
            .elements()
            .filter(|element| has_it(element))
            .filter_map(|element| Some((self.index.bounds_of(element.id)?, element.id)));
        in_rows(places.collect())
    }

    fn show_match(&mut self, mut world: World<'_>) -> Vec<Effect> {
        let search = &self.memory.search;
        let current = search.found.get(search.at);
        if let Some(bounds) = current.and_then(|id| self.index.bounds_of(*id)) {
            let around = self.camera.board_length(AROUND_PX);
            self.bring_into_view(bounds.inflate(around, around), &mut world);
        }
        world.effects.push(Effect::Redraw);
        world.effects
    }
}

/// The words of an element, or its name.
fn says(element: &Element) -> Option<String> {
    match &element.body {
        Body::Frame => Some(element.props.name()),
        Body::Shape(_) | Body::Text | Body::Sticky { .. } if element.text.is_empty() => None,
        Body::Shape(_) | Body::Text | Body::Sticky { .. } => Some(element.text.plain()),
        Body::Stroke(_) | Body::Line => None,
    }
}
