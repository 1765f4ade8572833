//! Moving, stretching and turning what is selected.
//!
//! While it lasts the change is only shown, here and to others; at the end it is one
//! commit. What others delete meanwhile drops out, and whatever else they do to the
//! elements stays. Knows elements; it must not know handles or when a drag begins.

use crate::document::history::UndoStep;
use crate::view::CursorIcon;
use shared::geometry::BoardPoint;
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_LIVE_SELECTION;
use shared::model::{Body, Transform};
use shared::protocol::live::LiveItem;
use std::collections::BTreeSet;

use super::duplicate::Duplicates;
use super::handles;
use super::moving;
use super::stretch::{Side, Stretching, framed, turn};
use crate::document::transform_closure;
use crate::input::Modifiers;
use crate::tools::context::{Request, ToolCtx, ToolOutput};
use crate::view::overlay::{Guide, HandleKind, Overlay, SelectionBox};

/// Nothing is made shorter than this, in CSS pixels: it could not be grasped again.
const LEAST_PX: f64 = 4.0;
/// A turn that differs from an upright one by less, in radians, is an upright one.
const UPRIGHT: f64 = 1e-6;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Move,
    Stretch(Side),
    Turn,
}

/// A change that goes on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    doing: Doing,
    /// Where the pointer went down, and where it is.
    from: BoardPoint,
    at: BoardPoint,
    modifiers: Modifiers,
    /// The frame as it was in the beginning.
    frame: SelectionBox,
    /// Whether that is shown.
    has_frame: bool,
    /// The group that is opened.
    within: Option<GroupId>,
    transform: Transform,
    guides: Vec<Guide>,
    /// With Alt copies are moved instead.
    copies: Duplicates,
    /// What others were told last.
    told: Option<Transform>,
}

impl Change {
    /// Nothing if there is nothing that may be changed.
    pub(super) fn begin(doing: Doing, from: BoardPoint, ctx: &ToolCtx<'_>) -> Option<Self> {
        if !handles::is_free(ctx.board, ctx.selection) {
            return None;
        }
        Some(Self {
            doing,
            from,
            at: from,
            modifiers: Modifiers::default(),
            frame: handles::frame(ctx)?,
            has_frame: handles::shown_frame(ctx).is_some(),
            within: ctx.selection.within,
            transform: Transform::Move([0.0, 0.0]),
            guides: Vec::new(),
            copies: Duplicates::default(),
            told: None,
        })
    }

