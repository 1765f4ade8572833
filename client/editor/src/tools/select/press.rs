//! A press of the Select tool: it finds the handle, element or group there, and becomes a drag or,
//! when the pointer is lifted, a selection.

use crate::tool_kind::ToolKind;
use crate::view::CursorIcon;
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::ElementId;

use super::SelectTool;
use super::change::{Change, ChangeKind};
use super::double_press::double;
use super::handles;
use super::region::{Region, RegionSelection};
use super::reshape::{OwnHandle, Reshape};
use super::stretch::Side;
use crate::document::topmost::{HitFilter, HitPoint};
use crate::input::gesture::PointerDown;
use crate::input::{Modifiers, PointerKind};
use crate::selection::{Selection, single, unit};
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::view::overlay::HandleKind;

/// How far beside an element a press still hits it, in CSS pixels.
const AIM_PX: f64 = 5.0;
const TOUCH_AIM_PX: f64 = 12.0;
/// A pointer must go this far to drag, in CSS pixels.
const SLOP_PX: f64 = 4.0;
const TOUCH_SLOP_PX: f64 = 8.0;

/// The target of a press.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// A handle.
    Handle(HandleKind),
    /// A selected element. Lifting the pointer selects this.
    Element(Option<Selection>),
    /// Nothing that can be moved. Lifting the pointer selects this.
    Empty(Selection),
}

/// A pointer that is down and has not gone far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Press {
    from: ScreenPoint,
    spot: HitPoint,
    /// It is the second press at this place: unless it drags, it is a double press.
    is_double: bool,
    slop_px: f64,
    target: Target,
    /// The selection before the press.
    before: Selection,
    shift: bool,
}

/// The place that a pointer aims at.
pub(super) fn spot(ctx: &ToolCtx<'_>, at: ScreenPoint, kind: PointerKind) -> HitPoint {
    let tolerance_px = match kind {
        PointerKind::Touch => TOUCH_AIM_PX,
        PointerKind::Mouse | PointerKind::Pen => AIM_PX,
    };
    HitPoint {
        at: ctx.camera.to_board(at),
        tolerance: ctx.camera.board_length(tolerance_px),
    }
}

