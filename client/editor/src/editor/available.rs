//! Which actions can be carried out now, and if not, why.
//!
//! Knows the editor and the board. It must not change either. The sentences are
//! for people: the palette shows them beside what it cannot do.

use crate::tool_kind::ToolKind;
use std::sync::Arc;

use shared::model::{Board, Element};

use super::writing::takes_words;
use super::{Access, Editor};
use crate::commands::action::{Action, Availability};

const VIEWER: Availability = Availability::Not("You can look at this board, but not change it.");
const EMPTY: Availability = Availability::Not("There is nothing on the board yet.");
const NOTHING: Availability = Availability::Not("Select something first.");
const LOCKED: Availability = Availability::Not("What is selected is locked.");
const ONE_MORE: Availability = Availability::Not("Select at least two elements first.");
const TWO_MORE: Availability = Availability::Not("Select at least three elements first.");
const NO_ENDS: Availability =
    Availability::Not("Select at least two shapes, texts, notes or frames first.");
const NO_GROUP: Availability = Availability::Not("Select a group first.");
const NO_TEXT: Availability = Availability::Not("Select something with text first.");
const NO_STYLE: Availability = Availability::Not("Copy the style of something first.");
const NO_MAKER: Availability =
    Availability::Not("Take a tool first that makes shapes, lines, text or notes.");
const NOT_ONE: Availability =
    Availability::Not("Select one shape, text, note or frame, or a group, first.");
const BUSY: Availability = Availability::Not("Finish what you are drawing first.");
const NOTHING_DONE: Availability = Availability::Not("You have done nothing that could be undone.");
const NOTHING_UNDONE: Availability = Availability::Not("You have undone nothing.");
const NOTHING_LOCKED: Availability = Availability::Not("Nothing is locked.");

impl Editor {
    /// Whether an action can be carried out now, and if not, why.
    #[must_use]
    pub fn availability(&self, action: Action, board: &Board) -> Availability {
        if self.access == Access::View && changes_board(action) {
            return VIEWER;
        }
        match action {
            Action::Undo | Action::Redo if self.is_busy() => BUSY,
            Action::Undo => either(self.history.can_undo(), NOTHING_DONE),
            Action::Redo => either(self.history.can_redo(), NOTHING_UNDONE),
            Action::SelectAll
            | Action::NextElement
            | Action::PreviousElement
            | Action::ZoomToFit
            | Action::BackToContent
            | Action::Find => either(!board.is_empty(), EMPTY),
            Action::Place => either(makes_by_key(self.kind), NO_MAKER),
            Action::UnlockAll => {
                let mut all = board.elements();
                either(all.any(|element| element.props.locked()), NOTHING_LOCKED)
            }
            action => self.available_for_selection(action, board),
        }
    }

    /// The same for actions that depend on what is selected, and for those that
    /// depend on nothing.
    fn available_for_selection(&self, action: Action, board: &Board) -> Availability {
        match action {
            Action::Enter => self.can_enter(board),
            Action::ToggleLock | Action::Copy | Action::CopyStyle | Action::ZoomToSelection => {
                either(!self.selection.is_empty(), NOTHING)
            }
            Action::PasteStyle if self.memory.style.is_none() => NO_STYLE,
            Action::Group | Action::Align(_) => self.needs_units(board, 2, ONE_MORE),
            Action::Distribute(_) => self.needs_units(board, 3, TWO_MORE),
            Action::Ungroup => {
                let mut free = self.free(board);
                either(
                    free.any(|element| !element.props.groups().is_empty()),
                    NO_GROUP,
                )
            }
            Action::Connect => either(self.bindable(board).count() > 1, NO_ENDS),
            Action::Bold | Action::Italic => {
                let mut free = self.free(board);
                let writes = self
                    .typing
                    .as_ref()
                    .is_some_and(|typing| !typing.is_naming());
                let any = writes || free.any(|element| element.body.has_text());
                either(any, NO_TEXT)
            }
            Action::Delete
            | Action::Duplicate
            | Action::Cut
            | Action::PasteStyle
            | Action::Forward
            | Action::Backward
            | Action::ToFront
            | Action::ToBack
            | Action::FlipHorizontally
            | Action::FlipVertically => self.needs(board, 1, NOTHING),
            _ => Availability::Ready,
        }
    }

