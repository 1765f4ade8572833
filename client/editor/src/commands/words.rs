//! What actions are called, which keys do the same, and where lists show them.
//!
//! The one place for the words that palette, menus and help share. It must not
//! know how keys are read; a test holds the two together.

use super::action::{Action, AlignTo, Axis, Nudge};
use crate::tool_kind::ToolKind;

const TOOLS: &str = "Tools";
const EDIT: &str = "Edit";
const SELECT: &str = "Select";
const ARRANGE: &str = "Arrange";
const TEXT: &str = "Text";
const VIEW: &str = "View";
const HELP: &str = "Help";

/// What is said of one action.
#[derive(Clone, Copy)]
struct Words {
    label: &'static str,
    shortcut: &'static str,
    section: &'static str,
}

const fn words(section: &'static str, label: &'static str, shortcut: &'static str) -> Words {
    Words {
        label,
        shortcut,
        section,
    }
}

impl Action {
    /// All that people may look up, section by section, tools included. Left out is
    /// what only makes sense while a key is held or with a place.
    pub const CATALOGUE: &'static [Self] = &[
        Self::PickTool(ToolKind::Select),
        Self::PickTool(ToolKind::Lasso),
        Self::PickTool(ToolKind::Hand),
        Self::PickTool(ToolKind::Pen),
        Self::PickTool(ToolKind::Highlighter),
        Self::PickTool(ToolKind::Eraser),
        Self::PickTool(ToolKind::Rectangle),
        Self::PickTool(ToolKind::Ellipse),
        Self::PickTool(ToolKind::Diamond),
        Self::PickTool(ToolKind::Line),
        Self::PickTool(ToolKind::Arrow),
        Self::PickTool(ToolKind::Text),
        Self::PickTool(ToolKind::Sticky),
        Self::PickTool(ToolKind::Frame),
        Self::PickTool(ToolKind::Laser),
        Self::ToggleToolLock,
        Self::Place,
        Self::Undo,
        Self::Redo,
        Self::Cut,
        Self::Copy,
        Self::Paste,
        Self::Duplicate,
        Self::Delete,
        Self::CopyStyle,
        Self::PasteStyle,
        Self::SelectAll,
        Self::NextElement,
        Self::PreviousElement,
        Self::Cancel,
        Self::Enter,
        Self::ContextMenu,
        Self::Group,
        Self::Ungroup,
        Self::Connect,
        Self::ToggleLock,
        Self::UnlockAll,
        Self::Forward,
        Self::Backward,
        Self::ToFront,
        Self::ToBack,
        Self::FlipHorizontally,
        Self::FlipVertically,
        Self::Align(AlignTo::Left),
        Self::Align(AlignTo::Center),
        Self::Align(AlignTo::Right),
        Self::Align(AlignTo::Top),
        Self::Align(AlignTo::Middle),
        Self::Align(AlignTo::Bottom),
        Self::Distribute(Axis::Horizontal),
        Self::Distribute(Axis::Vertical),
        Self::Nudge(Nudge::new(-1, 0)),
        Self::Nudge(Nudge::new(1, 0)),
        Self::Nudge(Nudge::new(0, -1)),
        Self::Nudge(Nudge::new(0, 1)),
        Self::Bold,
        Self::Italic,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomTo100,
        Self::ZoomToFit,
        Self::ZoomToSelection,
        Self::BackToContent,
        Self::ToggleGrid,
        Self::ToggleSnap,
        Self::ToggleMinimap,
        Self::ToggleOutline,
        Self::ToggleTheme,
        Self::CopyPlaceLink,
        Self::Find,
        Self::Palette,
        Self::Help,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.words().label
    }

    /// The keys that do the same, as `Ctrl+Shift+Z`; empty if there are none. On a
    /// Mac, Ctrl is Cmd.
    #[must_use]
    pub const fn shortcut(self) -> &'static str {
        self.words().shortcut
    }

    /// The part of a list that it belongs to.
    #[must_use]
    pub const fn section(self) -> &'static str {
        self.words().section
    }

    const fn words(self) -> Words {
        match self {
            Self::PickTool(kind) => words(TOOLS, kind.label(), kind.shortcut()),
            Self::ToggleToolLock => words(TOOLS, "Keep tool after use", "Q"),
            Self::Place => words(TOOLS, "Place in the middle", "Enter"),
            Self::Undo => words(EDIT, "Undo", "Ctrl+Z"),
            Self::Redo => words(EDIT, "Redo", "Ctrl+Shift+Z"),
            Self::Cut => words(EDIT, "Cut", "Ctrl+X"),
            Self::Copy => words(EDIT, "Copy", "Ctrl+C"),
            Self::Paste => words(EDIT, "Paste", "Ctrl+V"),
            Self::Duplicate => words(EDIT, "Duplicate", "Ctrl+D"),
            Self::Delete => words(EDIT, "Delete", "Delete"),
            Self::CopyStyle => words(EDIT, "Copy style", "Ctrl+Alt+C"),
            Self::PasteStyle => words(EDIT, "Paste style", "Ctrl+Alt+V"),
            Self::SelectAll => words(SELECT, "Select all", "Ctrl+A"),
            Self::NextElement => words(SELECT, "Select next", "Tab"),
            Self::PreviousElement => words(SELECT, "Select previous", "Shift+Tab"),
            Self::Cancel => words(SELECT, "Cancel, or select nothing", "Escape"),
            Self::Enter => words(SELECT, "Write, rename, or open the group", "Enter"),
            Self::ContextMenu => words(SELECT, "Menu of the selection", "Shift+F10"),
            Self::Group => words(ARRANGE, "Group", "Ctrl+G"),
            Self::Ungroup => words(ARRANGE, "Ungroup", "Ctrl+Shift+G"),
            Self::Connect => words(ARRANGE, "Connect with an arrow", ""),
            Self::ToggleLock => words(ARRANGE, "Lock or unlock", "Ctrl+Shift+L"),
            Self::UnlockAll => words(ARRANGE, "Unlock all", ""),
            Self::Forward => words(ARRANGE, "Bring forward", "Ctrl+]"),
            Self::Backward => words(ARRANGE, "Send backward", "Ctrl+["),
            Self::ToFront => words(ARRANGE, "Bring to front", "]"),
            Self::ToBack => words(ARRANGE, "Send to back", "["),
            Self::FlipHorizontally => words(ARRANGE, "Flip horizontally", "Shift+H"),
            Self::FlipVertically => words(ARRANGE, "Flip vertically", "Shift+V"),
            Self::Align(to) => to.words(),
            Self::Distribute(axis) => axis.words(),
            Self::Nudge(nudge) => nudge.words(),
            Self::Bold => words(TEXT, "Bold", "Ctrl+B"),
            Self::Italic => words(TEXT, "Italic", "Ctrl+I"),
            Self::ZoomIn => words(VIEW, "Zoom in", "Ctrl++"),
            Self::ZoomOut => words(VIEW, "Zoom out", "Ctrl+-"),
            Self::ZoomTo100 => words(VIEW, "Zoom to 100%", "Ctrl+0"),
            Self::ZoomToFit => words(VIEW, "Zoom to fit", "Shift+1"),
            Self::ZoomToSelection => words(VIEW, "Zoom to selection", "Shift+2"),
            Self::BackToContent => words(VIEW, "Back to content", ""),
            Self::PanBy(_) => words(VIEW, "Move the view", ""),
            Self::HoldToPan => words(VIEW, "Move the view", "Space"),
            Self::ToggleGrid => words(VIEW, "Grid", "Ctrl+'"),
            Self::ToggleSnap => words(VIEW, "Snap to what is near", ""),
            Self::ToggleMinimap => words(VIEW, "Minimap", ""),
            Self::ToggleOutline => words(VIEW, "Outline", ""),
            Self::ToggleTheme => words(VIEW, "Light or dark", "Alt+Shift+D"),
            Self::CopyPlaceLink => words(VIEW, "Copy link to this place", ""),
            Self::Find => words(HELP, "Find", "Ctrl+F"),
            Self::Palette => words(HELP, "Commands", "Ctrl+K"),
            Self::Help => words(HELP, "Help", "?"),
        }
    }
}

