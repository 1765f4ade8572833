//! Whether a command can be run now, and if not, why.
//!
//! The palette shows the sentences beside commands that cannot be run.

use shared::model::{Board, Element};

use crate::editor::Editor;
use crate::tool_kind::ToolKind;

/// Whether a command can be run now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// The command can be run.
    Ready,
    /// The command cannot be run; the sentence tells the user why.
    Not(&'static str),
}

const EMPTY: Availability = Availability::Not("There is nothing on the board yet.");
const NOTHING: Availability = Availability::Not("Select something first.");
const LOCKED: Availability = Availability::Not("The selection is locked.");
pub(super) const PROTECTED: Availability = Availability::Not("Owners protect the selection.");

impl Availability {
    /// `Ready` if a condition holds, else `Not` with a sentence.
    pub(super) const fn when(holds: bool, otherwise: &'static str) -> Self {
        if holds {
            Self::Ready
        } else {
            Self::Not(otherwise)
        }
    }
}

pub(super) const fn always(_: &Editor, _: &Board) -> Availability {
    Availability::Ready
}

pub(super) fn has_elements(_: &Editor, board: &Board) -> Availability {
    if board.is_empty() {
        EMPTY
    } else {
        Availability::Ready
    }
}

pub(super) fn has_selection(editor: &Editor, _: &Board) -> Availability {
    if editor.selection().is_empty() {
        NOTHING
    } else {
        Availability::Ready
    }
}

/// Something that is not locked must be selected.
pub(super) fn has_unlocked(editor: &Editor, board: &Board) -> Availability {
    needs_unlocked(editor, board, 1, NOTHING)
}

/// At least `count` elements or groups that are not locked must be selected.
pub(super) fn needs_units(
    editor: &Editor,
    board: &Board,
    count: usize,
    otherwise: &'static str,
) -> Availability {
    let otherwise = Availability::Not(otherwise);
    let enough = needs_unlocked(editor, board, count, otherwise);
    if enough == Availability::Ready && editor.selection().units(board).len() < count {
        otherwise
    } else {
        enough
    }
}

fn needs_unlocked(
    editor: &Editor,
    board: &Board,
    count: usize,
    otherwise: Availability,
) -> Availability {
    let selection = editor.selection();
    if selection.ids.len() < count {
        otherwise
    } else if selection.unlocked(board).count() < count {
        locked(editor, board)
    } else {
        Availability::Ready
    }
}

/// Whether one of the selected elements that are not locked has something.
pub(super) fn any_unlocked(editor: &Editor, board: &Board, has: fn(&Element) -> bool) -> bool {
    editor
        .selection()
        .unlocked(board)
        .any(|element| has(element))
}

/// Why nothing that is selected can be changed.
pub(super) fn locked(editor: &Editor, board: &Board) -> Availability {
    let mut selected = editor.selection().elements(board);
    if selected.any(|element| element.props.protected()) {
        PROTECTED
    } else {
        LOCKED
    }
}

/// Whether a tool can make an element without a pointer.
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
