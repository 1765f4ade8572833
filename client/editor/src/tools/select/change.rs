//! Moving, stretching and turning the selection.
//!
//! During the drag the change is only a preview, here and for others; at its end it is one commit.
//! Elements that others delete meanwhile drop out, and other changes by others stay.

use crate::document::history::UndoStep;
use crate::view::CursorIcon;
use shared::geometry::BoardPoint;
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_LIVE_SELECTION;
use shared::model::{Body, Transform, affected};
use shared::protocol::live::LiveUpdate;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::duplicate::Duplicates;
use super::handles;
use super::moving;
use super::stretch::{Side, Stretching, transformed, turn};
use crate::document::affected_elements;
use crate::input::Modifiers;
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::view::overlay::{Guide, HandleKind, Overlay, SelectionBox};

/// No side gets shorter than this, in CSS pixels: its handles could not be pressed again.
pub(super) const LEAST_PX: f64 = 4.0;
/// An angle that is nearer to an upright one than this, in radians, counts as upright.
const UPRIGHT: f64 = 1e-6;

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeKind {
    Move,
    Stretch(Side),
    Turn,
}

/// A change of the selection that is going on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    kind: ChangeKind,
    /// The places where the pointer went down and where it is now.
    from: BoardPoint,
    at: BoardPoint,
    modifiers: Modifiers,
    /// The selection box before the change.
    selection_box: SelectionBox,
    /// Whether the selection box is shown.
    shows_selection_box: bool,
    /// The open group.
    within: Option<GroupId>,
    transform: Transform,
    guides: Vec<Guide>,
    /// With Alt, these copies are moved instead of the selection.
    copies: Duplicates,
    /// The transform that was sent to others last.
    sent: Option<Transform>,
}

impl Change {
    /// `None` if nothing that is selected may be changed.
    pub(super) fn begin(kind: ChangeKind, from: BoardPoint, ctx: &ToolCtx<'_>) -> Option<Self> {
        if !handles::can_transform(ctx.board, ctx.selection) {
            return None;
        }
        Some(Self {
            kind,
            from,
            at: from,
            modifiers: Modifiers::default(),
            selection_box: handles::selection_box(ctx)?,
            shows_selection_box: handles::shown_selection_box(ctx).is_some(),
            within: ctx.selection.within,
            transform: Transform::Move([0.0, 0.0]),
            guides: Vec::new(),
            copies: Duplicates::default(),
            sent: None,
        })
    }

    /// Follows the pointer and the modifier keys.
    pub(super) fn follow(
        mut self,
        at: BoardPoint,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        self.at = at;
        self.modifiers = modifiers;
        let (transform, guides) = self.plan(ctx);
        // A transform that leaves the board is ignored.
        if transform.is_valid() {
            self.transform = transform;
            self.guides = guides;
        }
        if self.makes_copies() && self.copies.is_empty() {
            self.copies = Duplicates::of_selection(ctx, out);
        }
        out.redraw();
        self
    }

    pub(super) fn modifiers_changed(
        self,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        let at = self.at;
        self.follow(at, modifiers, ctx, out)
    }

    /// Sends the transform to others.
    pub(super) fn send(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let now = (!self.makes_copies()).then_some(self.transform);
        let now = now.filter(|now| self.sent.is_some() || !is_nothing(now));
        if now != self.sent {
            match now {
                Some(_) => out.live(LiveUpdate::Transform(now)),
                None => send_cancelled(ctx, out),
            }
            self.sent = now;
        }
    }

    /// The pointer was lifted here: commits the change.
    pub(super) fn released(self, at: BoardPoint, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let modifiers = self.modifiers;
        self.follow(at, modifiers, ctx, out).finish(ctx, out);
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let ops = if is_nothing(&self.transform) {
            Vec::new()
        } else if self.makes_copies() {
            self.copies.ops(self.way(), ctx)
        } else {
            affected_elements::ops(ctx.board, ctx.index, &self.affected(ctx), &self.transform)
        };
        if ops.is_empty() {
            return self.cancel(ctx, out);
        }
        let copied = self
            .makes_copies()
            .then(|| self.copies.selection(self.within));
        out.commit(ops, UndoStep::New);
        out.redraw();
        if self.sent.is_some() {
            out.live(LiveUpdate::Transform(None));
        }
        if let Some(copied) = copied {
            out.request(Request::Select(copied));
        }
    }

    /// Ends the drag without a change.
    pub(super) fn cancel(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.redraw();
        if self.sent.is_some() {
            send_cancelled(ctx, out);
        }
    }