impl AlignTo {
    const fn words(self) -> Words {
        match self {
            Self::Left => words(ARRANGE, "Align left", "Alt+A"),
            Self::Center => words(ARRANGE, "Align centre", "Alt+H"),
            Self::Right => words(ARRANGE, "Align right", "Alt+D"),
            Self::Top => words(ARRANGE, "Align top", "Alt+W"),
            Self::Middle => words(ARRANGE, "Align middle", "Alt+V"),
            Self::Bottom => words(ARRANGE, "Align bottom", "Alt+S"),
        }
    }
}

impl Axis {
    const fn words(self) -> Words {
        match self {
            Self::Horizontal => words(ARRANGE, "Distribute horizontally", "Alt+Shift+H"),
            Self::Vertical => words(ARRANGE, "Distribute vertically", "Alt+Shift+V"),
        }
    }
}

impl Nudge {
    const fn words(self) -> Words {
        match (self.x, self.y, self.far) {
            (..=-1, _, false) => words(ARRANGE, "Move left", "ArrowLeft"),
            (..=-1, _, true) => words(ARRANGE, "Move far left", "Shift+ArrowLeft"),
            (1.., _, false) => words(ARRANGE, "Move right", "ArrowRight"),
            (1.., _, true) => words(ARRANGE, "Move far right", "Shift+ArrowRight"),
            (0, ..=-1, false) => words(ARRANGE, "Move up", "ArrowUp"),
            (0, ..=-1, true) => words(ARRANGE, "Move far up", "Shift+ArrowUp"),
            (0, _, false) => words(ARRANGE, "Move down", "ArrowDown"),
            (0, _, true) => words(ARRANGE, "Move far down", "Shift+ArrowDown"),
        }
    }
}
