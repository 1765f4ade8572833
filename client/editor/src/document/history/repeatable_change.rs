//! Changes that follow one another quickly and are undone as one step.

use shared::id::{ElementId, Millis};
use std::collections::BTreeSet;

use crate::selection::Selection;
use crate::style::StyleChange;

/// Changes by keys and sliders within this time are undone as one step.
const PAUSE_MS: Millis = 1_000;

/// A change that is often repeated quickly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RepeatableChange {
    /// Moving the selection by arrow keys.
    Nudge,
    /// Cropping an image by arrow keys.
    Crop,
    /// Setting one property by the style panel.
    Style(std::mem::Discriminant<StyleChange>),
}

/// The last repeatable change. The next one may belong to its undo step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LastChange {
    change: RepeatableChange,
    at: Millis,
    selected: BTreeSet<ElementId>,
    /// The revision of the history after the change.
    revision: u64,
}

impl LastChange {
    pub(super) fn new(
        change: RepeatableChange,
        selection: &Selection,
        revision: u64,
        now: Millis,
    ) -> Self {
        Self {
            change,
            at: now,
            selected: selection.ids.clone(),
            revision,
        }
    }

    /// Whether a later change belongs to the same undo step.
    pub(super) fn merges_with(
        &self,
        change: RepeatableChange,
        selection: &Selection,
        revision: u64,
        now: Millis,
    ) -> bool {
        self.change == change
            && now.saturating_sub(self.at) <= PAUSE_MS
            && self.selected == selection.ids
            && self.revision == revision
    }
}
