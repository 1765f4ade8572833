//! A stroke while it is drawn: live pieces and durable parts.
//!
//! Live pieces are sent once per animation frame, as drawn. Durable parts are simplified: the whole
//! stroke at its end, or, once it is long, a part each second, so that a crash loses no more.

use crate::document::frames;
use crate::document::history::UndoStep;
use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum, simplify};
use shared::id::{ElementId, Millis};
use shared::limits::{MAX_STROKE_PARTS, MAX_STROKE_POINTS};
use shared::model::{Body, Brush, NewElement, Prop, Props, Stroke};
use shared::op::Op;
use shared::protocol::live::{LiveUpdate, StrokeStyle};

use super::context::{ToolCtx, ToolOutput};
use super::event::OwnInk;
use super::make;
use super::recorder::Recorder;
use crate::input::Sample;
use crate::input::gesture::{PointerDown, SLOP_PX};

/// The drawn ink becomes durable each time that so many milliseconds have passed.
pub(super) const PART_MS: Millis = 1_000;
/// The drawn ink becomes durable at once when it has so many new points.
pub(super) const PART_POINTS: usize = 500;
/// Live pieces with more points are cut, so that each message stays small.
const LIVE_POINTS: usize = 1_000;
/// Packed ink of one stroke at most: to restore it must fit one commit.
const MAX_STROKE_BYTES: usize = 128 * 1024;
/// How far simplified ink may be from the drawn ink, in CSS pixels.
const TOLERANCE_PX: f64 = 0.35;

/// What was sent to others of the stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LiveState {
    Nothing,
    Points(usize),
}

/// The durable parts of the stroke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Durable {
    /// Recorded points that the parts stand for.
    recorded: usize,
    /// Points in the parts.
    stored: usize,
    parts: usize,
    bytes: usize,
    since: Millis,
}

/// Whether more parts of the stroke follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    Follows,
    /// The frame that the stroke is drawn in.
    Ended(Option<ElementId>),
}

/// A stroke between pen down and pen up.
#[derive(Debug)]
pub(crate) struct Drawing {
    id: ElementId,
    style: StrokeStyle,
    grid: Quantum,
    tolerance: f64,
    recorder: Recorder,
    predicted: Vec<InkPoint>,
    live: LiveState,
    durable: Durable,
    /// A gesture may take several strokes; undo takes all of them.
    step: UndoStep,
}

impl Drawing {
    pub(super) fn begin(down: PointerDown, ctx: &ToolCtx<'_>, id: ElementId) -> Self {
        let brush = ctx.kind.brush().unwrap_or(Brush::Pen);
        let mut recorder = Recorder::new(&down, brush, ctx.style, ctx.prefs);
        recorder.push(&down.first, ctx.camera);
        Self {
            id,
            style: make::stroke_style(ctx, brush),
            grid: Quantum::for_zoom(ctx.camera.zoom()),
            tolerance: ctx.camera.board_length(TOLERANCE_PX),
            recorder,
            predicted: Vec::new(),
            live: LiveState::Nothing,
            durable: Durable {
                since: ctx.now,
                ..Durable::default()
            },
            step: UndoStep::New,
        }
    }

