//! What a double press means.
//!
//! Knows what is where. It must not know single presses.

use crate::document::history::UndoStep;
use crate::tool_kind::ToolKind;
use shared::model::place::frame_name_box;
use shared::model::{Body, Element};
use shared::op::Op;

use super::handles;
use crate::document::hit_test::{Passing, Spot};
use crate::document::selection::{opened, single};
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::tools::line::edit;
use crate::view::overlay::HandleKind;

/// A double press: it opens a group, begins to write, or changes the points of a
/// line. Tells whether it was more than a press.
pub(super) fn double(
    spot: Spot,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> bool {
    if let Some(HandleKind::Point(number)) = handle {
        return take_point_away(number as usize, ctx, out);
    }
    let found = spot.topmost(ctx.board, ctx.index, Passing::Locked);
    if let Some(id) = found
        && let Some(inner) = opened(ctx.board, id, ctx.selection.within)
    {
        out.request(Request::Select(inner));
        return true;
    }
    let on = found.or_else(|| spot.writable(ctx.board, ctx.index));
    let Some(on) = on else {
        return begin_text(spot, handle, ctx, out);
    };
    let takes_words = ctx.board.get(on).is_some_and(|on| takes_words(on, spot));
    if takes_words {
        out.request(Request::Select(single(ctx.board, on)));
        out.request(Request::EditText(on));
    }
    takes_words
}

/// Whether a place on an element is one for words: a frame has its name.
fn takes_words(element: &Element, spot: Spot) -> bool {
    match &element.body {
        Body::Shape(_) | Body::Text | Body::Sticky { .. } => true,
        Body::Frame => {
            let name = frame_name_box(element).inflate(spot.reach, spot.reach);
            name.contains(spot.at)
        }
        Body::Stroke(_) | Body::Line => false,
    }
}

/// A double press on nothing at all begins a text there.
fn begin_text(
    spot: Spot,
    handle: Option<HandleKind>,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> bool {
    let locked = spot.topmost(ctx.board, ctx.index, Passing::Nothing);
    let is_free = handle.is_none() && locked.is_none() && ctx.kind == ToolKind::Select;
    if is_free {
        out.request(Request::NewText(spot.at));
    }
    is_free
}

fn take_point_away(number: usize, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) -> bool {
    let Some(line) = handles::only(ctx.board, ctx.selection) else {
        return false;
    };
    let props = edit::removed(line, number);
    if props.is_empty() {
        return false;
    }
    let set = |prop| Op::Set { id: line.id, prop };
    out.commit(props.into_iter().map(set).collect(), UndoStep::New);
    out.redraw();
    true
}
