//! The tools, as state machines.
//!
//! A tool sees the board, camera and index through `ToolCtx`, changes nothing
//! itself, and says what it wants through `Emits`. It must not know which
//! pointers there are or how wishes are carried out.

mod context;
mod draft;
mod eraser;
mod hand;
mod hold;
mod laser;
pub(crate) mod line;
pub(crate) mod make;
mod pen;
pub(crate) mod recognise;
mod recorder;
pub(crate) mod select;
mod shape;
pub(crate) mod snapping;
mod steady;
mod stroke;
pub(crate) mod text;
mod toolbox;

use crate::tool_kind::ToolKind;
use shared::geometry::InkPoint;
use shared::id::ElementId;
use shared::protocol::live::StrokeStyle;
use std::collections::BTreeSet;

use crate::input::gesture::{Abort, Contact};
use crate::input::{Modifiers, Sample};
use crate::view::overlay::Overlay;
use eraser::EraserTool;
use hand::HandTool;
use laser::LaserTool;
use line::LineTool;
use pen::PenTool;
use select::SelectTool;
use shape::ShapeTool;
use text::TextTool;

pub(crate) use context::{Request, ToolCtx, ToolOutput};
pub(crate) use toolbox::Toolbox;

/// One's own ink that is being drawn.
#[derive(Clone, Copy, Debug)]
pub struct OwnInk<'a> {
    /// Its id. An element of this id may be on the board already, as far as it was
    /// made durable; leave that out while this is painted.
    pub id: ElementId,
    /// How it looks.
    pub style: &'a StrokeStyle,
    /// Its points so far; they only grow while the id stays.
    pub points: &'a [InkPoint],
    /// Where it is expected to go on; other points at each event.
    pub predicted: &'a [InkPoint],
}

/// What happens to a tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ToolEvent {
    Down(Contact),
    Move {
        samples: Vec<Sample>,
        predicted: Vec<Sample>,
        modifiers: Modifiers,
    },
    /// Modifier keys changed while the pointer rests.
    Modifiers(Modifiers),
    Up(Sample),
    Abort(Abort),
    /// Another frame is due.
    Frame,
}

impl ToolEvent {
    /// The contact of a press: all that a tool which is lifted takes note of.
    pub(crate) fn press(self) -> Option<Contact> {
        match self {
            Self::Down(contact) => Some(contact),
            Self::Move { .. } | Self::Modifiers(_) | Self::Up(_) | Self::Abort(_) | Self::Frame => {
                None
            }
        }
    }
}

/// The tool that the working pointer has.
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
            Self::Eraser(tool) => tool.hits(),
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