    /// What is selected and may be changed, by id.
    pub(super) fn free<'a>(&'a self, board: &'a Board) -> impl Iterator<Item = &'a Arc<Element>> {
        let selected = self.selection.ids.iter();
        selected
            .filter_map(|id| board.get(*id))
            .filter(|element| !element.props.locked())
    }

    /// At least so many elements that may be changed must be selected.
    fn needs(&self, board: &Board, count: usize, otherwise: Availability) -> Availability {
        if self.selection.ids.len() < count {
            otherwise
        } else if self.free(board).count() < count {
            LOCKED
        } else {
            Availability::Ready
        }
    }

    /// The same, with a group counting as one.
    fn needs_units(&self, board: &Board, count: usize, otherwise: Availability) -> Availability {
        let enough = self.needs(board, count, otherwise);
        if enough == Availability::Ready && self.units(board).len() < count {
            otherwise
        } else {
            enough
        }
    }

    fn can_enter(&self, board: &Board) -> Availability {
        let mut free = self.free(board);
        match (free.next(), free.next()) {
            (Some(element), None) if takes_words(element) => Availability::Ready,
            (None, _) if self.selection.is_empty() && makes_by_key(self.kind) => {
                Availability::Ready
            }
            (Some(element), Some(_)) if !element.props.groups().is_empty() => Availability::Ready,
            (None, _) if !self.selection.is_empty() => LOCKED,
            (Some(_) | None, _) => NOT_ONE,
        }
    }
}

const fn either(ready: bool, otherwise: Availability) -> Availability {
    if ready {
        Availability::Ready
    } else {
        otherwise
    }
}

/// Whether a tool can make something without being drawn with.
pub(super) const fn makes_by_key(kind: ToolKind) -> bool {
    match kind {
        ToolKind::Rectangle
        | ToolKind::Ellipse
        | ToolKind::Diamond
        | ToolKind::Line
        | ToolKind::Arrow
        | ToolKind::Text
        | ToolKind::Sticky
        | ToolKind::Frame => true,
        ToolKind::Select
        | ToolKind::Lasso
        | ToolKind::Hand
        | ToolKind::Pen
        | ToolKind::Highlighter
        | ToolKind::Eraser
        | ToolKind::Laser => false,
    }
}

/// Whether an action needs the right to change the board.
pub(super) const fn changes_board(action: Action) -> bool {
    match action {
        Action::PickTool(kind) => kind.changes_board(),
        Action::Undo
        | Action::Redo
        | Action::Place
        | Action::Enter
        | Action::Delete
        | Action::Duplicate
        | Action::Cut
        | Action::Paste
        | Action::PasteStyle
        | Action::Group
        | Action::Ungroup
        | Action::Connect
        | Action::ToggleLock
        | Action::UnlockAll
        | Action::Forward
        | Action::Backward
        | Action::ToFront
        | Action::ToBack
        | Action::FlipHorizontally
        | Action::FlipVertically
        | Action::Align(_)
        | Action::Distribute(_)
        | Action::Bold
        | Action::Italic => true,
        // With nothing selected, a nudge moves the view.
        Action::Nudge(_)
        | Action::ToggleToolLock
        | Action::SelectAll
        | Action::Cancel
        | Action::NextElement
        | Action::PreviousElement
        | Action::Copy
        | Action::CopyStyle
        | Action::ZoomIn
        | Action::ZoomOut
        | Action::ZoomTo100
        | Action::ZoomToFit
        | Action::ZoomToSelection
        | Action::BackToContent
        | Action::PanBy(_)
        | Action::ToggleGrid
        | Action::ToggleSnap
        | Action::ToggleMinimap
        | Action::ToggleOutline
        | Action::Find
        | Action::Palette
        | Action::Help
        | Action::ContextMenu
        | Action::CopyPlaceLink
        | Action::ToggleTheme
        | Action::HoldToPan => false,
    }
}
