//! Changing one element by a handle of its own: a point or segment of a line, the corners of a
//! rectangle, the crop of an image.
//!
//! The changed element is shown as a draft until the pointer is lifted.

use crate::document::history::UndoStep;
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::{Element, NewElement, Prop, RichText};
use shared::op::Op;

use super::change::LEAST_PX;
use super::crop;
use super::handles::only;
use super::stretch::Side;
use crate::document::topmost::selection_box_of;
use crate::input::Modifiers;
use crate::tools::context::{ToolCtx, ToolOutput};
use crate::tools::draft::SentDraft;
use crate::tools::line::edit::{self, Binding};
use crate::tools::line::stepped;
use crate::view::grid;
use crate::view::overlay::{HandleKind, Overlay};

/// A handle that only this kind of element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnHandle {
    /// A point of a line.
    Point(usize),
    /// The middle after a point of a line; it becomes a new point.
    Middle(usize),
    /// A segment of an elbow line.
    Segment(usize),
    /// The text of a line.
    Text,
    /// The roundness of the corners.
    Corner,
    /// An edge or a corner of a crop.
    Crop(Side),
    /// The picture behind a crop.
    Picture,
}

impl OwnHandle {
    /// From the kind of a handle; `None` for handles that every element has.
    pub(super) const fn of(kind: HandleKind) -> Option<Self> {
        match kind {
            HandleKind::Point(number) => Some(Self::Point(number as usize)),
            HandleKind::Middle(number) => Some(Self::Middle(number as usize)),
            HandleKind::Segment(number) => Some(Self::Segment(number as usize)),
            HandleKind::Text => Some(Self::Text),
            HandleKind::Corner => Some(Self::Corner),
            HandleKind::Crop { x, y } => Some(Self::Crop(Side { x, y })),
            HandleKind::Picture => Some(Self::Picture),
            HandleKind::Stretch { .. } | HandleKind::Turn => None,
        }
    }
}

/// A drag of such a handle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reshape {
    id: ElementId,
    own: OwnHandle,
    from: BoardPoint,
    at: BoardPoint,
    modifiers: Modifiers,
    shown: SentDraft,
}

impl Reshape {
    /// `None` unless exactly one element is selected.
    pub(super) fn begin(own: OwnHandle, from: BoardPoint, ctx: &ToolCtx<'_>) -> Option<Self> {
        let element = only(ctx.board, ctx.selection)?;
        Some(Self {
            id: element.id,
            own,
            from,
            at: from,
            modifiers: Modifiers::default(),
            shown: SentDraft::default(),
        })
    }

    pub(super) fn follow(
        mut self,
        at: BoardPoint,
        modifiers: Modifiers,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        self.at = at;
        self.modifiers = modifiers;
        out.redraw();
        self
    }

    pub(super) fn modifiers_changed(
        mut self,
        modifiers: Modifiers,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        self.modifiers = modifiers;
        out.redraw();
        self
    }

    /// Sends the draft to others.
    pub(super) fn send(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let draft = self.draft(ctx).map(|draft| NewElement {
            // Others have its text already.
            text: RichText::default(),
            ..draft
        });
        self.shown.send(draft.as_ref(), out);
    }

    /// The pointer was lifted here: commits the change.
    pub(super) fn released(
        mut self,
        at: BoardPoint,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) {
        self.at = at;
        self.finish(ctx, out);
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let ops: Vec<Op> = self
            .changes(ctx)
            .into_iter()
            .map(|prop| Op::Set { id: self.id, prop })
            .collect();
        if !ops.is_empty() && ops.iter().all(|op| op.validate().is_ok()) {
            out.commit(ops, UndoStep::New);
        }
        self.cancel(out);
    }

    /// Ends the drag without a change.
    pub(super) fn cancel(self, out: &mut ToolOutput<'_, '_>) {
        out.redraw();
        self.shown.end(out);
    }

