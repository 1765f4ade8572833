//! What a double press means.
//!
//! Knows what is where. It must not know single presses.

use shared::model::Body;
use shared::op::Op;

use super::{SelectTool, handles};
use crate::overlay::HandleKind;
use crate::pick::{Passing, Spot};
use crate::selection::{opened, single};
use crate::tool::line::edit;
use crate::tool::{Emit, Emits, Entry, ToolCtx, ToolKind};

/// A double press: it opens a group, begins to write, or changes the points of a
/// line. `None` if it is nothing more than a press.
pub(super) fn double(
    spot: Spot,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut Emits<'_>,
) -> Option<SelectTool> {
    if let Some(HandleKind::Point(number)) = handle {
        return take_point_away(number as usize, ctx, out);
    }
    let found = spot.topmost(ctx.board, ctx.index, Passing::Locked);
    if let Some(id) = found
        && let Some(inner) = opened(ctx.board, id, ctx.selection.within)
    {
        out.push(Emit::Select(inner));
        return None;
    }
    let on = found.or_else(|| spot.writable(ctx.board, ctx.index));
    let Some(on) = on else {
        return begin_text(spot, handle, ctx, out);
    };
    match &ctx.board.get(on)?.body {
        Body::Shape(_) | Body::Text | Body::Sticky { .. } => {
            out.push(Emit::Select(single(ctx.board, on)));
            out.push(Emit::Type(on));
            Some(SelectTool::Idle)
        }
        Body::Stroke(_) | Body::Line | Body::Frame => None,
    }
}

/// A double press on nothing at all begins a text there.
fn begin_text(
    spot: Spot,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut Emits<'_>,
) -> Option<SelectTool> {
    let locked = spot.topmost(ctx.board, ctx.index, Passing::Nothing);
    let is_free = handle.is_none() && locked.is_none() && ctx.kind == ToolKind::Select;
    is_free.then(|| {
        out.push(Emit::Write(spot.at));
        SelectTool::Idle
    })
}

fn take_point_away(number: usize, ctx: &ToolCtx<'_>, out: &mut Emits<'_>) -> Option<SelectTool> {
    let line = handles::only(ctx.board, ctx.selection)?;
    let props = edit::removed(line, number);
    if props.is_empty() {
        return None;
    }
    let set = |prop| Op::Set { id: line.id, prop };
    out.push(Emit::Commit {
        ops: props.into_iter().map(set).collect(),
        entry: Entry::New,
    });
    out.push(Emit::Redraw);
    Some(SelectTool::Idle)
}