    pub(super) fn own_ink(&self) -> Option<OwnInk<'_>> {
        Some(OwnInk {
            id: self.id,
            style: &self.style,
            points: self.recorder.points(),
            predicted: &self.predicted,
        })
    }

    pub(super) fn add_samples(
        &mut self,
        samples: &[Sample],
        predicted: &[Sample],
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) {
        for sample in samples {
            self.recorder.push(sample, ctx.camera);
            self.settle(ctx.now, out);
            if self.is_full() {
                self.start_next_stroke(ctx.now, out);
            }
        }
        self.predicted = self.recorder.predict(predicted, ctx.camera);
    }

    /// Sends new points to others, once per animation frame.
    pub(super) fn animation_frame(&mut self, now: Millis, out: &mut ToolOutput<'_, '_>) {
        self.settle(now, out);
        self.show(out);
    }

    pub(super) fn finish(
        mut self,
        lifted: Sample,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) {
        self.recorder.finish(&lifted, ctx.camera);
        let frame = frames::frame_for_ink(ctx.board, ctx.index, self.recorder.points());
        self.end(frame, out);
    }

    /// The points so far.
    pub(super) fn points(&self) -> &[InkPoint] {
        self.recorder.points()
    }

    /// Removes the stroke, because an element replaces it. Others drop it, and its durable parts
    /// are deleted. Returns whether there were any.
    pub(super) fn replaced(self, out: &mut ToolOutput<'_, '_>) -> (UndoStep, bool) {
        if self.live != LiveState::Nothing {
            out.live(LiveUpdate::End { kept: false });
        }
        if self.durable.parts == 0 {
            return (self.step, false);
        }
        out.commit(vec![Op::Delete { ids: vec![self.id] }], UndoStep::Same);
        (UndoStep::Same, true)
    }

    /// Drops the stroke. If a part of it is durable already, it ends as it is.
    pub(super) fn cancel(mut self, out: &mut ToolOutput<'_, '_>) {
        if self.durable.parts > 0 {
            self.end(None, out);
        } else if self.live != LiveState::Nothing {
            out.live(LiveUpdate::End { kept: false });
        }
    }

    fn end(&mut self, frame: Option<ElementId>, out: &mut ToolOutput<'_, '_>) {
        if self.live != LiveState::Nothing {
            self.show(out);
        }
        self.store(self.recorder.len(), More::Ended(frame), out);
        if self.live != LiveState::Nothing {
            let kept = self.durable.parts > 0;
            out.live(LiveUpdate::End { kept });
        }
    }

    /// Continues with a new stroke from the last point of this one.
    fn start_next_stroke(&mut self, now: Millis, out: &mut ToolOutput<'_, '_>) {
        self.end(None, out);
        self.id = out.fresh_id();
        self.recorder = self.recorder.continued();
        self.live = LiveState::Nothing;
        self.durable = Durable {
            since: now,
            ..Durable::default()
        };
        self.step = UndoStep::Same;
    }

    fn is_full(&self) -> bool {
        // One part and one piece of points must still fit.
        self.recorder.len() + PART_POINTS >= MAX_STROKE_POINTS
            || self.durable.parts + 2 >= MAX_STROKE_PARTS
            || self.durable.bytes >= MAX_STROKE_BYTES
    }

    /// Commits the points that are due.
    fn settle(&mut self, now: Millis, out: &mut ToolOutput<'_, '_>) {
        let waiting = self.recorder.len().saturating_sub(self.durable.recorded);
        // A stroke that may still turn out to be the first finger of a pinch is not committed.
        let is_meant = self.durable.parts > 0 || self.recorder.reach_px() > SLOP_PX;
        let is_late = now.saturating_sub(self.durable.since) >= PART_MS && waiting > 0;
        if (is_late && is_meant) || waiting >= PART_POINTS {
            self.store(self.recorder.len(), More::Follows, out);
            self.durable.since = now;
        }
    }

    /// Commits the points before `until`.
    fn store(&mut self, until: usize, more: More, out: &mut ToolOutput<'_, '_>) {
        let Some(ink) = self.part(until) else { return };
        let (len, bytes) = (ink.len(), ink.as_bytes().len());
        let (ops, step) = if self.durable.parts == 0 {
            if len == 0 {
                return;
            }
            (vec![self.put(ink, more)], self.step)
        } else {
            if len == 0 && more == More::Follows {
                return;
            }
            (self.extend(ink, more), UndoStep::Same)
        };
        out.commit(ops, step);
        self.durable.recorded = until;
        self.durable.stored += len;
        self.durable.bytes += bytes;
        self.durable.parts += 1;
    }

    /// The simplified ink of the points that are not durable yet. It is simplified together with
    /// the point before them, so that no seam shows, and begins after that.
    fn part(&self, until: usize) -> Option<Ink> {
        let joined = usize::from(self.durable.recorded > 0);
        let points = self
            .recorder
            .points()
            .get(self.durable.recorded - joined..until)?;
        let width = f64::from(self.style.width);
        let simple = simplify(points, self.tolerance, width);
        Ink::encode(simple.get(joined..)?, self.grid).ok()
    }

    fn put(&self, ink: Ink, more: More) -> Op {
        let StrokeStyle {
            brush,
            color,
            width,
            opacity,
            z,
        } = self.style.clone();
        let stroke = Stroke {
            brush,
            parts: vec![ink],
            open: more == More::Follows,
            erased: Vec::new(),
        };
        let mut props = Props::plain(z, BoardPoint::default(), color, width, opacity);
        if let More::Ended(frame) = more {
            make::set(&mut props, Prop::Frame(frame));
        }
        let new = NewElement::new(self.id, props, Body::Stroke(stroke));
        Op::Put(Box::new(new))
    }

    fn extend(&self, ink: Ink, more: More) -> Vec<Op> {
        let id = self.id;
        let (end, frame) = match more {
            More::Follows => (false, None),
            More::Ended(frame) => (true, frame),
        };
        let from = u32::try_from(self.durable.stored).unwrap_or(u32::MAX);
        let held = frame.map(|frame| Op::Set {
            id,
            prop: Prop::Frame(Some(frame)),
        });
        let extend = Op::Extend { id, from, ink, end };
        std::iter::once(extend).chain(held).collect()
    }

    fn show(&mut self, out: &mut ToolOutput<'_, '_>) {
        let mut sent = match self.live {
            LiveState::Points(sent) => sent,
            LiveState::Nothing => {
                let style = self.style.clone();
                out.live(LiveUpdate::Begin { id: self.id, style });
                0
            }
        };
        let new = self.recorder.points().get(sent..).unwrap_or_default();
        for piece in new.chunks(LIVE_POINTS) {
            let from = u32::try_from(sent).unwrap_or(u32::MAX);
            if let Ok(ink) = Ink::encode(piece, self.grid) {
                out.live(LiveUpdate::Ink { from, ink });
            }
            sent += piece.len();
        }
        self.live = LiveState::Points(sent);
    }
}
