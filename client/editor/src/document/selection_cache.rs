//! What is worked out about the board and the selection once, and asked for often.
//!
//! Each answer is computed when it is first asked for, and forgotten when something
//! changes that it follows from. It must not know how answers are computed.

use std::cell::{Cell, OnceCell};

use shared::id::ElementId;
use shared::model::Board;
use std::collections::BTreeSet;

use crate::document::selection::Selection;
use crate::style::StyleView;
use crate::view::overlay::SelectionBox;

/// What is known by now.
#[derive(Debug, Default)]
pub(crate) struct SelectionCache {
    frame: Cell<Option<Option<SelectionBox>>>,
    carried: OnceCell<BTreeSet<ElementId>>,
    /// With the zoom that it is seen at.
    style: Cell<Option<(f64, Option<StyleView>)>>,
    order: OnceCell<Vec<ElementId>>,
}

impl SelectionCache {
    /// The frame around what is selected.
    pub(crate) fn frame(
        &self,
        measure: impl FnOnce() -> Option<SelectionBox>,
    ) -> Option<SelectionBox> {
        let frame = self.frame.get().unwrap_or_else(measure);
        self.frame.set(Some(frame));
        frame
    }

    /// What goes along with what is selected.
    pub(crate) fn carried(
        &self,
        find: impl FnOnce() -> BTreeSet<ElementId>,
    ) -> &BTreeSet<ElementId> {
        self.carried.get_or_init(find)
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

    /// Something else is selected.
    pub(crate) fn forget_selection(&mut self) {
        *self = Self {
            order: std::mem::take(&mut self.order),
            ..Self::default()
        };
    }

    /// These changed on the board, which is as it is afterwards.
    pub(crate) fn follow(&mut self, changed: &[ElementId], selection: &Selection, board: &Board) {
        if changed.is_empty() {
            return;
        }
        // Anything may have come into a frame that is selected, or anywhere in the order.
        self.carried = OnceCell::new();
        self.order = OnceCell::new();
        let concerns = |id: &ElementId| {
            // A line follows what it holds on to.
            let mut followers = board.followers(*id);
            selection.has(*id) || followers.any(|follower| selection.has(follower.id))
        };
        if changed.iter().any(concerns) {
            self.forget_selection();
        }
    }
}
