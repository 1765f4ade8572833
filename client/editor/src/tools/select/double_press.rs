//! The effect of a double press of the Select tool.

use crate::document::history::UndoStep;
use crate::tool_kind::ToolKind;
use shared::model::layout::frame_name_box;
use shared::model::{Body, Element, Prop};
use shared::op::Op;

use super::{can_crop, handles};
use crate::document::topmost::{HitFilter, HitPoint};
use crate::selection::{opened, single};
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::tools::line::edit;
use crate::view::overlay::HandleKind;

/// A double press opens a group, edits text, crops an image, or changes the points of a line. Returns whether it
/// did any of these.
pub(super) fn double(
    hit: HitPoint,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> bool {
    if let Some(HandleKind::Point(number)) = handle {
        return change_line(ctx, out, |line| edit::removed(line, number as usize));
    }
    if let Some(HandleKind::Segment(number)) = handle
        && change_line(ctx, out, |line| {
            edit::segment_released(ctx, line, number as usize)
        })
    {
        return true;
    }
    let found = hit.topmost(ctx.board, ctx.index, HitFilter::Unlocked);
    if let Some(id) = found
        && let Some(inner) = opened(ctx.board, id, ctx.selection.within)
    {
        out.request(Request::Select(inner));
        return true;
    }
    let on = found.or_else(|| hit.topmost_text_holder(ctx.board, ctx.index));
    let Some(on) = on else {
        return begin_text(hit, handle, ctx, out);
    };
    if ctx.board.get(on).is_some_and(|on| can_crop(on)) {
        out.request(Request::Crop(on));
        return true;
    }
    let edits_text = ctx.board.get(on).is_some_and(|on| edits_text_at(on, hit));
    if edits_text {
        out.request(Request::Select(single(ctx.board, on)));
        out.request(Request::EditText(on));
    }
    edits_text
}

/// Whether a press at this place of an element edits text. On a frame, only a press on the name
/// does.
fn edits_text_at(element: &Element, hit: HitPoint) -> bool {
    match &element.body {
        Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => true,
        Body::Frame => {
            let name = frame_name_box(element).inflate(hit.tolerance, hit.tolerance);
            name.contains(hit.at)
        }
        Body::Stroke(_) | Body::Path(_) | Body::Image => false,
    }
}

/// A double press on an empty place begins a text there.
fn begin_text(
    hit: HitPoint,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> bool {
    let locked = hit.topmost(ctx.board, ctx.index, HitFilter::All);
    let can_transform = handle.is_none() && locked.is_none() && ctx.kind == ToolKind::Select;
    if can_transform {
        out.request(Request::NewText(hit.at));
    }
    can_transform
}

/// Changes the selected line, if there is anything to change.
fn change_line(
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
    changes: impl FnOnce(&Element) -> Vec<Prop>,
) -> bool {
    let Some(line) = handles::only(ctx.board, ctx.selection) else {
        return false;
    };
    let props = changes(line);
    if props.is_empty() {
        return false;
    }
    let set = |prop| Op::Set { id: line.id, prop };
    out.commit(props.into_iter().map(set).collect(), UndoStep::New);
    out.redraw();
    true
}