    pub(super) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        overlay.guides.extend(self.guides.iter().copied());
        if self.shows_selection_box && !ctx.selection.is_empty() {
            let selection_box = transformed(&self.selection_box, &self.transform);
            overlay.selection_box = Some(handles::clear_of_text(ctx, selection_box));
        }
        if self.makes_copies() {
            overlay.drafts.extend(self.copies.moved(self.way()));
            return;
        }
        overlay.transform = Some(self.transform);
        overlay.transformed = self.affected(ctx);
    }

    /// The elements that the transform changes.
    fn affected(&self, ctx: &ToolCtx<'_>) -> Rc<BTreeSet<ElementId>> {
        affected_elements::without_frame_contents(
            ctx.board,
            affected(ctx),
            &ctx.selection.ids,
            &self.transform,
        )
    }

    /// The cursor during the change.
    pub(super) fn cursor(&self) -> CursorIcon {
        match self.kind {
            ChangeKind::Move => CursorIcon::Move,
            ChangeKind::Turn => CursorIcon::Turn,
            ChangeKind::Stretch(Side { x, y }) => {
                handles::cursor(HandleKind::Stretch { x, y }, self.selection_box.angle)
            }
        }
    }

    /// The way of a move, in board units.
    const fn way(&self) -> [f64; 2] {
        match self.transform {
            Transform::Move(by) => by,
            Transform::Scale { .. } | Transform::Rotate { .. } => [0.0, 0.0],
        }
    }

    fn makes_copies(&self) -> bool {
        self.kind == ChangeKind::Move && self.modifiers.alt
    }

    fn plan(&self, ctx: &ToolCtx<'_>) -> (Transform, Vec<Guide>) {
        match self.kind {
            ChangeKind::Move => {
                let way = [self.at.x - self.from.x, self.at.y - self.from.y];
                moving::moved(ctx, self.selection_box.upright(), way, self.modifiers)
            }
            ChangeKind::Stretch(side) => self.stretched(side, ctx),
            ChangeKind::Turn => {
                let stepped = self.modifiers.shift;
                let turn = turn(&self.selection_box, self.from, self.at, stepped);
                (turn, Vec::new())
            }
        }
    }

    fn stretched(&self, side: Side, ctx: &ToolCtx<'_>) -> (Transform, Vec<Guide>) {
        let (from, at) = (
            self.selection_box.to_own(self.from),
            self.selection_box.to_own(self.at),
        );
        let mut stretching = Stretching {
            selection_box: self.selection_box,
            side,
            way: [at.x - from.x, at.y - from.y],
            keeps_ratio: self.modifiers.shift != has_image(ctx) || must_keep_ratio(ctx, side),
            from_middle: self.modifiers.alt,
            least: ctx.camera.board_length(LEAST_PX),
        };
        // A turned selection box, or one that keeps its ratio, does not snap.
        let free = !stretching.keeps_ratio && self.selection_box.angle.abs() < UPRIGHT;
        let mut guides = Vec::new();
        if free {
            let snapped = moving::stretched(ctx, &stretching, self.modifiers);
            stretching.way[0] += snapped.by[0];
            stretching.way[1] += snapped.by[1];
            guides = snapped.guides;
        }
        (stretching.transform(), guides)
    }
}

/// All elements that move when the selection is moved.
pub(crate) fn affected<'a>(ctx: &ToolCtx<'a>) -> &'a Rc<BTreeSet<ElementId>> {
    let find = || affected::affected(ctx.board, &ctx.selection.ids);
    ctx.cache.affected(find)
}

/// Shows others that the selection stays where it is. After `Transform(None)` alone they would show
/// the preview for another moment, because a commit usually follows. Selecting again ends that.
fn send_cancelled(ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
    let ids = ctx.selection.ids.iter().copied();
    let sent = ids.take(MAX_LIVE_SELECTION).collect();
    out.live(LiveUpdate::Transform(None));
    out.live(LiveUpdate::Select(sent));
}

/// Whether a transform changes nothing.
fn is_nothing(transform: &Transform) -> bool {
    match *transform {
        Transform::Move(by) => by == [0.0, 0.0],
        Transform::Scale {
            about: _,
            by,
            angle: _,
        } => by == [1.0, 1.0],
        Transform::Rotate { about: _, by } => by == 0.0,
    }
}

/// Whether the selection has an image. Images keep their ratio unless Shift is held.
fn has_image(ctx: &ToolCtx<'_>) -> bool {
    let mut selected = ctx.selection.ids.iter().filter_map(|id| ctx.board.get(*id));
    selected.any(|element| matches!(element.body, Body::Image))
}

/// Whether the selection cannot be stretched on one axis alone, because it has text or elements
/// that are turned otherwise than the selection box. The side handles of a single text change its
/// width.
fn must_keep_ratio(ctx: &ToolCtx<'_>, side: Side) -> bool {
    if let Some(element) = handles::only(ctx.board, ctx.selection) {
        return matches!(element.body, Body::Text) && side.x != 0 && side.y != 0;
    }
    let mut selected = ctx.selection.ids.iter().filter_map(|id| ctx.board.get(*id));
    selected.any(|element| {
        let quarters = f64::from(element.props.angle()) / std::f64::consts::FRAC_PI_2;
        let turned = (quarters - quarters.round()).abs() > UPRIGHT;
        turned || matches!(element.body, Body::Text)
    })
}
