//! Changes that follow one another quickly and are undone as one step.

use shared::id::{ElementId, Millis};
use std::collections::BTreeSet;

use crate::document::selection::Selection;
use crate::style::StyleChange;

/// Changes by keys and sliders within this time are undone as one step.
const PAUSE_MS: Millis = 1_000;

/// A change that is done again and again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Repeated {
    /// Moving the selection by arrow keys.
    Nudge,
    /// Setting one property by the style panel.
    Style(std::mem::Discriminant<StyleChange>),
}

/// The last of such changes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Streak {
    change: Repeated,
    at: Millis,
    selected: BTreeSet<ElementId>,
    /// The turn of the history that the change made.
    turn: u64,
}

impl Streak {
    pub(super) fn new(change: Repeated, selection: &Selection, turn: u64, now: Millis) -> Self {
        Self {
            change,
            at: now,
            selected: selection.ids.clone(),
            turn,
        }
    }

    /// Whether such a change belongs to the same undo step.
    pub(super) fn goes_on(
        &self,
        change: Repeated,
        selection: &Selection,
        turn: u64,
        now: Millis,
    ) -> bool {
        self.change == change
            && now.saturating_sub(self.at) <= PAUSE_MS
            && self.selected == selection.ids
            && self.turn == turn
    }
}
