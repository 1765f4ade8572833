//! The tools, as state machines.
//!
//! A tool sees the board, camera and index through `ToolCtx`, changes nothing
//! itself, and says what it wants through `Emits`. It must not know which
//! pointers there are or how wishes are carried out.

mod eraser;
mod hand;
mod pen;
mod recorder;
mod stroke;

use std::collections::BTreeSet;

use shared::geometry::InkPoint;
use shared::id::{ElementId, Millis};
use shared::model::{Board, Brush};
use shared::op::Op;
use shared::protocol::live::{LiveItem, StrokeStyle};

use crate::camera::Camera;
use crate::gesture::{Abort, Contact};
use crate::index::Index;
use crate::input::Sample;
use crate::screen::ScreenVec;
use crate::style::Look;
use eraser::EraserTool;
use hand::HandTool;
use pen::PenTool;

pub use eraser::RADIUS_PX as ERASER_RADIUS_PX;

/// A tool, as the toolbar offers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolKind {
    /// Moves the view.
    Hand,
    /// Draws ink.
    #[default]
    Pen,
    /// Draws translucent ink.
    Highlighter,
    /// Takes whole elements away.
    Eraser,
}

impl ToolKind {
    /// All tools in the order of the toolbar.
    pub const ALL: [Self; 4] = [Self::Hand, Self::Pen, Self::Highlighter, Self::Eraser];

    /// The accessible name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hand => "Hand",
            Self::Pen => "Pen",
            Self::Highlighter => "Highlighter",
            Self::Eraser => "Eraser",
        }
    }

    /// The key that picks it, as shown to people.
    #[must_use]
    pub const fn shortcut(self) -> &'static str {
        match self {
            Self::Hand => "H",
            Self::Pen => "P",
            Self::Highlighter => "Shift+P",
            Self::Eraser => "E",
        }
    }

    /// The brush of a tool that draws ink.
    #[must_use]
    pub const fn brush(self) -> Option<Brush> {
        match self {
            Self::Pen => Some(Brush::Pen),
            Self::Highlighter => Some(Brush::Highlighter),
            Self::Hand | Self::Eraser => None,
        }
    }
}

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
    },
    Up(Sample),
    Abort(Abort),
    /// Another frame is due.
    Frame,
}

/// What a tool may see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToolCtx<'a> {
    pub(crate) board: &'a Board,
    pub(crate) camera: &'a Camera,
    pub(crate) index: &'a Index,
    pub(crate) look: Look,
    pub(crate) now: Millis,
}

/// How a commit stands to the undo history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It begins a gesture.
    New,
    /// It belongs to the gesture that began last.
    Same,
}

/// What a tool wants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Emit {
    Commit { ops: Vec<Op>, entry: Entry },
    Live(LiveItem),
    Pan(ScreenVec),
    Redraw,
}

/// Where a tool says what it wants, and gets fresh ids.
pub(crate) struct Emits<'a> {
    pub(crate) list: Vec<Emit>,
    pub(crate) ids: &'a mut dyn FnMut() -> ElementId,
}

impl Emits<'_> {
    pub(crate) fn push(&mut self, emit: Emit) {
        self.list.push(emit);
    }

    pub(crate) fn fresh_id(&mut self) -> ElementId {
        (self.ids)()
    }
}

/// The tool that the working pointer has.
#[derive(Debug)]
pub(crate) enum Tool {
    Hand(HandTool),
    Pen(PenTool),
    Eraser(EraserTool),
}

impl Tool {
    pub(crate) const fn new(kind: ToolKind) -> Self {
        match kind {
            ToolKind::Hand => Self::Hand(HandTool::Idle),
            ToolKind::Pen | ToolKind::Highlighter => Self::Pen(PenTool::Idle),
            ToolKind::Eraser => Self::Eraser(EraserTool::Idle),
        }
    }

    #[must_use]
    pub(crate) fn step(self, event: ToolEvent, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Self {
        match self {
            Self::Hand(tool) => Self::Hand(tool.step(event, out)),
            Self::Pen(tool) => Self::Pen(tool.step(event, ctx, out)),
            Self::Eraser(tool) => Self::Eraser(tool.step(event, ctx, out)),
        }
    }

    /// Whether a pointer is at work with it.
    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Hand(HandTool::Idle) | Self::Pen(PenTool::Idle) => false,
            Self::Eraser(EraserTool::Idle) => false,
            Self::Hand(HandTool::Grabbing { .. }) | Self::Pen(PenTool::Drawing(_)) => true,
            Self::Eraser(EraserTool::Erasing { .. }) => true,
        }
    }

    pub(crate) fn own_ink(&self) -> Option<OwnInk<'_>> {
        match self {
            Self::Pen(PenTool::Drawing(stroke)) => stroke.own_ink(),
            Self::Pen(PenTool::Idle) | Self::Hand(_) | Self::Eraser(_) => None,
        }
    }

    pub(crate) fn erasing(&self) -> &BTreeSet<ElementId> {
        static NONE: BTreeSet<ElementId> = BTreeSet::new();
        match self {
            Self::Eraser(EraserTool::Erasing { hits, .. }) => hits,
            Self::Eraser(EraserTool::Idle) | Self::Hand(_) | Self::Pen(_) => &NONE,
        }
    }
}
