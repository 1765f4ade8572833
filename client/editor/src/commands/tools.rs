//! Picking tools.

use super::command::{Command, Section};
use super::view::prefer;
use crate::local_user::Access;
use crate::tool_kind::ToolKind;

commands! { Section::Tools;
    /// Makes Select the active tool.
    PICK_SELECT {
        label: ToolKind::Select.label(),
        keys: ToolKind::Select.keys(),
        access: access(ToolKind::Select),
        run: |editor, update| editor.pick_tool(ToolKind::Select, update),
    }
    /// Makes Lasso the active tool.
    PICK_LASSO {
        label: ToolKind::Lasso.label(),
        keys: ToolKind::Lasso.keys(),
        access: access(ToolKind::Lasso),
        run: |editor, update| editor.pick_tool(ToolKind::Lasso, update),
    }
    /// Makes Hand the active tool.
    PICK_HAND {
        label: ToolKind::Hand.label(),
        keys: ToolKind::Hand.keys(),
        access: access(ToolKind::Hand),
        run: |editor, update| editor.pick_tool(ToolKind::Hand, update),
    }
    /// Makes Pen the active tool.
    PICK_PEN {
        label: ToolKind::Pen.label(),
        keys: ToolKind::Pen.keys(),
        access: access(ToolKind::Pen),
        run: |editor, update| editor.pick_tool(ToolKind::Pen, update),
    }
    /// Makes Highlighter the active tool.
    PICK_HIGHLIGHTER {
        label: ToolKind::Highlighter.label(),
        keys: ToolKind::Highlighter.keys(),
        access: access(ToolKind::Highlighter),
        run: |editor, update| editor.pick_tool(ToolKind::Highlighter, update),
    }
    /// Makes Eraser the active tool.
    PICK_ERASER {
        label: ToolKind::Eraser.label(),
        keys: ToolKind::Eraser.keys(),
        access: access(ToolKind::Eraser),
        run: |editor, update| editor.pick_tool(ToolKind::Eraser, update),
    }
    /// Makes Rectangle the active tool.
    PICK_RECTANGLE {
        label: ToolKind::Rectangle.label(),
        keys: ToolKind::Rectangle.keys(),
        access: access(ToolKind::Rectangle),
        run: |editor, update| editor.pick_tool(ToolKind::Rectangle, update),
    }
    /// Makes Ellipse the active tool.
    PICK_ELLIPSE {
        label: ToolKind::Ellipse.label(),
        keys: ToolKind::Ellipse.keys(),
        access: access(ToolKind::Ellipse),
        run: |editor, update| editor.pick_tool(ToolKind::Ellipse, update),
    }
    /// Makes Diamond the active tool.
    PICK_DIAMOND {
        label: ToolKind::Diamond.label(),
        keys: ToolKind::Diamond.keys(),
        access: access(ToolKind::Diamond),
        run: |editor, update| editor.pick_tool(ToolKind::Diamond, update),
    }
    /// Makes Line the active tool.
    PICK_LINE {
        label: ToolKind::Line.label(),
        keys: ToolKind::Line.keys(),
        access: access(ToolKind::Line),
        run: |editor, update| editor.pick_tool(ToolKind::Line, update),
    }
    /// Makes Arrow the active tool.
    PICK_ARROW {
        label: ToolKind::Arrow.label(),
        keys: ToolKind::Arrow.keys(),
        access: access(ToolKind::Arrow),
        run: |editor, update| editor.pick_tool(ToolKind::Arrow, update),
    }
    /// Makes Text the active tool.
    PICK_TEXT {
        label: ToolKind::Text.label(),
        keys: ToolKind::Text.keys(),
        access: access(ToolKind::Text),
        run: |editor, update| editor.pick_tool(ToolKind::Text, update),
    }
    /// Makes Sticky the active tool.
    PICK_STICKY {
        label: ToolKind::Sticky.label(),
        keys: ToolKind::Sticky.keys(),
        access: access(ToolKind::Sticky),
        run: |editor, update| editor.pick_tool(ToolKind::Sticky, update),
    }
    /// Makes Frame the active tool.
    PICK_FRAME {
        label: ToolKind::Frame.label(),
        keys: ToolKind::Frame.keys(),
        access: access(ToolKind::Frame),
        run: |editor, update| editor.pick_tool(ToolKind::Frame, update),
    }
    /// Makes Laser the active tool.
    PICK_LASER {
        label: ToolKind::Laser.label(),
        keys: ToolKind::Laser.keys(),
        access: access(ToolKind::Laser),
        run: |editor, update| editor.pick_tool(ToolKind::Laser, update),
    }
    /// Keeps a tool active after it made an element, or no longer.
    TOGGLE_TOOL_LOCK {
        label: "Keep tool after use",
        keys: &["Q"],
        run: |editor, update| prefer(|prefs| prefs.tool_lock = !prefs.tool_lock, editor, update),
    }
}

impl Command {
    /// The command that picks a tool.
    #[must_use]
    pub const fn pick(kind: ToolKind) -> &'static Self {
        match kind {
            ToolKind::Select => Self::PICK_SELECT,
            ToolKind::Lasso => Self::PICK_LASSO,
            ToolKind::Hand => Self::PICK_HAND,
            ToolKind::Pen => Self::PICK_PEN,
            ToolKind::Highlighter => Self::PICK_HIGHLIGHTER,
            ToolKind::Eraser => Self::PICK_ERASER,
            ToolKind::Rectangle => Self::PICK_RECTANGLE,
            ToolKind::Ellipse => Self::PICK_ELLIPSE,
            ToolKind::Diamond => Self::PICK_DIAMOND,
            ToolKind::Line => Self::PICK_LINE,
            ToolKind::Arrow => Self::PICK_ARROW,
            ToolKind::Text => Self::PICK_TEXT,
            ToolKind::Sticky => Self::PICK_STICKY,
            ToolKind::Frame => Self::PICK_FRAME,
            ToolKind::Laser => Self::PICK_LASER,
        }
    }
}

/// The access that a tool needs.
const fn access(kind: ToolKind) -> Access {
    if kind.changes_board() {
        Access::Edit
    } else {
        Access::View
    }
}
