//! The active tool, and the tool that the active pointer has.

use shared::id::ElementId;
use std::collections::BTreeSet;

use super::context::{Request, ToolCtx, ToolOutput};
use super::event::{OwnInk, ToolEvent};
use super::tool::Tool;
use crate::document::History;
use crate::tool_kind::ToolKind;
use crate::update::Update;
use crate::view::{CursorIcon, Overlay};

/// The active tool, and the tool that the active pointer has. They differ while a press of the
/// middle button pans, or a pen's eraser erases.
#[derive(Debug)]
pub(crate) struct Toolbox {
    active: ToolKind,
    /// The kind of `tool`. The active pointer keeps it until it is lifted.
    pointer_tool: ToolKind,
    tool: Tool,
}

impl Default for Toolbox {
    fn default() -> Self {
        let kind = ToolKind::default();
        Self {
            active: kind,
            pointer_tool: kind,
            tool: Tool::new(kind),
        }
    }
}

impl Toolbox {
    pub(crate) const fn active(&self) -> ToolKind {
        self.active
    }

    pub(crate) fn set_active(&mut self, kind: ToolKind) {
        self.active = kind;
    }

    pub(crate) const fn pointer_tool(&self) -> ToolKind {
        self.pointer_tool
    }

    /// Gives the active pointer another tool, in its first state.
    pub(crate) fn start(&mut self, kind: ToolKind) {
        self.pointer_tool = kind;
        self.tool = Tool::new(kind);
    }

    /// Whether a pointer is at work.
    pub(crate) const fn is_busy(&self) -> bool {
        self.tool.is_busy()
    }

    /// Hands an event to the active pointer's tool. Returns the requests to other parts.
    pub(crate) fn step(
        &mut self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        history: &mut History,
        update: &mut Update<'_>,
    ) -> Vec<Request> {
        let mut out = ToolOutput::new(update, history);
        let idle = Tool::new(self.pointer_tool);
        self.tool = std::mem::replace(&mut self.tool, idle).step(event, ctx, &mut out);
        out.into_requests()
    }

    pub(crate) fn own_ink(&self) -> Option<OwnInk<'_>> {
        self.tool.own_ink()
    }

    pub(crate) fn erasing(&self) -> &BTreeSet<ElementId> {
        self.tool.erasing()
    }

    /// Adds the overlay of the active pointer's tool.
    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        self.tool.show(ctx, overlay);
    }

    /// The cursor of the Select or Lasso tool while it is busy; `None` if it is not.
    pub(crate) fn selecting_cursor(&self, ctx: &ToolCtx<'_>) -> Option<CursorIcon> {
        match &self.tool {
            Tool::Select(tool) if self.is_busy() => Some(tool.cursor(ctx)),
            Tool::Select(_)
            | Tool::Hand(_)
            | Tool::Pen(_)
            | Tool::Eraser(_)
            | Tool::Shape(_)
            | Tool::Line(_)
            | Tool::Text(_)
            | Tool::Laser(_) => None,
        }
    }
}
