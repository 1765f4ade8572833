//! Values that are computed from the board and the selection once and read often.
//!
//! Each is computed when it is first read, and cleared when something changes that it depends on.

use std::cell::{Cell, OnceCell};

use shared::id::ElementId;
use shared::model::Board;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::selection::Selection;
use crate::style::StyleView;
use crate::view::overlay::SelectionBox;

/// The cached values.
#[derive(Debug, Default)]
pub(crate) struct SelectionCache {
    selection_box: Cell<Option<Option<SelectionBox>>>,
    affected: OnceCell<Rc<BTreeSet<ElementId>>>,
    /// The style, with the zoom that it was computed for.
    style: Cell<Option<(f64, Option<StyleView>)>>,
    order: OnceCell<Vec<ElementId>>,
}

impl SelectionCache {
    /// The selection box.
    pub(crate) fn selection_box(
        &self,
        measure: impl FnOnce() -> Option<SelectionBox>,
    ) -> Option<SelectionBox> {
        let selection_box = self.selection_box.get().unwrap_or_else(measure);
        self.selection_box.set(Some(selection_box));
        selection_box
    }

    /// All elements that move when the selection is moved.
    pub(crate) fn affected(
        &self,
        find: impl FnOnce() -> BTreeSet<ElementId>,
    ) -> &Rc<BTreeSet<ElementId>> {
        self.affected.get_or_init(|| Rc::new(find()))
    }

    /// The style that the style panel shows for the selection at a zoom.
    pub(crate) fn style(
        &self,
        zoom: f64,
        merge: impl FnOnce() -> Option<StyleView>,
    ) -> Option<StyleView> {
        let known = self.style.get().filter(|(at, _)| *at == zoom);
        let style = known.map_or_else(merge, |(_, style)| style);
        self.style.set(Some((zoom, style)));
        style
    }

    /// All elements in reading order.
    pub(crate) fn order(&self, sort: impl FnOnce() -> Vec<ElementId>) -> &[ElementId] {
        self.order.get_or_init(sort)
    }

    /// The selection changed.
    pub(crate) fn forget_selection(&mut self) {
        *self = Self {
            order: std::mem::take(&mut self.order),
            ..Self::default()
        };
    }

    /// These elements changed; `board` is the board after that.
    pub(crate) fn follow(&mut self, changed: &[ElementId], selection: &Selection, board: &Board) {
        if changed.is_empty() {
            return;
        }
        // Any element may have come into a selected frame, or have changed its place in the order.
        self.affected = OnceCell::new();
        self.order = OnceCell::new();
        let concerns = |id: &ElementId| {
            // A line follows the elements that it is bound to.
            let mut followers = board.dependents(*id);
            selection.has(*id) || followers.any(|follower| selection.has(follower.id))
        };
        if changed.iter().any(concerns) {
            self.forget_selection();
        }
    }
}