    pub(super) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        let Some(draft) = self.draft(ctx) else {
            return;
        };
        if matches!(self.own, OwnHandle::Point(_)) {
            let end = match self.own {
                OwnHandle::Point(0) => draft.props.start(),
                OwnHandle::Point(_)
                | OwnHandle::Middle(_)
                | OwnHandle::Segment(_)
                | OwnHandle::Text
                | OwnHandle::Corner
                | OwnHandle::Crop(_)
                | OwnHandle::Picture => draft.props.end(),
            };
            let moved = end.filter(|_| self.is_end(ctx));
            overlay.target = moved.map(|anchor| anchor.to);
        }
        if matches!(self.own, OwnHandle::Crop(_) | OwnHandle::Picture) {
            let cropped = Element::new(draft.clone(), ctx.me);
            overlay.whole_picture = Some(crop::with_whole_picture(&cropped));
        }
        overlay.drafts.push(draft);
    }

    fn is_end(&self, ctx: &ToolCtx<'_>) -> bool {
        let last = ctx
            .board
            .get(self.id)
            .map_or(0, |element| element.props.points().len().saturating_sub(1));
        matches!(self.own, OwnHandle::Point(number) if number == 0 || number == last)
    }

    fn draft(&self, ctx: &ToolCtx<'_>) -> Option<NewElement> {
        let element = ctx.board.get(self.id)?;
        let changes = self.changes(ctx);
        (!changes.is_empty()).then(|| with(element, changes))
    }

    /// The changed properties; none if another user deleted or locked the element meanwhile.
    fn changes(&self, ctx: &ToolCtx<'_>) -> Vec<Prop> {
        let element = ctx.board.get(self.id);
        let Some(element) = element.filter(|element| !element.props.locked()) else {
            return Vec::new();
        };
        let mut changes = match self.own {
            OwnHandle::Point(number) => {
                let ctrl = self.modifiers.ctrl || self.modifiers.meta;
                let binding = if ctrl { Binding::Off } else { Binding::On };
                edit::moved(
                    ctx,
                    element,
                    number,
                    self.aimed(ctx, element, number),
                    binding,
                )
            }
            OwnHandle::Middle(number) => edit::inserted(element, number, self.snapped(ctx)),
            OwnHandle::Segment(number) => {
                edit::segment_moved(ctx, element, number, self.snapped(ctx))
            }
            OwnHandle::Text => edit::text_moved(ctx, element, self.from, self.at),
            OwnHandle::Corner => vec![Prop::Corner(self.corner(ctx, element))],
            OwnHandle::Crop(_) | OwnHandle::Picture if !crop::can_crop(element) => Vec::new(),
            OwnHandle::Crop(side) => {
                let least = ctx.camera.board_length(LEAST_PX);
                crop::stretched(element, side, (self.from.into(), self.at.into()), least)
            }
            OwnHandle::Picture => crop::panned(element, (self.from.into(), self.at.into())),
        };
        changes.retain(|prop| element.props.get(prop.key()) != *prop);
        changes
    }

    /// The place of a point: with Shift in steps of an angle around its neighbour.
    fn aimed(&self, ctx: &ToolCtx<'_>, line: &Element, number: usize) -> BoardPoint {
        let points = shared::model::layout::line_points(ctx.board, line);
        let neighbour = if number == 0 { 1 } else { number - 1 };
        match points.get(neighbour) {
            Some(neighbour) if self.modifiers.shift => stepped(*neighbour, self.at),
            Some(_) | None => self.snapped(ctx),
        }
    }

    /// The place of the pointer, or the grid crossing nearest to it.
    fn snapped(&self, ctx: &ToolCtx<'_>) -> BoardPoint {
        let free = self.modifiers.ctrl || self.modifiers.meta || !ctx.prefs.grid;
        if free {
            self.at
        } else {
            grid::nearest(self.at, ctx.camera.zoom())
        }
    }

    /// The handle goes along the diagonal of its corner.
    fn corner(&self, ctx: &ToolCtx<'_>, element: &Element) -> f32 {
        let selection_box = selection_box_of(ctx.board, element);
        let (from, at) = (
            selection_box.to_own(self.from),
            selection_box.to_own(self.at),
        );
        let way = f64::midpoint(at.x - from.x, at.y - from.y);
        let most = selection_box.rect.width().min(selection_box.rect.height()) / 2.0;
        (f64::from(element.props.corner()) + way).clamp(0.0, most.max(0.0)) as f32
    }
}

/// An element with some properties changed, as it would be put on the board.
fn with(element: &Element, props: Vec<Prop>) -> NewElement {
    let mut new = element.to_new();
    props.into_iter().for_each(|prop| new.props.set(prop));
    new
}