/// Takes a press.
pub(super) fn press(
    down: &PointerDown,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> SelectTool {
    let spot = spot(ctx, down.first.at, down.kind);
    if !spot.at.x.is_finite() || !spot.at.y.is_finite() {
        return SelectTool::Idle;
    }
    let handle = handles::handle_at(ctx, spot.at, down.kind);
    let target = match handle {
        Some(kind) => Target::Handle(kind),
        None => target(spot, down.modifiers, ctx, out),
    };
    SelectTool::Pressed(Box::new(Press {
        from: down.first.at,
        spot,
        is_double: down.presses == 2 && !down.modifiers.shift,
        slop_px: match down.kind {
            PointerKind::Touch => TOUCH_SLOP_PX,
            PointerKind::Mouse | PointerKind::Pen => SLOP_PX,
        },
        target,
        before: ctx.selection.clone(),
        shift: down.modifiers.shift,
    }))
}

fn target(
    spot: HitPoint,
    modifiers: Modifiers,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> Target {
    let reaches_in = modifiers.ctrl || modifiers.meta;
    let filter = if modifiers.alt {
        HitFilter::All
    } else {
        HitFilter::Unlocked
    };
    let meant = |id: ElementId| {
        if reaches_in {
            single(ctx.board, id)
        } else {
            unit(ctx.board, id, ctx.selection.within)
        }
    };
    let Some(found) = spot.topmost(ctx.board, ctx.index, filter).map(meant) else {
        return on_empty(spot, modifiers, ctx);
    };
    on_element(found, modifiers, ctx, out)
}

/// A press on an element or group.
fn on_element(
    found: Selection,
    modifiers: Modifiers,
    ctx: &ToolCtx<'_>,
    out: &mut ToolOutput<'_, '_>,
) -> Target {
    let selected = ctx.selection;
    let is_selected = found.ids.is_subset(&selected.ids);
    let after = if modifiers.shift {
        selected.toggled(&found)
    } else {
        found
    };
    if is_selected {
        // It may become a drag. Lifting the pointer deselects the element, or everything else.
        return Target::Element((after != *selected).then_some(after));
    }
    if ctx.kind == ToolKind::Lasso {
        // A loop may begin on an element; only lifting the pointer selects that.
        return Target::Empty(after);
    }
    out.request(Request::Select(after));
    Target::Element(None)
}

/// A press on no element that can be changed.
fn on_empty(spot: HitPoint, modifiers: Modifiers, ctx: &ToolCtx<'_>) -> Target {
    let selection_box = handles::shown_selection_box(ctx);
    if !modifiers.shift && selection_box.is_some_and(|it| it.contains(spot.at)) {
        return Target::Element(Some(Selection::none()));
    }
    // A locked element can be selected where there is no other, so that it can be unlocked.
    let locked = spot.topmost(ctx.board, ctx.index, HitFilter::All);
    Target::Empty(match locked {
        Some(id) if modifiers.shift => ctx.selection.toggled(&unit(ctx.board, id, None)),
        Some(id) => unit(ctx.board, id, None),
        None if modifiers.shift => ctx.selection.clone(),
        None => Selection::none(),
    })
}

impl Press {
    /// The pointer moved: beyond the slop a drag begins.
    pub(super) fn moved(
        self,
        at: ScreenPoint,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> SelectTool {
        if self.from.distance(at) < self.slop_px {
            return SelectTool::Pressed(Box::new(self));
        }
        let to = ctx.camera.to_board(at);
        match self.target {
            Target::Handle(kind) => begin_drag(kind, self.spot.at, ctx),
            Target::Element(_) => change(ChangeKind::Move, self.spot.at, ctx),
            Target::Empty(_) => None,
        }
        .unwrap_or_else(|| SelectTool::SelectingRegion(Box::new(self.brush(ctx))))
        .moved(to, modifiers, ctx, out)
    }

    fn brush(self, ctx: &ToolCtx<'_>) -> RegionSelection {
        let region = if ctx.kind == ToolKind::Lasso {
            Region::Loop(vec![self.spot.at])
        } else {
            Region::Marquee {
                from: self.spot.at,
                to: self.spot.at,
            }
        };
        let base = if self.shift {
            self.before.clone()
        } else {
            Selection::none()
        };
        RegionSelection::new(region, self.before, base)
    }

    /// The pointer was lifted where it went down.
    pub(super) fn released(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let handle = match self.target {
            Target::Handle(kind) => Some(kind),
            Target::Element(_) | Target::Empty(_) => None,
        };
        if self.is_double && double(self.spot, handle, ctx, out) {
            return;
        }
        match self.target {
            Target::Handle(_) | Target::Element(None) => {}
            Target::Element(Some(mut selection)) | Target::Empty(mut selection) => {
                // Other users may have deleted some of it meanwhile.
                selection.follow(ctx.board);
                out.request(Request::Select(selection));
            }
        }
    }

    /// The cursor during the press.
    pub(super) fn cursor(&self, ctx: &ToolCtx<'_>) -> Option<CursorIcon> {
        match &self.target {
            Target::Handle(kind) => {
                let selection_box = handles::shown_selection_box(ctx);
                Some(handles::cursor(
                    *kind,
                    selection_box.map_or(0.0, |it| it.angle),
                ))
            }
            Target::Element(_) => Some(CursorIcon::Move),
            Target::Empty(_) => None,
        }
    }

    /// Restores the selection, because the press was the first finger of a pinch.
    pub(super) fn cancelled_by_pinch(mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        // Other users may have deleted some of it meanwhile.
        self.before.follow(ctx.board);
        out.request(Request::Select(self.before));
    }
}

fn begin_drag(kind: HandleKind, from: BoardPoint, ctx: &ToolCtx<'_>) -> Option<SelectTool> {
    if let Some(own) = OwnHandle::of(kind) {
        return Reshape::begin(own, from, ctx)
            .map(|reshape| SelectTool::Reshaping(Box::new(reshape)));
    }
    let doing = match kind {
        HandleKind::Stretch { x, y } => ChangeKind::Stretch(Side { x, y }),
        HandleKind::Turn => ChangeKind::Turn,
        HandleKind::Point(_)
        | HandleKind::Middle(_)
        | HandleKind::Segment(_)
        | HandleKind::Text
        | HandleKind::Crop { .. }
        | HandleKind::Picture
        | HandleKind::Corner => return None,
    };
    change(doing, from, ctx)
}

fn change(doing: ChangeKind, from: BoardPoint, ctx: &ToolCtx<'_>) -> Option<SelectTool> {
    Change::begin(doing, from, ctx).map(|change| SelectTool::Changing(Box::new(change)))
}
