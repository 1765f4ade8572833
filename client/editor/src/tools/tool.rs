//! One of the tools, with its state.

use shared::id::ElementId;
use std::collections::BTreeSet;

use super::context::{ToolCtx, ToolOutput};
use super::eraser::EraserTool;
use super::event::{OwnInk, ToolEvent};
use super::hand::HandTool;
use super::laser::LaserTool;
use super::line::LineTool;
use super::pen::PenTool;
use super::select::SelectTool;
use super::shape::ShapeTool;
use super::text::TextTool;
use crate::tool_kind::ToolKind;
use crate::view::Overlay;

/// The tool that the active pointer has.
#[derive(Debug)]
pub(crate) enum Tool {
    Select(SelectTool),
    Hand(HandTool),
    Pen(PenTool),
    Eraser(EraserTool),
    Shape(ShapeTool),
    Line(LineTool),
    Text(TextTool),
    Laser(LaserTool),
}

impl Tool {
    pub(crate) const fn new(kind: ToolKind) -> Self {
        match kind {
            ToolKind::Select | ToolKind::Lasso => Self::Select(SelectTool::Idle),
            ToolKind::Hand => Self::Hand(HandTool::Idle),
            ToolKind::Pen | ToolKind::Highlighter => Self::Pen(PenTool::Idle),
            ToolKind::Eraser => Self::Eraser(EraserTool::Idle),
            ToolKind::Rectangle
            | ToolKind::Ellipse
            | ToolKind::Diamond
            | ToolKind::Sticky
            | ToolKind::Frame => Self::Shape(ShapeTool::Idle),
            ToolKind::Line | ToolKind::Arrow => Self::Line(LineTool::Idle),
            ToolKind::Text => Self::Text(TextTool::Idle),
            ToolKind::Laser => Self::Laser(LaserTool::new()),
        }
    }

    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Select(tool) => Self::Select(tool.step(event, ctx, out)),
            Self::Hand(tool) => Self::Hand(tool.step(event, out)),
            Self::Pen(tool) => Self::Pen(tool.step(event, ctx, out)),
            Self::Eraser(tool) => Self::Eraser(tool.step(event, ctx, out)),
            Self::Shape(tool) => Self::Shape(tool.step(event, ctx, out)),
            Self::Line(tool) => Self::Line(tool.step(event, ctx, out)),
            Self::Text(tool) => Self::Text(tool.step(event, ctx, out)),
            Self::Laser(tool) => Self::Laser(tool.step(event, ctx, out)),
        }
    }

    /// Whether a pointer is at work with it.
    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Select(tool) => tool.is_busy(),
            Self::Hand(tool) => matches!(tool, HandTool::Grabbing { .. }),
            Self::Pen(tool) => tool.is_busy(),
            Self::Eraser(tool) => tool.is_busy(),
            Self::Shape(tool) => tool.is_busy(),
            Self::Line(tool) => tool.is_busy(),
            Self::Text(tool) => tool.is_busy(),
            Self::Laser(tool) => tool.is_busy(),
        }
    }

    pub(crate) fn own_ink(&self) -> Option<OwnInk<'_>> {
        match self {
            Self::Pen(PenTool::Drawing { stroke, .. }) => stroke.own_ink(),
            Self::Pen(PenTool::Idle | PenTool::Holding(_))
            | Self::Select(_)
            | Self::Hand(_)
            | Self::Eraser(_)
            | Self::Shape(_)
            | Self::Line(_)
            | Self::Text(_)
            | Self::Laser(_) => None,
        }
    }

    pub(crate) fn erasing(&self) -> &BTreeSet<ElementId> {
        static NONE: BTreeSet<ElementId> = BTreeSet::new();
        match self {
            Self::Eraser(tool) => tool.hits().unwrap_or(&NONE),
            Self::Select(_)
            | Self::Hand(_)
            | Self::Pen(_)
            | Self::Shape(_)
            | Self::Line(_)
            | Self::Text(_)
            | Self::Laser(_) => &NONE,
        }
    }

    /// Adds what the tool shows above the board.
    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        match self {
            Self::Select(tool) => tool.show(ctx, overlay),
            Self::Shape(tool) => tool.show(overlay),
            Self::Line(tool) => tool.show(ctx, overlay),
            Self::Text(tool) => tool.show(ctx, overlay),
            Self::Laser(tool) => tool.show(ctx, overlay),
            Self::Eraser(tool) => tool.show(overlay),
            Self::Pen(tool) => tool.show(ctx, overlay),
            Self::Hand(_) => {}
        }
    }
}
