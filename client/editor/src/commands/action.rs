//! Everything a person can ask for by key, button, menu or palette.
//!
//! A plain list with the words that name each entry. It must not know how keys
//! are read, nor how anything is carried out.

use crate::tool_kind::ToolKind;
use crate::view::screen::ScreenVec;

/// A side or middle that elements are brought in line with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlignTo {
    /// Left edges.
    Left,
    /// Middles, from left to right.
    Center,
    /// Right edges.
    Right,
    /// Upper edges.
    Top,
    /// Middles, from top to bottom.
    Middle,
    /// Lower edges.
    Bottom,
}

/// A direction without a sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A move by keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nudge {
    /// -1 left, 1 right.
    pub x: i8,
    /// -1 up, 1 down.
    pub y: i8,
    /// Ten times as far; five lines instead of one while the grid is shown.
    pub far: bool,
}

impl Nudge {
    /// A short one.
    #[must_use]
    pub const fn new(x: i8, y: i8) -> Self {
        Self { x, y, far: false }
    }

    /// A long one.
    #[must_use]
    pub const fn far(x: i8, y: i8) -> Self {
        Self { x, y, far: true }
    }
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Take a tool into the hand.
    PickTool(ToolKind),
    /// Keep the tool in the hand after it made something, or no longer.
    ToggleToolLock,
    /// Take back my last gesture.
    Undo,
    /// Do it again.
    Redo,
    /// Select everything that is not locked.
    SelectAll,
    /// Give up what is being done; else select nothing; else take Select.
    Cancel,
    /// Select the next element in reading order; with nothing selected, the first.
    NextElement,
    /// The one before.
    PreviousElement,
    /// Put an element of the tool in hand into the middle of the view.
    Place,
    /// Write on what is selected, or open its group.
    Enter,
    /// Take away what is selected.
    Delete,
    /// Make another of what is selected.
    Duplicate,
    /// Copy to the clipboard.
    Copy,
    /// Copy to the clipboard and take away.
    Cut,
    /// Put what is on the clipboard into the middle of the view.
    Paste,
    /// Remember how what is selected looks.
    CopyStyle,
    /// Make what is selected look so.
    PasteStyle,
    /// Make a group of what is selected.
    Group,
    /// Dissolve the outermost groups that are selected.
    Ungroup,
    /// Make an arrow from each thing that is selected to the next in reading order.
    Connect,
    /// Protect what is selected from accidents, or no longer.
    ToggleLock,
    /// Unlock everything.
    UnlockAll,
    /// One step towards the viewer.
    Forward,
    /// One step away.
    Backward,
    /// In front of everything.
    ToFront,
    /// Behind everything.
    ToBack,
    /// Mirror left and right.
    FlipHorizontally,
    /// Mirror top and bottom.
    FlipVertically,
    /// Bring in line.
    Align(AlignTo),
    /// Space evenly.
    Distribute(Axis),
    /// Move what is selected; with nothing selected, the view.
    Nudge(Nudge),
    /// Bold text, or no longer.
    Bold,
    /// Italic text, or no longer.
    Italic,
    /// One step nearer.
    ZoomIn,
    /// One step farther.
    ZoomOut,
    /// Natural size.
    ZoomTo100,
    /// Everything in view.
    ZoomToFit,
    /// What is selected in view.
    ZoomToSelection,
    /// The nearest content in view.
    BackToContent,
    /// Move the board in the view by this way.
    PanBy(ScreenVec),
    /// Show a grid and keep to it, or no longer.
    ToggleGrid,
    /// Keep to edges and middles of what is near, or no longer.
    ToggleSnap,
    /// Show the board in small, or no longer.
    ToggleMinimap,
    /// Show the list of what is on the board, or no longer.
    ToggleOutline,
    /// Look for text.
    Find,
    /// Show all actions.
    Palette,
    /// Show or hide the help.
    Help,
    /// Show what can be done with what is selected.
    ContextMenu,
    /// Copy a link to this place of the board.
    CopyPlaceLink,
    /// Switch between light and dark.
    ToggleTheme,
    /// While the key is held, dragging moves the view.
    HoldToPan,
}

/// Whether something can be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Ready,
    /// It cannot, because of this: a sentence for people.
    Not(&'static str),
}
