//! The selection.
//!
//! A press on a member of a group selects the whole group, unless the group was opened. When the
//! board changes, deleted elements are dropped from the selection; other changes leave it alone.

use std::sync::Arc;

use shared::id::{ElementId, GroupId};
use shared::model::units::{self, Unit, group_below, groups_of, members};
use shared::model::{Board, Element};
use std::collections::BTreeSet;

/// The selected elements, and the open group that they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The selected elements.
    pub ids: BTreeSet<ElementId>,
    /// The open group, whose members are selected one by one; `None`: outermost groups are selected
    /// as a whole.
    pub within: Option<GroupId>,
}

impl Selection {
    /// The empty selection.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A selection of these elements.
    #[must_use]
    pub fn of(ids: impl IntoIterator<Item = ElementId>) -> Self {
        Self {
            ids: ids.into_iter().collect(),
            within: None,
        }
    }

    /// Whether nothing is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether an element is selected.
    #[must_use]
    pub fn has(&self, id: ElementId) -> bool {
        self.ids.contains(&id)
    }

    /// The selected elements, by id.
    pub(crate) fn elements<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = &'a Arc<Element>> {
        self.ids.iter().filter_map(|id| board.get(*id))
    }

    /// The selected elements that are not locked, by id.
    pub(crate) fn unlocked<'a>(
        &'a self,
        board: &'a Board,
    ) -> impl Iterator<Item = &'a Arc<Element>> {
        self.elements(board)
            .filter(|element| !element.props.locked())
    }

    /// The selected elements that are not locked; a group counts as one unit.
    pub(crate) fn units(&self, board: &Board) -> Vec<Unit> {
        let unlocked = self.unlocked(board).map(|element| element.id);
        units::units(board, &unlocked.collect(), self.within)
    }

    /// Drops elements that are no longer on the board.
    pub(crate) fn follow(&mut self, board: &Board) {
        self.ids.retain(|id| board.get(*id).is_some());
    }

    /// Drops those of the changed elements that are no longer on the board.
    pub(crate) fn drop_deleted(&mut self, changed: &[ElementId], board: &Board) {
        for id in changed {
            if board.get(*id).is_none() {
                self.ids.remove(id);
            }
        }
    }

    /// The selection with another unit added, or removed if all of it was selected.
    #[must_use]
    pub fn toggled(&self, unit: &Self) -> Self {
        let mut ids = self.ids.clone();
        if unit.ids.is_subset(&ids) {
            ids.retain(|id| !unit.has(*id));
        } else {
            ids.extend(unit.ids.iter().copied());
        }
        Self {
            ids,
            within: unit.within,
        }
    }

    /// The selection with another one added.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            ids: self.ids.union(&other.ids).copied().collect(),
            within: other.within,
        }
    }
}

/// What a press on an element selects: its outermost group, or within an opened
/// group the member that it belongs to. A press outside of the opened group closes it.
#[must_use]
pub fn unit(board: &Board, id: ElementId, within: Option<GroupId>) -> Selection {
    let groups = groups_of(board, id);
    let ids = match group_below(&groups, within) {
        Some(group) => members(board, group),
        None => [id].into(),
    };
    let within = within.filter(|open| groups.contains(open));
    Selection { ids, within }
}

/// An element by itself, with the groups around it opened.
#[must_use]
pub fn single(board: &Board, id: ElementId) -> Selection {
    Selection {
        ids: [id].into(),
        within: groups_of(board, id).first().copied(),
    }
}

/// What the press that opens a group one level further selects; `None` if an element
/// is by itself already.
#[must_use]
pub fn opened(board: &Board, id: ElementId, within: Option<GroupId>) -> Option<Selection> {
    let group = group_below(&groups_of(board, id), within)?;
    Some(unit(board, id, Some(group)))
}

/// Units of many elements at once: each with its whole group.
#[must_use]
pub fn units(board: &Board, ids: Vec<ElementId>, within: Option<GroupId>) -> Selection {
    let mut all = Selection {
        ids: BTreeSet::new(),
        within,
    };
    let mut whole: BTreeSet<GroupId> = BTreeSet::new();
    for id in ids {
        all.ids.insert(id);
        whole.extend(group_below(&groups_of(board, id), within));
    }
    if !whole.is_empty() {
        let is_member = |group: &GroupId| whole.contains(group);
        let found = board.elements().filter(|element| {
            !element.props.more.is_empty() && element.props.groups().iter().any(is_member)
        });
        all.ids.extend(found.map(|element| element.id));
    }
    all
}
