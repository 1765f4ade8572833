//! What the editor wants done by whoever drives it.
//!
//! Effects are to be carried out in order. They know ops and the live lane; they
//! must not know how either is sent.

use shared::geometry::ScreenPoint;
use shared::op::{Guard, Op};
use shared::protocol::live::LiveItem;

use crate::tool_kind::ToolKind;
use crate::view::{Camera, CursorIcon};

/// What the editor asks of the controls around the board.
#[derive(Clone, Debug, PartialEq)]
pub enum UiCommand {
    /// Show or hide the help.
    ToggleHelp,
    /// Switch between light and dark.
    ToggleTheme,
    /// Show or hide all actions.
    TogglePalette,
    /// Show the search, or go into it.
    Find,
    /// Show or hide the board in small.
    ToggleMinimap,
    /// Show or hide the list of what is on the board.
    ToggleOutline,
    /// Show a menu of what can be done, at this place of the view.
    ContextMenu(ScreenPoint),
    /// Put this on the clipboard.
    Copy(Copied),
    /// Read the clipboard and hand it back as [`crate::input::InputEvent::Pasted`].
    Paste,
    /// Copy a link to this part of the board.
    CopyPlaceLink,
    /// Preferences changed: keep them.
    KeepPrefs,
    /// Say this to those who do not see the screen, and show it for a moment.
    Say(&'static str),
    /// Say this to those who do not see the screen.
    Tell(String),
}

/// Something for the clipboard, in several forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Elements, for boards.
    pub elements: String,
    /// Their text, for everything else.
    pub text: String,
    /// A drawing of them.
    pub svg: String,
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
    /// What is selected may have changed, or what the style panel shows.
    Selection,
    /// Writing began, ended, or its field must take something over.
    Typing,
    /// Own ink or the set of what is being erased changed: repaint these.
    Redraw,
    /// Do this outside of the board.
    Ui(UiCommand),
}
