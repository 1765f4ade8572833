//! The state of the editor that follows the board: selection, index and history; and what commands
//! and tools ask about the elements of a board or do with them: frames, copies, search, outline.

pub mod affected_elements;
pub mod announce;
pub(crate) mod case_folding;
pub(crate) mod copies;
pub(crate) mod export_scene;
pub(crate) mod frame_names;
pub(crate) mod frames;
pub mod history;
pub mod index;
mod loose_grid;
pub mod outline;
pub(crate) mod pending_put;
pub(crate) mod reading;
pub(crate) mod search;
pub(crate) mod selection_cache;
pub(crate) mod topmost;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::limits::MAX_LIVE_SELECTION;
use shared::model::{Board, affected};
use shared::protocol::live::LiveUpdate;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::output::Changed;
use crate::selection::Selection;
use crate::update::Update;
pub use history::History;
pub use index::Index;
use selection_cache::SelectionCache;

/// The user's selection, and the bounds of all elements.
#[derive(Debug, Default)]
pub(crate) struct Document {
    index: Index,
    /// Shared, because undo steps remember the selection before them.
    selection: Rc<Selection>,
    /// The image that the user crops. It is the only selected element.
    cropping: Option<ElementId>,
    cache: SelectionCache,
    /// Escape cleared the selection: the next Tab leaves the board.
    tab_leaves: bool,
}

impl Document {
    pub(crate) const fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    pub(crate) fn shared_selection(&self) -> Rc<Selection> {
        Rc::clone(&self.selection)
    }

    /// The image that the user crops.
    pub(crate) const fn cropping(&self) -> Option<ElementId> {
        self.cropping
    }

    /// Begins or ends cropping.
    pub(crate) fn crop(&mut self, image: Option<ElementId>, update: &mut Update<'_>) {
        if self.cropping != image {
            self.cropping = image;
            update.changed(Changed::Selection);
            update.changed(Changed::Overlay);
        }
    }

    pub(crate) const fn cache(&self) -> &SelectionCache {
        &self.cache
    }

    /// Takes over changes of these elements; returns the regions to repaint.
    pub(crate) fn follow(&mut self, changed: &[ElementId], board: &Board) -> Vec<BoardRect> {
        // The cache comes first: a deleted element was in the selection box, too.
        self.cache.follow(changed, &self.selection, board);
        if changed.iter().any(|id| board.get(*id).is_none()) {
            Rc::make_mut(&mut self.selection).drop_deleted(changed, board);
        }
        self.index.apply(changed, board)
    }

    /// Takes over a whole board.
    pub(crate) fn replace(&mut self, board: &Board) {
        self.index = Index::of(board);
        self.cache = SelectionCache::default();
        Rc::make_mut(&mut self.selection).follow(board);
    }

    /// Selects elements as far as they are on the board, and shows that to others.
    pub(crate) fn select(&mut self, mut selection: Selection, update: &mut Update<'_>) {
        selection.ids.retain(|id| update.will_have(*id));
        if selection == *self.selection {
            return;
        }
        let ids = selection.ids.iter().copied();
        let sent = ids.take(MAX_LIVE_SELECTION).collect();
        self.selection = Rc::new(selection);
        self.cropping = None;
        self.cache.forget_selection();
        // A viewer's selection is for copying and reading only, so others need not see it.
        if update.may_edit() {
            update.live(LiveUpdate::Select(sent));
        }
        update.changed(Changed::Selection);
        update.changed(Changed::Overlay);
    }

    /// Closes the group that was opened; the selection stays selected.
    pub(crate) fn close_group(&mut self) {
        Rc::make_mut(&mut self.selection).within = None;
    }

    /// The smallest rectangle around the selected elements, in board units.
    pub(crate) fn selection_extent(&self, board: &Board) -> Option<BoardRect> {
        affected::extent(board, &self.selection.ids)
    }

    /// The boxes of these elements, with their ids.
    pub(crate) fn boxes(
        &self,
        ids: impl Iterator<Item = ElementId>,
    ) -> Vec<(BoardRect, ElementId)> {
        ids.filter_map(|id| Some((self.index.bounds_of(id)?, id)))
            .collect()
    }

    /// Whether an element has its middle near a place: at most `tolerance` board units away on each
    /// axis.
    pub(crate) fn has_middle_near(&self, at: BoardPoint, tolerance: f64) -> bool {
        let near = BoardRect::from_points(at, at).inflate(tolerance, tolerance);
        self.index.touching(near).any(|id| {
            let bounds = self.index.bounds_of(id);
            bounds.is_some_and(|bounds| near.contains(bounds.center()))
        })
    }

    /// The selected elements that are not locked.
    pub(crate) fn unlocked_ids(&self, board: &Board) -> BTreeSet<ElementId> {
        let unlocked = self.selection.unlocked(board);
        unlocked.map(|element| element.id).collect()
    }

    /// Clears the cached values.
    #[cfg(test)]
    pub(crate) fn clear_cache(&mut self) {
        self.cache = SelectionCache::default();
    }
}
