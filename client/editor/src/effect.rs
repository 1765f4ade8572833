//! What the editor wants done by whoever drives it.
//!
//! Effects are to be carried out in order. They know ops and the live lane; they
//! must not know how either is sent.

use shared::op::{Guard, Op};
use shared::protocol::live::LiveItem;

use crate::camera::Camera;
use crate::tool::ToolKind;

/// How the pointer should look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CursorIcon {
    /// A crosshair: ink starts here.
    #[default]
    Crosshair,
    /// A circle as large as the eraser.
    Eraser,
    /// An open hand.
    Grab,
    /// A closed hand.
    Grabbing,
}

/// What the keyboard asks of the controls around the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UiCommand {
    /// Show or hide the help.
    ToggleHelp,
    /// Switch between light and dark.
    ToggleTheme,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Submit these ops as one commit. The history already knows about them.
    Commit {
        /// The ops, within all limits of one commit.
        ops: Vec<Op>,
        /// Whether they may touch what others have worked on.
        guard: Guard,
    },
    /// Send this on the live lane.
    Live(LiveItem),
    /// Show this pointer.
    Cursor(CursorIcon),
    /// The camera moved: repaint everything.
    Camera(Camera),
    /// Another tool is in hand.
    Tool(ToolKind),
    /// `can_undo` or `can_redo` may have changed.
    History,
    /// Own ink or the set of what is being erased changed: repaint these.
    Redraw,
    /// Do this outside of the board.
    Ui(UiCommand),
}