    /// Follows pointer and modifier keys.
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
        // A place beyond the board is no place to go.
        if transform.is_sound() {
            self.transform = transform;
            self.guides = guides;
        }
        if self.makes_copies() && self.copies.is_empty() {
            self.copies = Duplicates::of_selection(ctx, out);
        }
        out.redraw();
        self
    }

    pub(super) fn modified(
        self,
        modifiers: Modifiers,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        let at = self.at;
        self.follow(at, modifiers, ctx, out)
    }

    /// Tells others how far it is.
    pub(super) fn tell(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let now = (!self.makes_copies()).then_some(self.transform);
        let now = now.filter(|now| self.told.is_some() || !is_nothing(now));
        if now != self.told {
            match now {
                Some(_) => out.live(LiveItem::Transform(now)),
                None => stay(ctx, out),
            }
            self.told = now;
        }
    }

    /// The pointer was lifted here: puts it on the board.
    pub(super) fn lifted(self, at: BoardPoint, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let modifiers = self.modifiers;
        self.follow(at, modifiers, ctx, out).finish(ctx, out);
    }

    fn finish(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let ops = if is_nothing(&self.transform) {
            Vec::new()
        } else if self.makes_copies() {
            self.copies.ops(self.way(), ctx)
        } else {
            transform_closure::ops(ctx.board, ctx.index, &self.movers(ctx), &self.transform)
        };
        if ops.is_empty() {
            return self.give_up(ctx, out);
        }
        let copied = self
            .makes_copies()
            .then(|| self.copies.selection(self.within));
        out.commit(ops, UndoStep::New);
        out.redraw();
        if self.told.is_some() {
            out.live(LiveItem::Transform(None));
        }
        if let Some(copied) = copied {
            out.request(Request::Select(copied));
        }
    }

    /// Leaves everything as it was.
    pub(super) fn give_up(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.redraw();
        if self.told.is_some() {
            stay(ctx, out);
        }
    }

    pub(super) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        overlay.guides.extend(self.guides.iter().copied());
        if self.has_frame && !ctx.selection.is_empty() {
            let frame = framed(&self.frame, &self.transform);
            overlay.frame = Some(handles::off_letters(ctx, frame));
        }
        if self.makes_copies() {
            overlay.drafts.extend(self.copies.moved(self.way()));
            return;
        }
        overlay.transform = Some(self.transform);
        overlay.lifted = self.movers(ctx).into_iter().collect();
    }

    /// What the change is to.
    fn movers(&self, ctx: &ToolCtx<'_>) -> BTreeSet<ElementId> {
        let all = carried(ctx).clone();
        transform_closure::without_held(ctx.board, all, &ctx.selection.ids, &self.transform)
    }

    /// How the pointer looks meanwhile.
    pub(super) fn cursor(&self) -> CursorIcon {
        match self.doing {
            Doing::Move => CursorIcon::Move,
            Doing::Turn => CursorIcon::Turn,
            Doing::Stretch(Side { x, y }) => {
                handles::cursor(HandleKind::Stretch { x, y }, self.frame.angle)
            }
        }
    }

    /// How far what is moved has gone.
    const fn way(&self) -> [f64; 2] {
        match self.transform {
            Transform::Move(by) => by,
            Transform::Scale { .. } | Transform::Turn { .. } => [0.0, 0.0],
        }
    }

    fn makes_copies(&self) -> bool {
        self.doing == Doing::Move && self.modifiers.alt
    }

    fn plan(&self, ctx: &ToolCtx<'_>) -> (Transform, Vec<Guide>) {
        match self.doing {
            Doing::Move => {
                let way = [self.at.x - self.from.x, self.at.y - self.from.y];
                moving::moved(ctx, self.frame.upright(), way, self.modifiers)
            }
            Doing::Stretch(side) => self.stretched(side, ctx),
            Doing::Turn => {
                let stepped = self.modifiers.shift;
                let turn = turn(&self.frame, self.from, self.at, stepped);
                (turn, Vec::new())
            }
        }
    }

    fn stretched(&self, side: Side, ctx: &ToolCtx<'_>) -> (Transform, Vec<Guide>) {
        let (from, at) = (self.frame.to_own(self.from), self.frame.to_own(self.at));
        let mut stretching = Stretching {
            frame: self.frame,
            side,
            way: [at.x - from.x, at.y - from.y],
            keeps_ratio: self.modifiers.shift || must_keep_ratio(ctx, side),
            from_middle: self.modifiers.alt,
            least: ctx.camera.board_length(LEAST_PX),
        };
        // A turned frame, or one whose sides depend on each other, lines up with nothing.
        let free = !stretching.keeps_ratio && self.frame.angle.abs() < UPRIGHT;
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

/// What goes along with what is selected.
pub(crate) fn carried<'a>(ctx: &ToolCtx<'a>) -> &'a BTreeSet<ElementId> {
    let find = || transform_closure::carried(ctx.board, &ctx.selection.ids);
    ctx.cache.carried(find)
}

/// Tells others that what is selected stays where it is. When a change merely ends they
/// go on showing it for a moment, as its op is on the way; here there is none, and
/// what is selected anew is as it stands.
fn stay(ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
    let ids = ctx.selection.ids.iter().copied();
    let told = ids.take(MAX_LIVE_SELECTION).collect();
    out.live(LiveItem::Transform(None));
    out.live(LiveItem::Select(told));
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
        Transform::Turn { about: _, by } => by == 0.0,
    }
}

/// Whether something selected cannot be stretched on one axis alone: the letters of a
/// text, or what is turned otherwise than the frame. A text by itself gets another
/// width by the handles at its sides.
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
