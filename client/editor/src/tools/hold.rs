//! Draw and hold: a stroke that is held still at its end becomes the figure that was
//! meant, and follows the pen until it is lifted.
//!
//! Knows figures and what they become. It must not know how they are recognised.

use crate::document::frames;
use crate::document::history::UndoStep;
use crate::document::line_points;
use kurbo::{Point, Rect, Vec2};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::{ElementId, Millis};
use shared::model::{Body, Brush, Head, NewElement, Prop};
use shared::op::Op;

use super::context::{ToolCtx, ToolOutput};
use super::draft::Shown;
use super::recognise::{Figure, recognised};
use super::stroke::Drawing;
use super::{line, make};
use crate::input::Sample;
use crate::view::overlay::Overlay;

/// A pen that rests for so long is held, in milliseconds.
pub(super) const HOLD_MS: Millis = 500;
/// A pen that stays this near to where it came to rest is resting, in CSS pixels.
const REST_PX: f64 = 4.0;
/// A figure never gets smaller than this share of what was drawn.
const SMALLEST: f64 = 0.1;

/// Where and since when the pen rests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rest {
    at: ScreenPoint,
    since: Millis,
    /// Whether this rest was looked at already, and nothing was recognised.
    in_vain: bool,
}

impl Rest {
    pub(super) const fn new(at: ScreenPoint, since: Millis) -> Self {
        Self {
            at,
            since,
            in_vain: false,
        }
    }

    /// Takes note of where the pen went.
    pub(super) fn moved(&mut self, samples: &[Sample], now: Millis) {
        for sample in samples {
            if sample.at.distance(self.at) > REST_PX {
                *self = Self::new(sample.at, now);
            }
        }
    }

    /// The figure that is meant, once the pen rested long enough.
    pub(super) fn figure(&mut self, stroke: &Drawing, ctx: &ToolCtx<'_>) -> Option<Figure> {
        let wished = ctx.prefs.draw_and_hold && ctx.kind.brush() == Some(Brush::Pen);
        if !wished || self.in_vain || ctx.now.saturating_sub(self.since) < HOLD_MS {
            return None;
        }
        let drawn = stroke.points().iter().map(|point| point.position());
        // The ink is a little behind the pen.
        let points: Vec<BoardPoint> = drawn.chain([ctx.camera.to_board(self.at)]).collect();
        let figure = recognised(&points, ctx.camera.board_length(1.0));
        self.in_vain = figure.is_none();
        figure
    }
}

/// A figure that follows the pen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    id: ElementId,
    /// As it was recognised.
    drawn: Figure,
    /// As the pen has it now.
    figure: Figure,
    /// Where the pen was when it was recognised.
    grip: BoardPoint,
    entry: UndoStep,
    /// Durable ink was deleted for it, so it must come.
    took_ink: bool,
    shown: Shown,
}

impl Held {
    /// Puts a figure in the place of a stroke.
    pub(super) fn instead_of(
        stroke: Drawing,
        figure: Figure,
        rest: Rest,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        let (entry, took_ink) = stroke.replaced(out);
        Self {
            took_ink,
            id: out.fresh_id(),
            drawn: figure,
            figure,
            grip: ctx.camera.to_board(rest.at),
            entry,
            shown: Shown::default(),
        }
    }

    /// Lets the figure follow the pen.
    pub(super) fn follow(&mut self, pen: &Sample, ctx: &ToolCtx<'_>) {
        let pen = ctx.camera.to_board(pen.at);
        if pen.x.is_finite() && pen.y.is_finite() {
            self.figure = pulled(self.drawn, self.grip, pen);
        }
    }

    pub(super) fn tell(&mut self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        let draft = self.element(ctx);
        self.shown.tell(Some(&draft), out);
    }

    pub(super) fn finish(
        mut self,
        lifted: &Sample,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) {
        self.follow(lifted, ctx);
        self.put(ctx, out);
    }

    fn put(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        out.commit(vec![Op::Put(Box::new(self.element(ctx)))], self.entry);
        self.shown.end(out);
    }

    /// Throws the figure away; but what became durable before is not lost: then it
    /// stays as it is.
    pub(super) fn give_up(self, ctx: &ToolCtx<'_>, out: &mut ToolOutput<'_, '_>) {
        if self.took_ink {
            self.put(ctx, out);
        } else {
            self.shown.end(out);
        }
    }

    pub(super) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        overlay.drafts.push(self.element(ctx));
    }

    fn element(&self, ctx: &ToolCtx<'_>) -> NewElement {
        match self.figure {
            Figure::Line { from, to } => straight(self.id, [from, to], Head::None, ctx),
            Figure::Arrow { from, to } => straight(self.id, [from, to], Head::Arrow, ctx),
            Figure::Box {
                outline,
                rect,
                angle,
            } => {
                let body = Body::Shape(outline);
                let rect = make::on_board(rect, ctx);
                let mut props = make::base(ctx, rect.origin().into());
                let frame = frames::taking(ctx.board, ctx.index, &body, rect);
                let size = [rect.width() as f32, rect.height() as f32];
                make::set(&mut props, Prop::Size(size));
                make::set(&mut props, Prop::Angle(angle as f32));
                make::set(&mut props, Prop::Frame(frame));
                NewElement::new(self.id, props, body)
            }
        }
    }
}

/// A line or an arrow; arrows hold on to what they connect.
fn straight(
    id: ElementId,
    [from, to]: [BoardPoint; 2],
    head: Head,
    ctx: &ToolCtx<'_>,
) -> NewElement {
    let bounds = Rect::from_points(from, to);
    let anchors = match head {
        Head::None => [None, None],
        Head::Arrow | Head::Triangle | Head::Dot | Head::Bar => line::anchors(ctx, [from, to]),
    };
    let [start, end] = anchors;
    let mut props = make::base(ctx, from);
    if let Some((at, points)) = line_points::relative_to_first(&[from, to]) {
        props.at = at;
        make::set(&mut props, points);
    }
    for prop in [
        Prop::Heads([Head::None, head]),
        Prop::Start(start),
        Prop::End(end),
        Prop::Frame(frames::taking(ctx.board, ctx.index, &Body::Line, bounds)),
    ] {
        make::set(&mut props, prop);
    }
    NewElement::new(id, props, Body::Line)
}

/// A figure after the pen was moved from `grip` to `pen`: lines end where the pen
/// goes, boxes grow and shrink about their middle.
fn pulled(figure: Figure, grip: BoardPoint, pen: BoardPoint) -> Figure {
    let by = Point::from(pen) - Point::from(grip);
    match figure {
        Figure::Line { from, to } => Figure::Line {
            from,
            to: moved(to, by),
        },
        // The pen is at the head's side, not at its tip.
        Figure::Arrow { from, to } => Figure::Arrow {
            from,
            to: moved(to, by),
        },
        Figure::Box {
            outline,
            rect,
            angle,
        } => {
            let middle = rect.center();
            let before = middle.distance(grip.into());
            let after = middle.distance(pen.into());
            let grown = if before > 0.0 { after / before } else { 1.0 };
            let size = rect.size() * grown.max(SMALLEST);
            Figure::Box {
                outline,
                rect: Rect::from_center_size(middle, size),
                angle,
            }
        }
    }
}

fn moved(at: BoardPoint, by: Vec2) -> BoardPoint {
    (Point::from(at) + by).into()
}
